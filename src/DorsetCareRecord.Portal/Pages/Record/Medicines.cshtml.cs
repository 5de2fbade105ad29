using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Current medicines, and past ones apart: never mixed (NHS CUI MEDv-062).</summary>
internal sealed class MedicinesModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public IReadOnlyList<MedicineGroup> Current { get; private set; } = [];

    public IReadOnlyList<MedicineGroup> Past { get; private set; } = [];

    public IReadOnlyList<DischargeChanges> Discharges { get; private set; } = [];

    public IReadOnlyList<AllergyConflict> Conflicts { get; private set; } = [];

    public bool HasAllergies { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Medicines, cancel))
            return NotFound();
        Current = MedicineGroup.Current(View.Medicines);
        Past = MedicineGroup.Past(View.Medicines);
        Discharges = DischargeChanges.Of(View.Medicines);
        var known = AllergyHeadline.Of(View.Allergies).Known;
        HasAllergies = known.Count > 0;
        Conflicts = AllergyConflict.Find(Current, known);
        return Page();
    }
}
