using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>A page about one person: opened through the door, with the banner that every such page carries.</summary>
internal abstract class RecordPage(Door door, FeedClock feeds, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan JoinIsNews = TimeSpan.FromDays(90);

    private ILookup<string, SuppliedFile> _supplied = Array.Empty<SuppliedFile>().ToLookup(file => file.Source);

    /// <summary>How the sources stand, as this page shows it.</summary>
    public FeedsNow Feeds { get; private set; } = FeedsNow.Of(new Dictionary<string, Heard>());

    public RecordView View { get; private set; } = null!;

    /// <summary>The moment the record is of: now, or the past moment whose knowledge is shown.</summary>
    public DateTimeOffset Now { get; private set; }

    public DateTimeOffset ShownAt { get; private set; }

    /// <summary>The past moment asked for (<c>?at=</c>, wall-clock time in Dorset); null for the record of now.</summary>
    public DateTimeOffset? Then { get; private set; }

    /// <summary>This page was opened before, and only brings itself up to date.</summary>
    protected bool IsRefresh { get; private set; }

    /// <summary>With which it does that the next time.</summary>
    public string LiveKey { get; private set; } = "";

    private bool _isReasonNeeded;
    private ILookup<Section, string>? _sent;

    /// <summary>A page that was not opened for want of a reason gives way to the page that asks for one, and comes back after it.</summary>
    [NonHandler] // else its name makes it the answer to a request whose method is PAGE
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (_isReasonNeeded)
            done.Result = new RedirectResult($"/record/{RouteData.Values["person"]}/why?then={Uri.EscapeDataString(Request.Path)}");
    }

    protected RecordLens Lens { get; private set; } = null!;

    protected TimeProvider Clock => clock;

    /// <summary>False when there is nothing here for this viewer; the answer is then the same as for nobody at all.</summary>
    protected async Task<bool> OpenAsync(Guid person, Errand errand, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        ShownAt = clock.GetUtcNow();
        if (!Moments.TryRead(Request.Query["at"], ShownAt, out var then))
            return false;
        Then = then;
        var keys = HttpContext.RequestServices.GetRequiredService<LiveKeys>();
        IsRefresh = then is null && keys.Fits(Request, viewer);
        LiveKey = keys.For(viewer, Request.Path);
        var asked = then is not null ? errand.AsKnownAt(then.Value) : IsRefresh ? errand.AsLiveRefresh() : errand;
        var opening = await door.OpenAsync(viewer, person, Purposes.Of(viewer.Role), asked, HttpContext.Origin(), cancel);
        _isReasonNeeded = opening is Opening.ReasonNeeded && !IsRefresh;
        if (opening is not Opening.Opened opened)
            return false;
        Lens = opened.Lens;
        View = await Lens.ReadAsync(cancel);
        Now = then ?? ShownAt;
        Feeds = then is null ? await feeds.ReadAsync(cancel) : await feeds.ReadAsync(then.Value, cancel);
        _supplied = feeds.Supplied;
        return true;
    }

    /// <summary>Sources that are not for all yet and are shown to this viewer: a safety tester must know.</summary>
    public IReadOnlyList<string> Staged => Lens.Sight.Staged;

    /// <summary>Messages about this person that could not be applied.</summary>
    public IReadOnlyList<Unprocessed> Unprocessed => Lens.Unprocessed;

    /// <summary>Records that were joined to this person's, newest first; which source it was tells where somebody is.</summary>
    public IReadOnlyList<Joined> Joins => View.Who.IsRestricted ? [.. Lens.Joins.Select(one => one with { Source = "" })] : Lens.Joins;

    /// <summary>Joined so lately that who works with this person may not have seen it yet.</summary>
    public IReadOnlyList<Joined> NewlyJoined => [.. Joins.Where(one => one.At > Now - JoinIsNews)];

    public IReadOnlyList<SourceStanding> Standings(Section section) => Completeness.Of(section, Lens.Sight.HidesNothing
        ? Feeds.Sources
        : Feeds.Sources.Where(source => !Lens.Sight.Hides(source.Key, section)).ToDictionary(), View.NotSharedIn(section), Sent[section]);

    /// <summary>Which sources have something in which section of this view.</summary>
    private ILookup<Section, string> Sent => _sent ??= EverythingIn.Of(View).Select(entry => (entry.Section, entry.Source)).Distinct()
        .ToLookup(entry => entry.Section, entry => entry.Source);

    /// <summary>What of the section the councils that know this person do not supply.</summary>
    public IReadOnlyList<NotSupplied> NotSupplied(Section section) => Supply.Missing(section, View.Who.Sources,
        (source, file) => _supplied[source].FirstOrDefault(one => one.File == file)?.Columns, source => _supplied[source].Any(one => one.File == "person.csv"));

    /// <summary>A page of this record; one of the past leads to pages of the same past.</summary>
    /// <param name="page">Below the record, with or without a query of its own.</param>
    public string Link(string page = "")
    {
        var path = page.Length == 0 || page[0] == '?' ? $"/record/{View.Person}{page}" : $"/record/{View.Person}/{page}";
        return Then is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}at={Moments.Write(Then.Value)}";
    }

    /// <summary>Typed words wait in a protected cookie, with whose record they are for: they do not belong in an address.</summary>
    protected void KeepWords(string key, Guid person, string? words) => TempData[key] = $"{person:n}{words?.Trim()}";

    /// <summary>Words kept for this person; those another tab left for another person are none of this page's.</summary>
    protected string? KeptWords(string key, Guid person) =>
        TempData.Peek(key) is string kept && kept.StartsWith(person.ToString("n"), StringComparison.Ordinal) && kept.Length > 32 ? kept[32..] : null;

    /// <summary>The same person's record as it was known at another moment.</summary>
    public string LinkThen(DateTimeOffset at) => $"/record/{View.Person}?at={Moments.Write(at)}";
}
