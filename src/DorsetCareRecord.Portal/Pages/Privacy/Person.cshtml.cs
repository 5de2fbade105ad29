using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.Paper;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Privacy;

/// <summary>The patient's question, answered by the officer: asked by form, so that no number stands in an address.</summary>
internal sealed class PersonModel(AccessHistory histories) : PageModel
{
    /// <summary>Sittings on the page; the file has all.</summary>
    public const int Most = 500;

    public PersonHistory? History { get; private set; }

    public string? Problem { get; private set; }

    public string? Number => NhsNumber.TryParse(History?.Who.NhsNumber, out var number) ? number.Value.ForDisplay() : "no NHS number known";

    public async Task<IActionResult> OnGetAsync(Guid? person, CancellationToken cancel)
    {
        if (person is not { } asked)
            return Page();
        History = await histories.OpenAsync(HttpContext.Viewer(), asked, isExport: false, HttpContext.Origin(), cancel);
        return History is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostFindAsync([FromForm] string? number, CancellationToken cancel)
    {
        if (!NhsNumber.TryParse(number, out var sought))
            Problem = "Enter an NHS number: 10 digits";
        else if (await histories.FindAsync(HttpContext.Viewer(), sought.Value, HttpContext.Origin(), cancel) is { } person)
            return Redirect($"/privacy/person/{person}");
        else
            Problem = "No source has told of anybody with this number, so nobody can have looked at them here.";
        return Page();
    }

    public async Task<IActionResult> OnPostFileAsync(Guid? person, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        return person is { } asked && await histories.OpenAsync(viewer, asked, isExport: true, HttpContext.Origin(), cancel) is { } history
            ? File(HistoryCsv.Of(history, viewer), "text/csv; charset=utf-8", $"access-{Access.Showing.Dates.Local(history.At):yyyy-MM-dd-HHmm}.csv")
            : NotFound();
    }
}
