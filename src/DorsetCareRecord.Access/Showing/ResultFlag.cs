namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// A laboratory's own flag for people: letter, symbol and word, so that nothing rests on colour. Never computed from a
/// range; a flag we do not know is shown as it came and treated as a warning.
/// </summary>
/// <param name="Letter">As the laboratory wrote it.</param>
/// <param name="Symbol">Direction, doubled when critical; empty when there is none.</param>
/// <param name="Word">Said to a screen reader.</param>
/// <param name="IsAbnormal">Worth a look.</param>
/// <param name="IsCritical">Worth a look at once.</param>
public sealed record ResultFlag(string Letter, string Symbol, string Word, bool IsAbnormal, bool IsCritical)
{
    private static readonly ResultFlag None = new("", "", "", IsAbnormal: false, IsCritical: false);

    /// <summary>HL7 table 0078; a repeated field is read by its first flag.</summary>
    public static ResultFlag Of(string? flag) => flag?.Trim().ToUpperInvariant() switch
    {
        null or "" or "N" or "NEG" => None,
        "H" => new("H", "▲", "High", true, false),
        "L" => new("L", "▼", "Low", true, false),
        "HH" => new("HH", "▲▲", "Critically high", true, true),
        "LL" => new("LL", "▼▼", "Critically low", true, true),
        ">" => new(">", "▲", "Above the instrument's range", true, false),
        "<" => new("<", "▼", "Below the instrument's range", true, false),
        "A" => new("A", "◆", "Abnormal", true, false),
        "AA" => new("AA", "◆◆", "Critically abnormal", true, true),
        "POS" => new("POS", "◆", "Positive", true, false),
        "S" => new("S", "", "Susceptible", false, false),
        "I" => new("I", "", "Intermediate", false, false),
        "R" => new("R", "◆", "Resistant", true, false),
        var other => new(other, "◆", "Flagged by the laboratory", true, false),
    };
}
