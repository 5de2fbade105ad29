using System.Globalization;
using System.Text;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.Paper;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Privacy;

/// <summary>Alerts a month by rule and outcome, on a page and as a file that can be published.</summary>
internal sealed class FiguresModel(Figures figures) : PageModel
{
    public IReadOnlyList<MonthOfRule> Rows { get; private set; } = [];

    public bool All { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] bool all, CancellationToken cancel)
    {
        if (await figures.ReadAsync(HttpContext.Viewer(), all, HttpContext.Origin(), cancel) is not { } rows)
            return NotFound();
        (Rows, All) = (rows, all);
        return Page();
    }

    public async Task<IActionResult> OnPostFileAsync([FromForm] bool all, CancellationToken cancel)
    {
        if (await figures.ReadAsync(HttpContext.Viewer(), all, HttpContext.Origin(), cancel) is not { } rows)
            return NotFound();
        var text = new StringBuilder();
        Csv.Row(text, ["Month", "Rule", "Alerts", "Open", "Appropriate", "Inappropriate", "Median days to outcome"]);
        foreach (var row in rows)
            Csv.Row(text, ((string?[])[Month(row.Month), row.Rule.Name, Figures.Public(row.Alerts), Figures.Public(row.Open), Figures.Public(row.Appropriate),
                Figures.Public(row.Inappropriate), Days(row.MedianDays)]).Select(Csv.Inert));
        return File(Csv.File(text), "text/csv; charset=utf-8", "privacy-alerts.csv");
    }

    internal static string Month(DateOnly month) => month.ToString("MMM-yyyy", CultureInfo.InvariantCulture);

    internal static string Days(double? days) => days?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
