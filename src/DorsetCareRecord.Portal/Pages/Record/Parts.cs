using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Pages.Record;

// What the parts of a record page are given.

internal sealed record FootOf(RecordPage Page, Section Section, Extent Extent);

internal sealed record EmptyOf(RecordPage Page, Section Section, SectionState State);

/// <param name="IsWhole">With all that is known, as on the page of problems; else a short list.</param>
internal sealed record ProblemRows(RecordPage Page, IReadOnlyList<ProblemGroup> Groups, bool IsPast, bool IsWhole = false);

internal sealed record MedicineRows(RecordPage Page, IReadOnlyList<MedicineGroup> Groups, IReadOnlyList<AllergyConflict> Conflicts, bool IsPast);

internal sealed record ContactRows(RecordPage Page, Section Section, IReadOnlyList<Entry<Contact>> Entries);

internal sealed record ServiceRows(RecordPage Page, IReadOnlyList<Entry<CareService>> Entries, bool IsPast);

internal sealed record CareDetailLines(RecordPage Page, IReadOnlyList<Entry<CareDetail>> Entries);
