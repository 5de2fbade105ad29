using System.Globalization;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>One act about a person, as its note has it: the actor as they were then.</summary>
/// <param name="Number">Of the note.</param>
/// <param name="Rules">By which the decision was made; what relationship counted is among them.</param>
/// <param name="Name">Of the member of staff.</param>
/// <param name="Role">Null for a role there is no more.</param>
/// <param name="Shown">How many entries were on the page.</param>
/// <param name="Withheld">How many of a section were there and not shown, where that might be known.</param>
public sealed record HistoryLine(
    long Number, DateTimeOffset At, string Act, bool IsAllowed, string? Purpose, IReadOnlyList<Section> Sections, IReadOnlyList<string> Rules,
    Guid? Account, string? Name, Role? Role, string? Organisation, Guid? Session, long Shown, IReadOnlyList<(Section Section, int Count)> Withheld)
{
    /// <summary>What the member of staff said of why, here or earlier in the same sitting with the same person; null when nothing was asked.</summary>
    public string? Reason { get; init; }

    public bool IsBreakGlass => Act == "break-glass" || Rules.Contains("4:seal-broken") || Rules.Contains("5:restricted-opened-with-reason");

    /// <summary>The code behind <c>reason:</c> in the note of a declaration.</summary>
    internal string? Declared => Rules.FirstOrDefault(rule => rule.StartsWith("reason:", StringComparison.Ordinal))?[7..];

    internal static HistoryLine Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3) == "allowed", Text(row, 4),
        [.. row.GetFieldValue<short[]>(5).Select(number => (Section)number)], row.GetFieldValue<string[]>(6),
        row.IsDBNull(7) ? null : row.GetGuid(7), Text(row, 8), RoleNames.Find(Text(row, 9)), Text(row, 10), row.IsDBNull(11) ? null : row.GetGuid(11),
        row.GetInt64(12), [.. row.GetFieldValue<string[]>(13).Select(Count)]);

    /// <summary>With the reason that was given for each sitting, from the lines themselves.</summary>
    internal static IReadOnlyList<HistoryLine> WithReasons(IReadOnlyList<HistoryLine> lines)
    {
        var given = new Dictionary<(Guid?, bool), string>();
        var told = new List<HistoryLine>(lines.Count);
        foreach (var line in lines)
        {
            if (line is { IsAllowed: true, Declared: { } code })
                given[(line.Session, line.Act == "break-glass")] = HistoryWords.Reason(code);
            var isSeal = line.IsBreakGlass;
            var asked = isSeal || line.Rules.Contains("4:declared") || line.Declared is not null;
            told.Add(line with { Reason = asked && line.IsAllowed ? given.GetValueOrDefault((line.Session, isSeal)) : null });
        }

        return told;
    }

    private static (Section, int) Count(string stored)
    {
        var colon = stored.IndexOf(':', StringComparison.Ordinal);
        return ((Section)short.Parse(stored[..colon], CultureInfo.InvariantCulture), int.Parse(stored[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>Acts of one member of staff with one person, close together: what a person asking would call one look.</summary>
public sealed record HistorySitting(IReadOnlyList<HistoryLine> Lines)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    public HistoryLine First => Lines[0];

    public HistoryLine Last => Lines[^1];

    public bool IsBreakGlass => Lines.Any(line => line.IsBreakGlass);

    public string? Reason => Lines.Select(line => line.Reason).FirstOrDefault(reason => reason is not null);

    public IReadOnlyList<Section> Sections => [.. Lines.Where(line => line.IsAllowed).SelectMany(line => line.Sections).Distinct().Order()];

    /// <summary>The most that was withheld of each section on any page of it.</summary>
    public IReadOnlyList<(Section Section, int Count)> Withheld =>
        [.. Lines.SelectMany(line => line.Withheld).GroupBy(one => one.Section).Select(group => (group.Key, group.Max(one => one.Count))).OrderBy(one => one.Key)];

    public static IReadOnlyList<HistorySitting> Of(IReadOnlyList<HistoryLine> lines) =>
    [
        .. lines.GroupBy(line => (line.Account, line.Session, line.Organisation, line.Role)).SelectMany(Split).OrderByDescending(sitting => sitting.First.At),
    ];

    private static IEnumerable<HistorySitting> Split(IEnumerable<HistoryLine> lines)
    {
        var sitting = new List<HistoryLine>();
        foreach (var line in lines.OrderBy(line => line.At).ThenBy(line => line.Number))
        {
            if (sitting.Count > 0 && line.At - sitting[^1].At > Pause)
            {
                yield return new HistorySitting(sitting);
                sitting = [];
            }

            sitting.Add(line);
        }

        if (sitting.Count > 0)
            yield return new HistorySitting(sitting);
    }
}
