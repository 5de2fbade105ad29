using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>
/// One message. Its outside is open to operators; its content after they said why, which is noted and committed first. The content is
/// the answer to a form and never to an address.
/// </summary>
internal sealed class MessageModel(DeskDatabase database, Asking asking, MessageDoor door, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    /// <summary>A form holds so much; a larger message is mended by its sender.</summary>
    private const int MostEdited = 40_000;

    public MessageLine Line { get; private set; } = null!;

    public IReadOnlyList<AskedAct> Acts { get; private set; } = [];

    /// <summary>Null until somebody said why.</summary>
    public Anatomy? Opened { get; private set; }

    public string? Why { get; private set; }

    public IReadOnlyList<RowChange> Changes { get; private set; } = [];

    public Replay.Answer? DryRun { get; private set; }

    public bool MayReplay => Line.State is "parked" or "set-aside";

    public bool MayEdit => Line.State == "parked" && Opened is { Text.Length: > 0 and < MostEdited };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostReadAsync(long id, [FromForm] string? why, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (string.IsNullOrWhiteSpace(why) || why.Length > 500)
        {
            Problem = "Say in a few words why you need to read it.";
            return Page();
        }

        return await ReadAsync(id, why.Trim(), cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostReplayAsync(long id, [FromForm] Guid act, [FromForm] string? why, [FromForm] bool dry, CancellationToken cancel)
    {
        var asked = await AskAsync(act, Replay.Kind, About(id), new Replay.Args { Ids = [id], DryRun = dry }, why,
            _ => dry ? "Dry run: nothing was changed." : "It waits in its lane again.", cancel);
        if (!asked.MayAsk || !await LoadAsync(id, cancel))
            return NotFound();
        if (!dry || asked.AnswerAs<Replay.Answer>() is not { } answer)
            return RedirectToPage(new { id });
        DryRun = answer;
        return Page();
    }

    public async Task<IActionResult> OnPostSetAsideAsync(long id, [FromForm] Guid act, [FromForm] string? why, CancellationToken cancel) =>
        (await AskAsync(act, SetAside.Kind, About(id), new SetAside.Args([id]), why, _ => "Set aside; replay brings it back.", cancel)).MayAsk
            ? RedirectToPage(new { id }) : NotFound();

    public async Task<IActionResult> OnPostEditAsync(long id, [FromForm] Guid act, [FromForm] string? why, [FromForm] string? body, CancellationToken cancel)
    {
        var asked = await AskAsync(act, Edit.Kind, About(id), new Edit.Args(id, body ?? ""), why,
            done => $"A mended copy is message {done.AnswerAs<Edit.Answer>()?.Message}; the original stays as it came.", cancel);
        return asked.MayAsk ? RedirectToPage(new { id = asked.AnswerAs<Edit.Answer>()?.Message ?? id }) : NotFound();
    }

    private static string About(long id) => $"message {id}";

    private async Task<bool> LoadAsync(long id, CancellationToken cancel)
    {
        if (!MayWork || (await MessageList.OfAsync(Database.Source, [id], cancel)) is not [var line])
            return false;
        Line = line;
        Acts = await Database.Acts.LatestAsync(About(id), 20, cancel);
        return true;
    }

    private async Task<bool> ReadAsync(long id, string why, CancellationToken cancel)
    {
        if (await door.OpenAsync(HttpContext.Viewer(), id, why, HttpContext.Origin(), cancel) is not { } reading
            || await NotedReading.ReadAsync(Database.Source, id, reading.Note, cancel) is not { } message)
            return false;
        Why = why;
        Opened = Anatomy.Of(message);
        Changes = await reading.ChangesAsync(Opened.Patients, cancel);
        return true;
    }
}
