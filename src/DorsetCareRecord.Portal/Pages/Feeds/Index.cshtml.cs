using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>The feeds desk: a row a source, worst first; what is parked, by reason; what was asked for lately.</summary>
internal sealed class IndexModel(DeskDatabase database, Asking asking, FeedStages stages, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    public IReadOnlyList<FeedRow> Rows { get; private set; } = [];

    public IReadOnlyList<(string Reason, long Messages, IReadOnlyList<(string Source, long Messages)> Where)> Parked { get; private set; } = [];

    /// <summary>Stages under way, of sources that are not for everybody yet.</summary>
    public IReadOnlyList<FeedStage> Stages { get; private set; } = [];

    public IReadOnlyList<AskedAct> Acts { get; private set; } = [];

    /// <summary>The one source that needs somebody first; null when none does.</summary>
    public FeedRow? Worst => Rows.FirstOrDefault(row => row.State is SourceState.Silent or SourceState.Late);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Sources.Count == 0)
            return NotFound();
        Rows = [.. (await FeedTable.ReadAsync(Database.Source, Now, cancel)).Where(row => MaySee(row.Source.Code))];
        Parked =
        [
            .. Rows.SelectMany(row => row.Parked.Select(parked => (row.Source.Code, Reason: parked.Key, Messages: parked.Value)))
                .GroupBy(parked => parked.Reason)
                .Select(group => (group.Key, group.Sum(p => p.Messages),
                    (IReadOnlyList<(string, long)>)[.. group.Select(p => (p.Code, p.Messages)).OrderByDescending(p => p.Messages)]))
                .OrderByDescending(group => group.Item2),
        ];
        Stages = [.. (await stages.OpenAsync(cancel)).Where(stage => stage.SeenBy != SeenBy.All && MaySee(stage.Source))];
        Acts = MayWork ? await Database.Acts.LatestAsync(null, 12, cancel) : [];
        return Page();
    }
}
