using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One taking of samples: a column of the grid.</summary>
public sealed record ResultColumn(DateTimeOffset At, ClinicalDate? Date, string Source);

/// <summary>One test: a row, with its value (or none) under each column.</summary>
public sealed record ResultRow(ResultSeries Series, IReadOnlyList<Entry<Result>?> Cells);

/// <summary>Rows of one panel.</summary>
public sealed record ResultGroup(string Name, IReadOnlyList<ResultRow> Rows);

/// <summary>
/// Results over time: tests down, dates across, the newest at the far right (NHS CUI GTAB-188). Words of more than a line do
/// not belong in a grid and are listed apart.
/// </summary>
public sealed record ResultGrid(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<ResultGroup> Groups, int AllColumns, int Skipped)
{
    private const int LongestValue = 24;

    /// <param name="columns">How many dates to show.</param>
    /// <param name="skip">How many of the newest to leave out, to look further back.</param>
    public static ResultGrid Of(IReadOnlyList<ResultSeries> all, int columns, int skip)
    {
        var series = all.Select(one => one with { Values = [.. one.Values.Where(FitsCell)] }).Where(one => one.Values.Count > 0).ToList();
        var takings = series.SelectMany(one => one.Values)
            .Select(ColumnOf).Distinct()
            .OrderByDescending(column => column.At).ThenBy(column => column.Source, StringComparer.Ordinal).ToList();
        skip = Math.Clamp(skip, 0, Math.Max(0, takings.Count - 1));
        List<ResultColumn> shown = [.. takings.Skip(skip).Take(columns).Reverse()];
        var groups = series
            .Select(one => new ResultRow(one, [.. shown.Select(column => one.Values.FirstOrDefault(value => ColumnOf(value) == column))]))
            .Where(row => row.Cells.Any(cell => cell is not null))
            .GroupBy(row => PanelOf(row.Series), StringComparer.OrdinalIgnoreCase)
            .Select(group => new ResultGroup(group.Key, [.. group.OrderBy(row => row.Series.Latest.Item.Position ?? int.MaxValue).ThenBy(row => row.Series.Test)]))
            .OrderByDescending(group => group.Rows.Max(row => ResultSeries.When(row.Series.Latest))).ThenBy(group => group.Name, StringComparer.Ordinal)
            .ToList();
        return new ResultGrid(shown, groups, takings.Count, skip);
    }

    /// <summary>As the laboratory names it; in capitals only, it is set as a sentence, for a heading to be read and not shouted.</summary>
    public static string PanelOf(ResultSeries series) => series.Panel is not { Length: > 0 } panel ? "Other results"
        : panel.Any(char.IsLower) || panel.Length <= 5 ? panel
        : string.Join(' ', panel.Split(' ').Select((word, at) => Quiet(word, isFirst: at == 0)));

    /// <summary>Short words of capitals are abbreviations (ANA, TSH) and stay, but for the little words of English.</summary>
    private static string Quiet(string word, bool isFirst) => word is "AND" or "OF" or "FOR" or "IN" or "BY" or "WITH" ? word.ToLowerInvariant()
        : word.Length <= 3 ? word
        : isFirst ? word[0] + word[1..].ToLowerInvariant()
        : word.ToLowerInvariant();

    public static bool FitsCell(Entry<Result> entry) =>
        entry.Item.Value is { Length: <= LongestValue } value && !value.Contains('\n', StringComparison.Ordinal);

    private static ResultColumn ColumnOf(Entry<Result> entry) =>
        new(ResultSeries.When(entry), entry.Item.TakenAt ?? entry.Item.ReportedAt, entry.Source);
}
