using System.Globalization;
using DorsetCareRecord.Access.Matching;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MatchesAct = DorsetCareRecord.Feeds.Desk.Acts.Matches;

namespace DorsetCareRecord.Portal.Pages.Matches;

/// <summary>Pairs of records that may be one person, side by side, for a human to decide. Each look and each decision is noted.</summary>
internal sealed class IndexModel(MatchDesk desk, Asking asking, TimeProvider clock) : PageModel
{
    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>What stood in its way.</summary>
    [TempData]
    public string? Problem { get; set; }

    public MatchList List { get; private set; } = null!;

    public MatchPair? Pair { get; private set; }

    /// <summary>For the next form: the same form sent twice is one act.</summary>
    public Guid NextAct { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid? review, CancellationToken cancel)
    {
        if (await desk.ListAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel) is not { } list)
            return NotFound();
        List = list;
        if ((review ?? (list.Waiting.Count > 0 ? list.Waiting[0].Review : (Guid?)null)) is not { } chosen)
            return Page();
        Pair = await desk.ReadAsync(HttpContext.Viewer(), chosen, HttpContext.Origin(), cancel);
        return Pair is null && review is not null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(
        Guid? review, [FromForm] Guid act, [FromForm] string? word, [FromForm] string? why, [FromForm] string? second, CancellationToken cancel)
    {
        if (review is not { } chosen || await desk.ReadAsync(HttpContext.Viewer(), chosen, HttpContext.Origin(), cancel) is not { } pair)
            return NotFound();
        if (WordOf(word) is not { } said || string.IsNullOrWhiteSpace(why) || why.Length > 500 || act == Guid.Empty)
        {
            Problem = "Nothing was decided: choose one of the three, and say on what evidence.";
            return Redirect($"/matches/{chosen}");
        }

        if (said == MatchWord.Same && pair.IsStronglyAgainst && string.IsNullOrWhiteSpace(second))
        {
            Problem = "Nothing was decided: evidence speaks strongly against, so a second person must confirm. Give their name.";
            return Redirect($"/matches/{chosen}");
        }

        var reason = string.IsNullOrWhiteSpace(second) ? why.Trim() : $"{why.Trim()} (confirmed by {second.Trim()})";
        var args = new MatchesAct.Args(pair.One.Identity, pair.Other.Identity, said);
        if (await asking.AskAsync(HttpContext, act, MatchesAct.Kind, $"match {chosen}", args, reason, cancel) is not { } asked)
            return NotFound();
        switch (asked.Outcome)
        {
            case null:
                Problem = "Asked, and not done yet: a worker does it as soon as one is free.";
                break;
            case ActOutcome.Done:
                Done = said switch
                {
                    MatchWord.Same => "Linked: they are one person from now on. The link can be ended, and both are then as before.",
                    MatchWord.Apart => "Kept apart. Nobody is asked again unless one of the two changes.",
                    _ => "Put off: both stay apart, and your question is kept with the pair.",
                };
                return Redirect(said == MatchWord.Later ? $"/matches/{chosen}" : "/matches");
            default:
                Problem = asked.Sentence;
                break;
        }

        return Redirect($"/matches/{chosen}");
    }

    /// <summary>How long a pair has waited, as a person would say it.</summary>
    internal string Waits(DateTimeOffset since)
    {
        var waited = Now - since;
        return waited switch
        {
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)waited.TotalMinutes)} min"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)waited.TotalHours} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)waited.TotalDays} days"),
        };
    }

    private static MatchWord? WordOf(string? word) => word switch
    {
        "same" => MatchWord.Same,
        "apart" => MatchWord.Apart,
        "later" => MatchWord.Later,
        _ => null,
    };
}
