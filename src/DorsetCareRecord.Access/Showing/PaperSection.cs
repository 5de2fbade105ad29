using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One line of a printed section.</summary>
/// <param name="IsPast">Past or ended: set apart, as on the screen.</param>
/// <param name="IsThirdParty">About somebody else.</param>
public sealed record PaperLine(string When, string What, string? Detail, string Source, bool IsPast, bool IsThirdParty);

/// <summary>A section as it goes on paper: every line the screen has, current before past, and how it stands.</summary>
public sealed record PaperSection(Section Section, SectionState State, IReadOnlyList<PaperLine> Lines, int Total)
{
    /// <summary>What could hurt first, as on the screen.</summary>
    public static IReadOnlyList<Section> Order { get; } =
    [
        Section.Allergies, Section.Flags, Section.Medicines, Section.Problems, Section.Results, Section.Letters, Section.Encounters,
        Section.Immunisations, Section.NextOfKin, Section.Care,
    ];

    /// <summary>Newest first; of allergies the gravest.</summary>
    public static IReadOnlyList<PaperSection> Of(RecordView view, IEnumerable<Section> sections)
    {
        var everything = EverythingIn.Of(view).ToLookup(entry => entry.Section);
        // A report whose values are printed, and which has no words of its own, would be a line that says nothing.
        var told = view.Reports.Entries.Where(report => report.Item.Kind == ReportKind.Laboratory && report.Item.Notes is null)
            .Select(report => (report.Source, report.Key))
            .Intersect(view.Results.Entries.Where(value => value.Item.ReportKey is not null).Select(value => (value.Source, value.Item.ReportKey!))).ToHashSet();
        return
        [
            .. sections.Select(section => new PaperSection(section, view.StateOf(section),
            [
                .. everything[section].Where(entry => entry.Item is not Notice && !(entry.Item is Report && told.Contains((entry.Source, entry.Key))))
                    .Select(entry => (Entry: entry, IsPast: IsPast(entry)))
                    .OrderBy(line => line.IsPast).ThenByDescending(line => line.Entry.Item is Allergy allergy ? allergy.Severity : null)
                    .ThenByDescending(line => Timeline.When(line.Entry.Item)?.AsInstant() ?? line.Entry.StatedAt)
                    .Select(line => Line(line.Entry, line.IsPast)),
            ], Count(view, section) - (section == Section.Results ? told.Count : 0))),
        ];
    }

    private static PaperLine Line(AnyEntry entry, bool isPast) => new(
        Timeline.When(entry.Item) is { } date ? Dates.Text(date) : $"said {Dates.Day(entry.StatedAt)}",
        ItemTitle.Of(entry.Item), Detail(entry.Item), Shares.Name(entry.Source), isPast, ThirdParty.IsIn(entry.Item));

    private static string? Detail(Item item) => string.Join("; ", (item switch
    {
        Result result => new[] { result.Range is { } range ? $"range {range}" : "no range supplied", ResultFlag.Of(result.Flag).Word, ResultWords.State(result.Status), result.Panel },
        Report report => [ResultWords.State(report.Status), report.Laboratory],
        Medicine medicine => [medicine.Status == MedicineStatus.Suspended ? "SUSPENDED" : null, medicine.Change is { } change ? $"{change} at discharge" : null, medicine.ChangeReason],
        Allergy allergy => [AllergyWords.Severity(allergy), allergy.Status is AllergyStatus.Refuted or AllergyStatus.Resolved ? allergy.Status.ToString().ToLowerInvariant() : null],
        Problem problem => [problem.Status == ProblemStatus.Resolved ? "resolved" : null],
        Letter letter => [letter.Department, letter.Author, letter.Status == LetterStatus.Final ? null : letter.Status.ToString().ToLowerInvariant()],
        Contact contact => [ContactWords.Role(contact), contact.Telephone, contact.Mobile, contact.Address],
        CareService service => [service.ProviderTelephone, service.Status == CareServiceStatus.OnHold ? "ON HOLD" : null],
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
