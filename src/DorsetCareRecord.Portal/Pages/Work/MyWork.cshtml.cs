using DorsetCareRecord.Access.Corrections;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Work;

/// <summary>What one member of staff is busy with: people lately opened, lists, news they asked for, problems they reported.</summary>
internal sealed class MyWorkModel(Door door, MyWork work, PeopleLists lists, CorrectionDesk desk, TimeProvider clock) : PageModel
{
    /// <summary>People for whom it is counted what is new; each is read through the door for it.</summary>
    private const int Counted = 8;

    public DateTimeOffset Now { get; private set; }

    public bool IsFourWeeks { get; private set; }

    /// <param name="News">Number of new or changed items by section, of those this viewer may see; null when not counted.</param>
    internal sealed record Recent(RecentPerson Person, IReadOnlyList<(Section Section, int Count)>? News);

    public IReadOnlyList<Recent> People { get; private set; } = [];

    public IReadOnlyList<NewsItem> News { get; private set; } = [];

    public IReadOnlyList<PeopleList> Lists { get; private set; } = [];

    public IReadOnlyList<Correction> Reported { get; private set; } = [];

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    public async Task OnGetAsync(string? weeks, string? reported, CancellationToken cancel)
    {
        var (viewer, origin) = (HttpContext.Viewer(), HttpContext.Origin());
        Now = clock.GetUtcNow();
        IsFourWeeks = weeks == "4";
        var recent = await work.RecentAsync(viewer, TimeSpan.FromDays(IsFourWeeks ? 28 : 7), 50, origin, cancel);
        var people = new List<Recent>();
        foreach (var person in recent)
            people.Add(new Recent(person, people.Count < Counted ? await NewAsync(person.Found.Person, cancel) : null));
        People = people;
        News = await work.NewsAsync(viewer, origin, cancel);
        Lists = await lists.OfAsync(viewer, cancel);
        Reported = await desk.OfReporterAsync(viewer, cancel);
        if (reported is not null)
            Done ??= "The problem is reported. Its state is below.";
    }

    public async Task<IActionResult> OnPostSeenAsync(CancellationToken cancel)
    {
        await work.SeenAsync(HttpContext.Viewer(), cancel);
        return Redirect("/my-work");
    }

    public async Task<IActionResult> OnPostMakeAsync([FromForm] string? name, CancellationToken cancel)
    {
        var made = await lists.MakeAsync(HttpContext.Viewer(), name, HttpContext.Origin(), cancel);
        Done = made is null ? $"Nothing was made: give the list a name of at most {PeopleLists.LongestName} characters." : null;
        return Redirect(made is null ? "/my-work" : $"/my-work/list/{made}");
    }

    private async Task<IReadOnlyList<(Section, int)>?> NewAsync(Guid person, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        if (await door.OpenAsync(viewer, person, Purposes.Of(viewer.Role), Errand.Glance, HttpContext.Origin(), cancel) is not Opening.Opened opened)
            return null;
        var view = await opened.Lens.ReadAsync(cancel);
        // Within a visit that still goes on there is no earlier one to compare with: then nothing is said, not "nothing new".
        return view.News is not { } news ? null
            : [.. EverythingIn.Of(view).Where(entry => news.Entries.ContainsKey(entry.Id)).GroupBy(entry => entry.Section).Select(group => (group.Key, group.Count()))];
    }
}
