using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for the state of a result; a status the source did not give is named, never taken for final (R22).</summary>
public static class ResultWords
{
    /// <summary>Null when it is simply final.</summary>
    public static string? State(ResultStatus status) => status switch
    {
        ResultStatus.Registered => "Requested",
        ResultStatus.Preliminary or ResultStatus.Partial => "Preliminary",
        ResultStatus.Corrected => "Corrected",
        ResultStatus.Amended => "Amended",
        ResultStatus.Cancelled => "Cancelled",
        ResultStatus.NotStated => "Status not stated",
        ResultStatus.EnteredInError => "Entered in error",
        ResultStatus.Final => null,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>The state as one letter, for a grid that explains its letters.</summary>
    public static string Letter(ResultStatus status) => status switch
    {
        ResultStatus.Corrected or ResultStatus.Amended => "A",
        ResultStatus.Registered or ResultStatus.Preliminary or ResultStatus.Partial => "P",
        ResultStatus.Final => "",
        _ => "?",
    };

    /// <summary>
    /// The reference range for people: one-sided ones in words (MEDi-026 keeps the signs out of clinical text), an absent one said to
    /// be absent. Anything else is exactly as the laboratory wrote it.
    /// </summary>
    public static string Range(Result result)
    {
        if (string.IsNullOrWhiteSpace(result.Range))
            return "No range supplied";
        var range = result.Range.Trim();
        foreach (var (sign, word) in Signs)
        {
            if (range.StartsWith(sign, StringComparison.Ordinal) && range.Length > sign.Length && (char.IsAsciiDigit(range[^1]) || range[sign.Length..].TrimStart() is [>= '0' and <= '9', ..]))
                return $"{word} {range[sign.Length..].TrimStart()}";
        }

        return range;
    }

    // The longer sign first.
    private static readonly (string Sign, string Word)[] Signs =
        [("<=", "up to"), (">=", "from"), ("≤", "up to"), ("≥", "from"), ("<", "under"), (">", "over")];
}
