using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One line of a printed section.</summary>
/// <param name="IsPast">Past or ended: set apart, as on the screen.</param>
public sealed record PaperLine(string When, string What, string? Detail, string Source, bool IsPast);

/// <summary>A section as it goes on paper: every line the screen has, current before past, and how it stands.</summary>
public sealed record PaperSection(Section Section, SectionState State, IReadOnlyList<PaperLine> Lines, int Total)
{
    /// <summary>What could hurt first, as on the screen.</summary>
    public static IReadOnlyList<Section> Order { get; } =
    [
        Section.Allergies, Section.Flags, Section.Medicines, Section.Problems, Section.Results, Section.Letters, Section.Encounters,
        Section.Immunisations, Section.NextOfKin, Section.Care,
    ];

    public static IReadOnlyList<PaperSection> Of(RecordView view, IEnumerable<Section> sections)
    {
        var everything = EverythingIn.Of(view).ToLookup(entry => entry.Section);
        return
        [
            .. sections.Select(section => new PaperSection(section, view.StateOf(section),
            [
                .. everything[section].Where(entry => entry.Item is not Notice)
                    .Select(entry => (Entry: entry, IsPast: IsPast(entry)))
                    .OrderBy(line => line.IsPast).ThenByDescending(line => Timeline.When(line.Entry.Item)?.AsInstant() ?? line.Entry.StatedAt)
                    .Select(line => Line(line.Entry, line.IsPast)),
            ], Count(view, section))),
        ];
    }

    private static PaperLine Line(AnyEntry entry, bool isPast) => new(
        Timeline.When(entry.Item) is { } date ? Dates.Text(date) : $"said {Dates.Day(entry.StatedAt)}",
        ItemTitle.Of(entry.Item), Detail(entry.Item), Shares.Name(entry.Source), isPast);

    private static string? Detail(Item item) => string.Join("; ", (item switch
    {
        Result result => new[] { result.Range is { } range ? $"range {range}" : "no range supplied", ResultFlag.Of(result.Flag).Word, ResultWords.State(result.Status), result.Panel },
        Report report => [ResultWords.State(report.Status), report.Laboratory],
        Medicine medicine => [medicine.Status == MedicineStatus.Suspended ? "SUSPENDED" : null, medicine.Change?.ToString(), medicine.ChangeReason],
        Allergy allergy => [AllergyWords.Severity(allergy), allergy.Status.ToString()],
        Problem problem => [problem.Status == ProblemStatus.Resolved ? "resolved" : null],
        Letter letter => [letter.Department, letter.Author, letter.Status.ToString()],
        Contact contact => [contact.Role.ToString(), contact.Telephone, contact.Mobile, contact.Address],
        CareService service => [service.ProviderTelephone, service.Status.ToString()],
        CareWorker worker => [worker.Telephone],
        _ => [],
    }).Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } detail ? detail : null;

    private static bool IsPast(AnyEntry entry) => entry.Ended || entry.Item is Problem { Status: ProblemStatus.Resolved }
        or Medicine { Status: MedicineStatus.Completed or MedicineStatus.Stopped } or Medicine { Change: MedicineChange.Stopped }
        or Flag { Active: false } or Allergy { Status: AllergyStatus.Resolved or AllergyStatus.Refuted }
        or CareService { Status: CareServiceStatus.Finished };

    private static int Count(RecordView view, Section section) => section switch
    {
        Section.Results => view.Results.Total + view.Reports.Total,
        Section.Letters => view.Letters.Total,
        Section.Encounters => view.Encounters.Total,
        _ => EverythingIn.Of(view).Count(entry => entry.Section == section && entry.Item is not Notice),
    };
}
