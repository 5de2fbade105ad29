using System.Globalization;
using System.Text;
using DorsetCareRecord.Access.Matching;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using CutoverAct = DorsetCareRecord.Feeds.Desk.Acts.Cutover;

namespace DorsetCareRecord.Portal.Pages.Cutover;

/// <summary>One step of the track and how far it is.</summary>
internal sealed record TrackStep(string Name, string State, string Detail);

/// <summary>Camis to CareCentric: what stops the cut, how far it is, the figures, who has signed, and the way back.</summary>
internal sealed class IndexModel(CutoverDesk desk, Asking asking, TimeProvider clock) : PageModel
{
    private const int MostShown = 500;

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public CutoverView State { get; private set; } = null!;

    /// <summary>Person by person; only when asked for, because that is noted.</summary>
    public IReadOnlyList<PersonDifference>? Differences { get; private set; }

    public Guid NextAct { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(bool differences, CancellationToken cancel)
    {
        State = await desk.ReadAsync(cancel);
        if (differences && State.Latest is { } latest)
            Differences = await desk.DifferencesAsync(HttpContext.Viewer(), latest.N, MostShown, HttpContext.Origin(), cancel);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        State = await desk.ReadAsync(cancel);
        if (State.Latest is not { } latest
            || await desk.DifferencesAsync(HttpContext.Viewer(), latest.N, int.MaxValue, HttpContext.Origin(), cancel) is not { } found)
        {
            return NotFound();
        }

        var file = new StringBuilder("concept,difference,source,local_id\r\n");
        foreach (var difference in found)
            file.AppendJoin(',', Cell(difference.Concept), Cell(difference.What), Cell(difference.Source), Cell(difference.LocalId)).Append("\r\n");
        return File(Encoding.UTF8.GetBytes(file.ToString()), "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"comparison-{latest.N}.csv"));
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] Guid act, [FromForm] string? step, [FromForm] string? why, [FromForm] string? role, [FromForm] string? name, CancellationToken cancel)
    {
        if (!Enum.TryParse<CutoverStepName>(step, out var taken) || !Enum.IsDefined(taken) || act == Guid.Empty || string.IsNullOrWhiteSpace(why) || why.Length > 500)
        {
            Problem = "Nothing was done: say in a few words why.";
            return Redirect("/cutover");
        }

        var plan = (await desk.ReadAsync(cancel)).Plan;
        var args = new CutoverAct.Args(plan, taken, role, name);
        if (await asking.AskAsync(HttpContext, act, CutoverAct.Kind, plan, args, why.Trim(), cancel) is not { } asked)
            return NotFound();
        switch (asked.Outcome)
        {
            case null:
                Problem = "Asked, and not done yet: it may take as long as the extract is large. Open the page again in a while.";
                break;
            case ActOutcome.Done:
                Done = asked.AnswerAs<CutoverAct.Answer>()?.Sentence;
                break;
            default:
                Problem = asked.Sentence;
                break;
        }

        return Redirect("/cutover");
    }

    /// <summary>The steps as a reader follows them: done, now, or later.</summary>
    internal IReadOnlyList<TrackStep> Track()
    {
        var steps = new (string Name, string Step, Func<StepTaken, string> Detail)[]
        {
            ("Announce", "announced", s => Dates.Day(s.At)),
            ("Crosswalk", "crosswalk", _ => string.Join(", ", State.CrosswalkRows.Select(r => $"{Number(r.Value)} {r.Key}s"))),
            ("Compare in shadow", "compared", _ => State.Latest is { } c ? $"number {c.N}, {c.Counts.Count(x => x.State == "stops")} stop" : ""),
            ("Sign off", "signed", _ => $"{State.Signatures.Count(x => x.Name is not null)} of {State.Signatures.Count} have signed"),
            ("Drain Camis", "drained", s => Dates.Moment(s.At)),
            ("Backload, quietly", "loaded", s => Dates.Moment(s.At)),
            ("Switch", "live", s => State.NewSpeaks ? $"since {Dates.Moment(s.At)}" : "rolled back"),
            ("Watch late ones", "closed", s => $"closed {Dates.Day(s.At)}"),
        };
        var track = new List<TrackStep>();
        var isNow = true;
        foreach (var (name, step, detail) in steps)
        {
            var isDone = step switch
            {
                "live" => State.NewSpeaks,
                "closed" => State.IsClosed,
                "compared" => State.Latest is { WhatStops: null, IsOfThisCrosswalk: true },
                "signed" => State.IsSigned,
                _ => State.Last(step) is not null,
            };
            var last = State.Last(step);
            track.Add(new(name, isDone ? "done" : isNow ? "now" : "later", last is null ? "" : detail(last)));
            isNow = isNow && isDone;
        }

        return track;
    }

    /// <summary>The step that comes next, and what its button says; null when there is none to press.</summary>
    internal (CutoverStepName Step, string Button, string Hint)? Next() => Track().FirstOrDefault(s => s.State == "now")?.Name switch
    {
        "Announce" => (CutoverStepName.Announce, "Announce the cutover", "All partners know the day."),
        "Crosswalk" => (CutoverStepName.Crosswalk, "Load the crosswalk", "From the worker’s folder crosswalk: patients.csv and, where they have them, visits.csv, appointments.csv, documents.csv."),
        "Compare in shadow" => (CutoverStepName.Compare, "Compare", "The extract in the worker’s folder is laid into a shadow that no reader sees."),
        "Drain Camis" => (CutoverStepName.Drain, "Drain Camis", "When nothing of Camis waits, its last message is written down."),
        "Backload, quietly" => (CutoverStepName.Backload, "Take the backload", "The same extract goes into the inbox; nobody is told of old results."),
        "Switch" => (CutoverStepName.Live, "Switch to CareCentric", "One flag, no restart."),
        "Watch late ones" => (CutoverStepName.Close, "Close Camis", "What still comes from Camis is taken all the same."),
        _ => null,
    };

    internal static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Explained(ConceptCount count) => (count.OnlyOld, count.OnlyNew) switch
    {
        (0, 0) => "the same, one for one",
        (0, var more) => $"all are there; {Number(more)} more in CareCentric",
        (var missing, _) => $"{Number(missing)} for {Number(count.People)} {(count.People == 1 ? "person" : "people")} in Camis only",
    };

    /// <summary>Quoted, and harmless to a spreadsheet.</summary>
    private static string Cell(string text) =>
        $"\"{(text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
