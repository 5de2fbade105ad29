using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Privacy;

/// <summary>Alerts that wait for the officer, the gravest first; roles only, for a list is read over a shoulder.</summary>
internal sealed class IndexModel(PrivacyDesk desk, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan Late = TimeSpan.FromDays(5);

    public IReadOnlyList<Alert> Alerts { get; private set; } = [];

    public bool ShowsDecided { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] bool decided, CancellationToken cancel)
    {
        if (await desk.ListAsync(HttpContext.Viewer(), decided, HttpContext.Origin(), cancel) is not { } alerts)
            return NotFound();
        (Alerts, ShowsDecided) = (alerts, decided);
        return Page();
    }

    public string? Tint(Alert alert) => !alert.IsMine || !alert.IsOpen ? null
        : alert is { Rule.IsUrgent: true, State: AlertState.New } ? "is-silent"
        : clock.GetUtcNow() - alert.RaisedAt > Late ? "is-late" : null;

    public string Waits(Alert alert) => (clock.GetUtcNow() - alert.RaisedAt) switch
    {
        { TotalDays: >= 2 } time => $"{time.Days} days",
        { TotalHours: >= 2 } time => $"{(int)time.TotalHours} h",
        var time => $"{Math.Max(0, (int)time.TotalMinutes)} min",
    };
}
