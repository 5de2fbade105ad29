using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// MRG: PID is the patient who stays, MRG-1 the number that goes (HL7 v2.8 chapter 3.6.2). Merging the wrong way round is worse
/// than not merging, so whatever is unclear is left to a human.
/// </summary>
internal static class MergeSegments
{
    /// <summary>A34, A40 and their like, and changes of number.</summary>
    public static Fault? HearMerge(PatientGroup group, LocalPatient survivor, Hearing hearing, ICollection<Fact> facts)
    {
        var mrg = group.First("MRG");
        var priors = PriorsOf(mrg, survivor, hearing);
        if (priors.Count == 0)
            return Unclear("MRG-1", mrg.IsThere ? "no patient number" : "absent");
        foreach (var prior in priors)
        {
            if (prior == survivor)
                return Unclear("MRG-1", "the same number as PID-3");
            if (NamespaceOf(prior.Id) != NamespaceOf(survivor.Id))
                return Unclear("MRG-1", "another namespace than PID-3");
        }

        foreach (var prior in priors)
            facts.Add(new Merged(survivor, prior, hearing.Version));
        return null;
    }

    /// <summary>A44, A45: the visit in PV1-19 (or MRG-5) was recorded for the patient of MRG-1 and is the patient's of PID.</summary>
    /// <param name="group">The patient's segments.</param>
    /// <param name="owner">Whose the visit is.</param>
    /// <param name="hearing">The message.</param>
    /// <param name="formerOwner">Whose it was, with the withdrawal; null when the message names nobody else.</param>
    public static Fault? HearMove(PatientGroup group, LocalPatient owner, Hearing hearing, out PatientFacts? formerOwner)
    {
        formerOwner = null;
        var mrg = group.First("MRG");
        var visit = EncounterSegments.KeyOf(mrg[5], hearing) ?? EncounterSegments.KeyOf(group.First("PV1")[19], hearing);
        if (visit is null)
            return Unclear("MRG-5", "no visit number");
        if (PriorsOf(mrg, owner, hearing).Find(p => p != owner) is { Id: not null } prior)
            formerOwner = new PatientFacts(prior, [new Withdrawn(visit, typeof(Encounter), hearing.Version)]);
        return null;
    }

    /// <summary>A42, A50: what was kept under the old visit number is kept under the one of PV1-19 from now on.</summary>
    public static Fault? HearVisitNumber(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        if (EncounterSegments.KeyOf(group.First("MRG")[5], hearing) is not { } prior)
            return Unclear("MRG-5", "no visit number");
        if (EncounterSegments.KeyOf(group.First("PV1")[19], hearing) is not { } now)
            return Unclear("PV1-19", "no visit number");
        if (now != prior)
            facts.Add(new Withdrawn(prior, typeof(Encounter), hearing.Version));
        return null;
    }

    /// <summary>A number without a namespace is of the survivor's.</summary>
    private static List<LocalPatient> PriorsOf(Segment mrg, LocalPatient survivor, Hearing hearing)
    {
        var own = NamespaceOf(survivor.Id);
        return LocalIds.AllOf(mrg[1], hearing.Profile)
            .Select(id => new LocalPatient(survivor.Source, own is null || id.Contains('|', StringComparison.Ordinal) ? id : $"{own}|{id}"))
            .ToList();
    }

    private static string? NamespaceOf(string id)
    {
        var bar = id.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? null : id[..bar];
    }

    private static Fault Unclear(string place, string shape) => new(Reasons.MergeNeedsReview, place, shape);
}
