using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One test over time, newest first. A nationally coded test, and a test of blood that all laboratories do alike
/// (<see cref="KnownTests"/>), is one series over all laboratories; any other stays within its source. Units are never mixed or
/// converted (hazard H08): another unit is another series.
/// </summary>
public sealed record ResultSeries(string Test, string? Panel, string? Unit, IReadOnlyList<Entry<Result>> Values)
{
    public Entry<Result> Latest => Values[0];

    public Entry<Result>? Previous => Values.Count > 1 ? Values[1] : null;

    public ResultFlag Flag => ResultFlag.Of(Latest.Item.Flag);

    /// <summary>For an address: tells nothing of the test, which with a person beside it would be a clinical word.</summary>
    public string Id => Token(Values.Select(Words).Min(StringComparer.Ordinal)! + "|" + Units.Key(Unit));

    /// <summary>All series of a section, in order of panel and of place within it.</summary>
    public static IReadOnlyList<ResultSeries> Of(SectionView<Result> section) =>
    [
        .. section.Entries.Where(entry => entry.Item.Status is not (ResultStatus.Cancelled or ResultStatus.Registered) && !string.IsNullOrWhiteSpace(entry.Item.Value))
            .GroupBy(entry => Units.Key(entry.Item.Unit), StringComparer.Ordinal)
            .SelectMany(unit => Likeness.Group(unit, entry => entry.Item.Coding, Words))
            .Select(group => group.OrderByDescending(When).ThenByDescending(entry => entry.Message).ToList())
            .Select(values => new ResultSeries(values[0].Item.Test, values[0].Item.Panel, values[0].Item.Unit, values)),
    ];

    /// <summary>
    /// Whose latest value is flagged: critical first, then newest. What is older than a year comes after all that is not, for a critical
    /// value nobody has looked at again for years is history, and would stand where today's abnormal ones are looked for.
    /// </summary>
    public static IReadOnlyList<ResultSeries> Abnormal(IEnumerable<ResultSeries> all, DateTimeOffset now) =>
    [
        .. all.Where(series => series.Flag.IsAbnormal)
            .OrderBy(series => When(series.Latest) < now.AddYears(-1)).ThenByDescending(series => series.Flag.IsCritical).ThenByDescending(series => When(series.Latest)),
    ];

    /// <summary>When the sample was taken, else reported, else stated.</summary>
    public static DateTimeOffset When(Entry<Result> entry) =>
        (entry.Item.TakenAt ?? entry.Item.ReportedAt)?.AsInstant() ?? entry.StatedAt;

    /// <summary>Eight hexadecimal digits that stand for words which do not belong in an address.</summary>
    internal static string Token(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 4));

    private static string Words(Entry<Result> entry) => KnownTests.Find(entry.Item)
        ?? $"{entry.Source}|{entry.Item.Coding?.Code}|{Likeness.Words(entry.Item.Test)}|{Likeness.Words(entry.Item.Specimen)}";
}
