using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Pages.Record;

// What the parts of a record page are given.

internal sealed record FootOf(RecordPage Page, Section Section, Extent Extent);

internal sealed record EmptyOf(RecordPage Page, Section Section, SectionState State);

internal sealed record ProblemRows(IReadOnlyList<ProblemGroup> Groups, bool IsPast, RecordPage? Page = null)
{
    /// <summary>On the page of problems, with all that is known; else a short list.</summary>
    internal bool IsWhole => Page is not null;
}

internal sealed record MedicineRows(IReadOnlyList<MedicineGroup> Groups, IReadOnlyList<AllergyConflict> Conflicts, bool IsPast, RecordPage Page);

internal sealed record ContactRows(IReadOnlyList<Entry<Contact>> Entries);

internal sealed record ServiceRows(IReadOnlyList<Entry<CareService>> Entries, bool IsPast);
