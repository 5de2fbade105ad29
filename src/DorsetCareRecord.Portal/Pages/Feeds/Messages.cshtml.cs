using System.Globalization;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Values;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>
/// Messages: the parked ones of a source or a reason, or what a search found. Words searched for come by POST and never stand in an
/// address; a search by NHS number is noted before it is made.
/// </summary>
internal sealed class MessagesModel(DeskDatabase database, Asking asking, MessageDoor door, DeskNotes notes, TimeProvider clock)
    : FeedsPage(database, asking, clock)
{
    public IReadOnlyList<MessageLine> Lines { get; private set; } = [];

    public string Heading { get; private set; } = "Parked messages";

    /// <summary>The parked ones shown, when they can be replayed together.</summary>
    public bool AreParked { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Source { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    /// <summary>As typed.</summary>
    public string? Sought { get; private set; }

    public Replay.Answer? DryRun { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => MayWork ? await ListParkedAsync(cancel) : NotFound();

    public async Task<IActionResult> OnPostFindAsync([FromForm] string? sought, CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        Sought = sought?.Trim() ?? "";
        Heading = "Messages found";
        if (NhsNumber.TryParse(Sought, out var number))
        {
            if (await door.FindAsync(HttpContext.Viewer(), number.Value, HttpContext.Origin(), cancel) is not { } found)
                return NotFound();
            var unapplied = await NotedReading.UnappliedWithAsync(Database.Source, number.Value.Digits, found.Note, cancel);
            Lines = await MessageList.OfAsync(Database.Source, [.. found.Messages.Union(unapplied)], cancel);
        }
        else if (TryReadTime(Sought, out var time))
        {
            Lines = await MessageList.AroundAsync(Database.Source, Source, time.AddMinutes(-5), time.AddMinutes(5), cancel);
        }
        else if (Sought.Length > 0)
        {
            if (await notes.WriteAsync(HttpContext.Viewer(), Access.Audit.Act.SearchMessages, "messages", Sought, HttpContext.Origin(), cancel) is null)
                return NotFound();
            var byId = long.TryParse(Sought, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? await MessageList.OfAsync(Database.Source, [id], cancel) : [];
            Lines = [.. byId, .. await MessageList.OfControlIdAsync(Database.Source, Sought, cancel)];
        }

        return Page();
    }

    public async Task<IActionResult> OnPostReplayAsync(
        [FromForm] Guid act, [FromForm] string? why, [FromForm] string? since, [FromForm] bool dry, CancellationToken cancel)
    {
        DateTimeOffset? from = null;
        if (!string.IsNullOrWhiteSpace(since))
        {
            if (!TryReadTime(since, out var time))
            {
                Problem = "Nothing was done: write the time as 2026-11-23 14:00.";
                return MayWork ? RedirectToPage(new { Source, Reason }) : NotFound();
            }

            from = time;
        }

        // Without anything that narrows, all parked messages are meant: the button says so.
        var args = new Replay.Args
        {
            Source = Source,
            Reason = Reason,
            Since = from ?? (Source is null && Reason is null ? DateTimeOffset.UnixEpoch : null),
            DryRun = dry,
        };
        var asked = await AskAsync(act, Replay.Kind, "parked messages", args, why,
            done => dry ? "Dry run: nothing was changed." : $"{done.AnswerAs<Replay.Answer>()?.Messages} messages wait in their lanes again.", cancel);
        if (!asked.MayAsk)
            return NotFound();
        if (!dry || asked.AnswerAs<Replay.Answer>() is not { } answer)
            return RedirectToPage(new { Source, Reason });
        DryRun = answer;
        return await ListParkedAsync(cancel);
    }

    private async Task<IActionResult> ListParkedAsync(CancellationToken cancel)
    {
        AreParked = true;
        Lines = await MessageList.ParkedAsync(Database.Source, Source, Reason, cancel);
        return Page();
    }

    /// <summary>In Dorset.</summary>
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "dd-MMM-yyyy HH:mm"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read ? ClinicalDate.OfLondon(local, DatePrecision.Second).AsInstant() : default;
        return read;
    }
}
