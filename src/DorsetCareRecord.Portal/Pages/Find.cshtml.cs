using System.Globalization;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>
/// One box. The words go by form and come back in a protected cookie, never in an address, so that neither history nor logs
/// hold them, and reload and Back work. One exact NHS number opens its record at once.
/// </summary>
internal sealed class FindModel(PersonSearch search, MyWork work, TimeProvider clock) : PageModel
{
    private const string WordsKey = "find";

    public string? Words { get; private set; }

    public string? Advice { get; private set; }

    public Sought? Sought { get; private set; }

    public SearchAnswer.Found? Found { get; private set; }

    /// <summary>People this viewer lately opened.</summary>
    public IReadOnlyList<RecentPerson> Recent { get; private set; } = [];

    /// <summary>What they asked to be told of.</summary>
    public IReadOnlyList<NewsItem> News { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public DateOnly Today => Dates.Today(Now);

    public async Task<IActionResult> OnGetAsync([FromQuery] string? found, CancellationToken cancel)
    {
        Now = clock.GetUtcNow();
        var role = HttpContext.Viewer().Role;
        if (Decide.MayAdministerAccounts(role))
            return RedirectToPage("/Admin/Accounts");
        if (Decide.MayWatchOverAccess(role))
            return RedirectToPage("/Privacy/Index");
        if (!Decide.MayOpenRecords(role))
            return RedirectToPage("/Feeds/Index");
        if (found is null || TempData.Peek(WordsKey) is not string words)
        {
            Recent = await work.RecentAsync(HttpContext.Viewer(), TimeSpan.FromDays(7), 6, HttpContext.Origin(), cancel);
            News = await work.NewsAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel);
            return Page();
        }

        await SearchAsync(words, isRepeat: true, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Words")] string? words, CancellationToken cancel)
    {
        Now = clock.GetUtcNow();
        if (!Decide.MayOpenRecords(HttpContext.Viewer().Role))
            return NotFound();
        await SearchAsync(words, isRepeat: false, cancel);
        if (Advice is not null)
            return Page();
        if (Sought is Sought.ByNhsNumber && Found is { People: [var only], IsCut: false })
            return RedirectToPage("/Record/Summary", new { person = only.Person });

        TempData[WordsKey] = words;
        return RedirectToPage("/Find", new { found = "1" });
    }

    private async Task SearchAsync(string? words, bool isRepeat, CancellationToken cancel)
    {
        Words = words?.Trim();
        Sought = Sought.Read(words, Dates.Today(Now));
        if (Sought is Sought.Misread misread)
        {
            Advice = misread.Advice;
            return;
        }

        var viewer = HttpContext.Viewer();
        var answer = await search.FindAsync(viewer, Sought, Words!, Purposes.Of(viewer.Role), HttpContext.Origin(), cancel, isRepeat);
        Found = answer as SearchAnswer.Found;
        if (answer is not SearchAnswer.TooMany { Wait: var wait })
            return;
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        Advice = wait.TotalMinutes > 1
            ? $"Too many of your searches found nobody. You can search again in {Math.Ceiling(wait.TotalMinutes):0} minutes; records you have opened stay open to you"
            : $"Many of your searches found nobody. Check the number, and search again in {Math.Ceiling(wait.TotalSeconds):0} seconds";
    }
}
