using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// A past moment whose knowledge is shown, and what safety wants said all the same: history never outranks an allergy, a
/// death, or a protected address.
/// </summary>
/// <param name="At">The moment.</param>
/// <param name="WhoNow">Who this is as known now.</param>
/// <param name="AllergiesSince">Recorded since, or changed since, for whoever may see allergies.</param>
/// <param name="LeftOut">Source records that were taken for this person's then and are not now: they are not shown.</param>
/// <param name="IsBeforeAnything">Nothing had been received about this person by then.</param>
public sealed record Then(
    DateTimeOffset At, ConsolidatedPerson WhoNow, IReadOnlyList<Entry<Allergy>> AllergiesSince, int LeftOut, bool IsBeforeAnything);
