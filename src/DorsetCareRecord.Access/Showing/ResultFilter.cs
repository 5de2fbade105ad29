using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// What of the results a reader asked for. It travels in the address, so it holds tokens and codes of ours and never a word of a test
/// or a person. Something unknown filters nothing away: a stale address shows too much rather than nothing.
/// </summary>
public sealed record ResultFilter
{
    /// <summary>Token of a panel.</summary>
    public string? Panel { get; init; }

    /// <summary>Code of a source.</summary>
    public string? Source { get; init; }

    /// <summary>Tests with a flagged value among those shown.</summary>
    public bool AbnormalOnly { get; init; }

    /// <summary>How far back; null for all.</summary>
    public int? Months { get; init; }

    public bool IsOn => Panel is not null || Source is not null || AbnormalOnly || Months is not null;

    public IReadOnlyList<ResultSeries> Of(IReadOnlyList<ResultSeries> all, DateTimeOffset now)
    {
        if (!IsOn)
            return all;
        var since = Months is > 0 and <= 1200 and var months ? now.AddMonths(-months) : DateTimeOffset.MinValue;
        var isPanelKnown = all.Any(series => PanelToken(series) == Panel);
        var isSourceKnown = all.Any(series => series.Values.Any(value => value.Source == Source));
        return
        [
            .. all.Where(series => !isPanelKnown || PanelToken(series) == Panel)
                .Select(series => series with { Values = [.. series.Values.Where(value => (!isSourceKnown || value.Source == Source) && ResultSeries.When(value) >= since)] })
                .Where(series => series.Values.Count > 0)
                .Where(series => !AbnormalOnly || series.Values.Any(value => ResultFlag.Of(value.Item.Flag).IsAbnormal)),
        ];
    }

    /// <summary>Panels there are, as they are named and by token, in order of name.</summary>
    public static IReadOnlyList<(string Token, string Name)> Panels(IEnumerable<ResultSeries> all) =>
    [
        .. all.Select(series => (Token: PanelToken(series), Name: ResultGrid.PanelOf(series))).DistinctBy(panel => panel.Token)
            .OrderBy(panel => panel.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private static string PanelToken(ResultSeries series) => ResultSeries.Token(Likeness.Words(ResultGrid.PanelOf(series)));
}
