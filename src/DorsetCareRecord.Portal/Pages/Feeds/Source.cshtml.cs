using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>One source: how it stands, what is expected of it, pause and resume, and who sees it.</summary>
internal sealed class SourceModel(DeskDatabase database, Asking asking, FeedStages stages, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    public FeedRow Row { get; private set; } = null!;

    /// <summary>Who sees it, when that was ever set; otherwise all do.</summary>
    public IReadOnlyList<FeedStage> Stages { get; private set; } = [];

    public IReadOnlyList<AskedAct> Acts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string source, CancellationToken cancel)
    {
        if (!MaySee(source) || (await FeedTable.ReadAsync(Database.Source, Now, cancel)).FirstOrDefault(row => row.Source.Code == source) is not { } row)
            return NotFound();
        Row = row;
        Stages = [.. (await stages.OpenAsync(cancel)).Where(stage => stage.Source == source)];
        Acts = MayWork ? await Database.Acts.LatestAsync(source, 20, cancel) : [];
        return Page();
    }

    public async Task<IActionResult> OnPostPauseAsync(string source, [FromForm] Guid act, [FromForm] string? why, CancellationToken cancel) =>
        (await AskAsync(act, Pause.Kind, source, new Pause.Args(source), why, _ => "Paused: messages are stored and answered, not applied.", cancel)).MayAsk
            ? RedirectToPage() : NotFound();

    public async Task<IActionResult> OnPostStageAsync(string source, [FromForm] SeenBy audience, [FromForm] Section? section,
        [FromForm] string? organisation, [FromForm] string? testers, [FromForm] string? why, CancellationToken cancel)
    {
        if (!MayWork || Dorset.SourceOf(source) is null)
            return NotFound();
        if (string.IsNullOrWhiteSpace(why) || why.Length > 500 || !Enum.IsDefined(audience) || section is { } one && !Enum.IsDefined(one))
        {
            Problem = "Nothing was changed: choose who sees it, and say in a few words why.";
            return RedirectToPage();
        }

        var staged = await stages.SetAsync(HttpContext.Viewer(), source, section, audience, organisation,
            [.. (testers ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct()], why.Trim(), HttpContext.Origin(), cancel);
        if (staged is null)
            return NotFound();
        (Done, Problem) = staged.Problem is null ? ("It counts at every reader's next request.", null) : ((string?)null, staged.Problem);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostResumeAsync(string source, [FromForm] Guid act, [FromForm] string? why, CancellationToken cancel) =>
        (await AskAsync(act, Resume.Kind, source, new Resume.Args(source), why,
            asked => $"Applied again; {asked.AnswerAs<Resume.Answer>()?.Waiting} messages had gathered.", cancel)).MayAsk
            ? RedirectToPage() : NotFound();
}
