using DorsetCareRecord.Access.Corrections;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// Where a reader says that an item is not right. It goes to the organisation whose source sent the item, and its state can be
/// followed on the reporter's own page.
/// </summary>
internal sealed class ReportProblemModel(Door door, FeedClock feeds, CorrectionDesk desk, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public AnyEntry Entry { get; private set; } = null!;

    public Organisation Organisation { get; private set; } = null!;

    /// <summary>Of this form, so that one sent twice reports once.</summary>
    public Guid Report { get; private set; }

    public CorrectionReason? Reason { get; private set; }

    public string? Words { get; private set; }

    /// <summary>What is missing from the form, to whoever filled it in.</summary>
    public IReadOnlyList<(string Field, string Says)> Mistakes { get; private set; } = [];

    /// <summary>What this viewer has reported of this item before.</summary>
    public IReadOnlyList<Correction> Before { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, Section section, Guid entry, CancellationToken cancel)
    {
        if (!await FindAsync(person, Errand.Item(section, entry), entry, cancel))
            return NotFound();
        Report = Guid.NewGuid();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid person, Section section, Guid entry, [FromForm] Guid of, [FromForm] Guid report,
        [FromForm] CorrectionReason? reason, [FromForm] string? words, CancellationToken cancel)
    {
        if (of != person || report == Guid.Empty)
            return StatusCode(StatusCodes.Status409Conflict);
        (Report, Reason, Words) = (report, reason, words);
        var isReady = reason is { } known && Enum.IsDefined(known) && words?.Trim().Length is > 0 and <= CorrectionWords.Longest;
        if (!await FindAsync(person, isReady ? Errand.ReportProblem(section, entry) : Errand.Item(section, entry), entry, cancel))
            return NotFound();
        if (!isReady)
        {
            Mistakes =
            [
                .. reason is null ? [("reason", "Choose what is not right")] : Array.Empty<(string, string)>(),
                .. string.IsNullOrWhiteSpace(words) ? [("words", "Say what you saw and what you expected")]
                    : words.Trim().Length > CorrectionWords.Longest ? [("words", $"Say it in at most {CorrectionWords.Longest} characters")]
                    : Array.Empty<(string, string)>(),
            ];
            return Page();
        }

        return await desk.ReportAsync(HttpContext.Viewer(), View, entry, report, reason!.Value, words, cancel)
            ? Redirect("/my-work?reported=1#reported") : NotFound();
    }

    private async Task<bool> FindAsync(Guid person, Errand errand, Guid entry, CancellationToken cancel)
    {
        if (Request.Query.ContainsKey("at") || !await OpenAsync(person, errand, cancel)
            || EverythingIn.Of(View).FirstOrDefault(one => one.Id == entry) is not { } found
            || Dorset.SourceOf(found.Source) is not { } source || Dorset.OrganisationOf(source.OrganisationCode) is not { } organisation)
            return false;
        (Entry, Organisation) = (found, organisation);
        Before = [.. (await desk.OfReporterAsync(HttpContext.Viewer(), cancel)).Where(one => one.Entry == entry && one.Person == person)];
        return true;
    }
}
