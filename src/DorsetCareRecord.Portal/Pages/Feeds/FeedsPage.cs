using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Organisations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>A page of the feeds desk. Operators work here; an organisation's administrator sees the figures of its own sources.</summary>
internal abstract class FeedsPage(DeskDatabase database, Asking asking, TimeProvider clock) : PageModel
{
    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>What stood in its way, in words.</summary>
    [TempData]
    public string? Problem { get; set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>For the next form: the same form sent twice is one act.</summary>
    public Guid NextAct { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public bool MayWork => Decide.MayWorkFeeds(HttpContext.Viewer().Role);

    private protected DeskDatabase Database { get; } = database;

    private protected Asking Asking { get; } = asking;

    private protected TimeProvider Clock { get; } = clock;

    public bool MaySee(string source) => MayWork || Dorset.SourceOf(source)?.OrganisationCode == HttpContext.Viewer().Organisation;

    /// <summary>Sources this viewer sees at all.</summary>
    public IReadOnlyList<Source> Sources => [.. Dorset.Sources.Where(source => MaySee(source.Code))];

    /// <summary>Asks, and says what came of it on the next page.</summary>
    private protected async Task<Answered> AskAsync(
        Guid act, string kind, string about, object args, string? why, Func<AskedAct, string> done, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(why) || why.Length > 500 || act == Guid.Empty)
        {
            Problem = "Nothing was done: say in a few words why.";
            return new Answered(MayWork, null);
        }

        if (await Asking.AskAsync(HttpContext, act, kind, about, args, why.Trim(), cancel) is not { } asked)
            return new Answered(MayAsk: false, null);
        switch (asked.Outcome)
        {
            case null:
                Problem = "Asked, and not done yet: a worker does it as soon as one is free. If none is running, it waits.";
                break;
            case ActOutcome.Done:
                Done = done(asked);
                break;
            default:
                Problem = asked.Sentence;
                break;
        }

        return new Answered(MayAsk: true, asked);
    }

    /// <param name="MayAsk">False when the role may not; the answer is then that of a page that is not there.</param>
    /// <param name="Act">Null when nothing was asked, for want of a reason.</param>
    private protected sealed record Answered(bool MayAsk, AskedAct? Act)
    {
        /// <summary>The handler's answer; null when there is none of that shape, or nothing was done.</summary>
        public T? AnswerAs<T>()
            where T : class => Act?.AnswerAs<T>();
    }
}
