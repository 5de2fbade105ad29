using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>The whole record by its own times, with filters that always say how much they leave out.</summary>
internal sealed class TimelineModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    /// <summary>Lines at most on one page; past it the page says so.</summary>
    public const int Most = 500;

    public Timeline Timeline { get; private set; } = null!;

    public TimelineFilter Filter { get; private set; } = new();

    /// <summary>The sections of this viewer that have lines to filter by.</summary>
    public IReadOnlyList<Section> Sections { get; private set; } = [];

    /// <summary>Sections of which nothing is here, and why.</summary>
    public IReadOnlyList<(Section Section, SectionState State)> NotHere { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, Section? section, string? source, TimelinePeriod period, string? news, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Timeline, cancel))
            return NotFound();
        Filter = new TimelineFilter(section, Dorset.SourceOf(source ?? "")?.Code, period, IsNewOnly: news is not null);
        Timeline = Timeline.Of(View, Filter, Now);
        Sections = [.. Enum.GetValues<Section>().Where(one => one != Section.Demographics && View.StateOf(one) == SectionState.Read)];
        NotHere = [.. Enum.GetValues<Section>().Select(one => (one, View.StateOf(one))).Where(one => one.Item2 != SectionState.Read)];
        return Page();
    }

    /// <summary>Why nothing of a section is on the line: its place is kept, so that a gap is never taken for an answer.</summary>
    public string Why(Section section, SectionState state) =>
        string.Join(' ', EmptyState.Of(section, state, Standings(section), View.At, View.HiddenIn(section)).Select(empty => empty.Text));

    /// <summary>Where a line's own page is.</summary>
    public string LinkOf(TimelineLine line) => line.Entry.Item switch
    {
        Letter => Link($"letters/{line.Entry.Id}"),
        Report => Link($"report/{line.Entry.Id}"),
        Result => Link("results"),
        Medicine => Link("medicines"),
        Encounter => Link("encounters"),
        _ => Link(),
    };
}
