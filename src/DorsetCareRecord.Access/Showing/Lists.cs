using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// What is current and what is past, by what the source says and nothing else: an item the source still lists without an
/// end is current, however old (hazard H11: no inference of stop).
/// </summary>
public static class Lists
{
    private static readonly TimeSpan RecentDiagnosis = TimeSpan.FromDays(90);

    /// <summary>Started, not started, suspended or not said (NHS CUI MEDv-172); suspended ones are conspicuous, not hidden.</summary>
    public static IReadOnlyList<Entry<Medicine>> Current(SectionView<Medicine> section) =>
    [
        .. section.Entries.Where(IsCurrent)
            .OrderByDescending(entry => entry.Item.Change is not null)
            .ThenByDescending(entry => entry.Item.Status == MedicineStatus.Suspended)
            .ThenBy(entry => entry.Item.Kind == MedicineKind.Acute)
            .ThenBy(entry => entry.Item.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(entry => entry.Source, StringComparer.Ordinal),
    ];

    /// <summary>Completed, stopped or no longer listed, latest end first (MEDv-173).</summary>
    public static IReadOnlyList<Entry<Medicine>> Past(SectionView<Medicine> section) =>
    [
        .. section.Entries.Where(entry => !IsCurrent(entry))
            .OrderByDescending(entry => (entry.Item.EndedOn ?? entry.Item.StartedOn)?.AsInstant() ?? entry.StatedAt),
    ];

    /// <summary>
    /// Newest first; diagnoses of encounters long past come after all problems, for nobody ends them and they would crowd out
    /// the rest.
    /// </summary>
    public static IReadOnlyList<Entry<Problem>> Active(SectionView<Problem> section, DateTimeOffset now) =>
    [
        .. section.Entries.Where(IsActive)
            .OrderBy(entry => entry.Item.Kind == ProblemKind.Diagnosis && now - When(entry) > RecentDiagnosis)
            .ThenByDescending(entry => When(entry)),
    ];

    public static IReadOnlyList<Entry<Problem>> Past(SectionView<Problem> section) =>
        [.. section.Entries.Where(entry => !IsActive(entry)).OrderByDescending(entry => When(entry))];

    public static IReadOnlyList<Entry<Flag>> Active(SectionView<Flag> section) =>
        [.. section.Entries.Where(entry => entry.Item.Active && !entry.Ended).OrderBy(entry => Weight(entry.Item.Kind))];

    /// <summary>Where the person is at this moment: a hospital stay in progress, as far as its source has told.</summary>
    public static Entry<Encounter>? WhereNow(SectionView<Encounter> section) => section.Entries
        .Where(entry => entry.Item is
        {
            Status: EncounterStatus.InProgress,
            Kind: EncounterKind.Inpatient or EncounterKind.Emergency or EncounterKind.DayCase,
            EndAt: null,
        } && !entry.Ended)
        .MaxBy(entry => entry.Item.StartAt?.AsInstant() ?? DateTimeOffset.MinValue);

    /// <summary>Now, then what is to come (nearest first), what was to come and will not, then what was (latest first).</summary>
    public static IReadOnlyList<(string When, Entry<Encounter> Entry)> Ordered(SectionView<Encounter> section, DateTimeOffset now)
    {
        var placed = section.Entries.Select(entry => (When: Place(entry, now), Entry: entry)).ToList();
        return
        [
            .. placed.Where(p => p.When == "Now").OrderByDescending(p => Start(p.Entry)),
            .. placed.Where(p => p.When == "Next").OrderBy(p => Start(p.Entry)),
            .. placed.Where(p => p.When == "Off").OrderBy(p => Start(p.Entry)),
            .. placed.Where(p => p.When == "Past").OrderByDescending(p => Start(p.Entry)),
        ];
    }

    private static string Place(Entry<Encounter> entry, DateTimeOffset now) => entry.Item.Status switch
    {
        EncounterStatus.InProgress when entry.Item.EndAt is null => "Now",
        EncounterStatus.Planned when Start(entry) >= now => "Next",
        EncounterStatus.Cancelled when Start(entry) >= now => "Off",
        _ => "Past",
    };

    private static bool IsCurrent(Entry<Medicine> entry) => !entry.Ended && entry.Item is
    {
        Status: MedicineStatus.Active or MedicineStatus.Suspended or MedicineStatus.NotStated,
        Change: not MedicineChange.Stopped,
    };

    private static bool IsActive(Entry<Problem> entry) => !entry.Ended && entry.Item.Status != ProblemStatus.Resolved;

    private static DateTimeOffset When(Entry<Problem> entry) =>
        (entry.Item.OnsetOn ?? entry.Item.RecordedOn)?.AsInstant() ?? entry.StatedAt;

    private static DateTimeOffset Start(Entry<Encounter> entry) => entry.Item.StartAt?.AsInstant() ?? entry.StatedAt;

    private static int Weight(FlagKind kind) => kind switch
    {
        FlagKind.Resuscitation => 0,
        FlagKind.Safeguarding => 1,
        FlagKind.Risk or FlagKind.Legal => 2,
        FlagKind.ReasonableAdjustment => 3,
        FlagKind.CarePlan => 4,
        _ => 5,
    };
}
