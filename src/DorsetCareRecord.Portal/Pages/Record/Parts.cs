using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Pages.Record;

// What the parts of a record page are given.

internal sealed record FootOf(RecordPage Page, Section Section, Extent Extent);

internal sealed record EmptyOf(RecordPage Page, Section Section, SectionState State);

internal sealed record ProblemRows(IReadOnlyList<Entry<Problem>> Entries, bool IsPast);

internal sealed record MedicineRows(IReadOnlyList<Entry<Medicine>> Entries, bool IsPast);

internal sealed record ContactRows(IReadOnlyList<Entry<Contact>> Entries);
