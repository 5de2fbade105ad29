using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// When two statements are of the same medicine, by its name and nothing cleverer: the words before the strength. What has another
/// name (a brand alone, a salt) stays apart, which is safe; what is taken differently is never joined.
/// </summary>
public static partial class MedicineLikeness
{
    /// <summary>The name up to its strength, for comparing only.</summary>
    internal static string Substance(Medicine medicine)
    {
        var name = medicine.Name.Trim();
        var strength = name.AsSpan().IndexOfAnyInRange('0', '9');
        var words = Likeness.Words(strength > 0 ? name[..strength] : name);
        return Forms.Aggregate(words, (left, form) => left.EndsWith(form, StringComparison.Ordinal) ? left[..^form.Length] : left);
    }

    /// <summary>Statements that read alike together, in the order of the first of each.</summary>
    internal static IReadOnlyList<MedicineStatement> Statements(IEnumerable<Entry<Medicine>> entries)
    {
        var statements = new List<List<Entry<Medicine>>>();
        foreach (var entry in entries)
        {
            if (statements.Find(alike => alike.TrueForAll(one => AreAlike(one.Item, entry.Item))) is { } found)
                found.Add(entry);
            else
                statements.Add([entry]);
        }

        return [.. statements.Select(alike => new MedicineStatement(alike.OrderByDescending(Says).ThenByDescending(one => one.StatedAt).First(), alike))];
    }

    /// <summary>Both say something of strength, dose or frequency, and not the same.</summary>
    public static bool Conflict(Medicine one, Medicine other) => Differ(Strength(one), Strength(other))
        || Differ(Bare(one.Dose), Bare(other.Dose)) || Differ(Bare(one.Frequency), Bare(other.Frequency))
        || (one.Status == MedicineStatus.Suspended) != (other.Status == MedicineStatus.Suspended);

    /// <summary>No part of one says otherwise than the other, and how it is taken is told by both alike or by one alone.</summary>
    private static bool AreAlike(Medicine one, Medicine other) => !Conflict(one, other)
        && !Differ(Bare(one.Route), Bare(other.Route)) && !Differ(Bare(one.Brand), Bare(other.Brand))
        && !Differ(Bare(one.DosageText), Bare(other.DosageText))
        && (one.Change is null || other.Change is null || one.Change == other.Change)
        && (HowIsPlain(one) == HowIsPlain(other) || SaysNothing(one) || SaysNothing(other));

    /// <summary>Dose and frequency apart, rather than in the prescriber's words: the two cannot be compared.</summary>
    private static bool HowIsPlain(Medicine medicine) => !string.IsNullOrWhiteSpace(medicine.Dose) || !string.IsNullOrWhiteSpace(medicine.Frequency);

    private static bool SaysNothing(Medicine medicine) => !HowIsPlain(medicine) && string.IsNullOrWhiteSpace(medicine.DosageText);

    private static (bool, int) Says(Entry<Medicine> entry) => (entry.Item.Change is not null, MedicineLine.Parts(entry.Item).Count);

    private static string? Strength(Medicine medicine) =>
        Amount().Match(medicine.Strength ?? medicine.Name) is { Success: true } match ? Bare(match.Value) : null;

    private static bool Differ(string? one, string? other) => one is not null && other is not null && one != other;

    private static string? Bare(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Likeness.Words(text).Replace(" ", "", StringComparison.Ordinal)
            .Replace("MICROGRAMS", "MICROGRAM", StringComparison.Ordinal).Replace("TABLETS", "TABLET", StringComparison.Ordinal);

    private static readonly string[] Forms = [" TABLETS", " TABLET", " CAPSULES", " CAPSULE", " ORAL SOLUTION", " INJECTION", " INHALER", " CREAM"];

    [GeneratedRegex(@"\d[\d.,]*\s*(?:mg|g|micrograms?|mcg|nanograms?|units?|ml|mmol|%)(?:\s*/\s*[\d.]*\s*[a-z]+)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Amount();
}
