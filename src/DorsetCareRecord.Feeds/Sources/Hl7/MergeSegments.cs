using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
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

    /// <summary>
    /// A43: the number of MRG-1 was kept for the wrong person (HL7 v2.8 chapter 3.3.43). Where PID has another, the person of PID has it now,
    /// whoever it went over into before; where PID repeats it, it stands for itself again, and PID says whose it is.
    /// </summary>
    public static Fault? HearNumberMove(PatientGroup group, LocalPatient owner, Hearing hearing, ICollection<Fact> facts)
    {
        if (PriorsOf(group.First("MRG"), owner, hearing) is not [var number] || number != owner)
            return HearMerge(group, owner, hearing, facts);
        facts.Add(new Merged(owner, owner, hearing.Version));
        return null;
    }

    /// <summary>A24 and A37: the message's two patients are one person, or are not any more.</summary>
    public static Reading HearLink(Understood understood, bool isLink, Hearing hearing)
    {
        var patients = understood.Patients.Select(p => p.Patient).Distinct().OrderBy(p => p.Id, StringComparer.Ordinal).ToList();
        if (patients is not [var first, var second])
            return new NotUnderstood(Unclear("PID", $"{patients.Count} patients, not two"));
        var word = new Linked(first, second, isLink, hearing.Version);
        return understood with
        {
            Patients = [.. understood.Patients.Select(p => p.Patient == second ? p with { Facts = [word, .. p.Facts] } : p)],
        };
    }

    /// <summary>A44, A45: visits recorded for the patient of MRG-1 are the patient's of PID.</summary>
    public static Fault? HearMoves(PatientGroup group, LocalPatient owner, Hearing hearing, ICollection<Fact> facts)
    {
        var hasVisit = false;
        foreach (var (mrg, pv1) in Visits(group))
        {
            var (prior, now) = (PriorKeyOf(mrg, hearing), KeyOf(group.Pid, pv1, hearing));
            if ((prior ?? now) is not { } from || (now ?? prior) is not { } to)
                continue;
            hasVisit = true;
            var former = PriorsOf(mrg, owner, hearing) is [var first, ..] ? first : owner;
            if (former != owner || from != to)
                facts.Add(new Moved(former, from, owner, to, hearing.Version));
        }

        return hasVisit ? null : Unclear("MRG-5", "no visit number");
    }

    /// <summary>
    /// A35, A41, A42, A49, A50, A51: what was kept under the old number is kept under that of PV1-19 from now on; with MRG-1 another
    /// patient's too. An account whose number is no visit's says nothing the record keeps.
    /// </summary>
    public static Fault? HearVisitNumbers(PatientGroup group, string trigger, LocalPatient patient, Hearing hearing, ICollection<Fact> facts)
    {
        foreach (var (mrg, pv1) in Visits(group))
        {
            var (prior, now) = (PriorKeyOf(mrg, hearing), KeyOf(group.Pid, pv1, hearing));
            if (prior is null || now is null)
            {
                if (trigger is "A42" or "A50" or "A51")
                    return Unclear(prior is null ? "MRG-5" : "PV1-19", "no visit number");
                continue;
            }

            var former = PriorsOf(mrg, patient, hearing) is [var first, ..] ? first : patient;
            if (former != patient || prior != now)
                facts.Add(new Moved(former, prior, patient, now, hearing.Version));
        }

        return null;
    }

    /// <summary>Each MRG with the PV1 that follows it before the next; the structure lets them repeat.</summary>
    private static List<(Segment Mrg, Segment Pv1)> Visits(PatientGroup group)
    {
        var visits = new List<(Segment Mrg, Segment Pv1)>();
        foreach (var segment in group.Segments)
        {
            if (segment.Is("MRG"))
                visits.Add((segment, default));
            else if (segment.Is("PV1") && visits.Count > 0 && !visits[^1].Pv1.IsThere)
                visits[^1] = (visits[^1].Mrg, segment);
        }

        return visits.Count > 0 ? visits : [(default, group.First("PV1"))];
    }

    private static string? PriorKeyOf(Segment mrg, Hearing hearing) =>
        EncounterSegments.KeyOf(mrg[5], hearing) ?? EncounterSegments.KeyOf(mrg[3], hearing);

    private static string? KeyOf(Segment pid, Segment pv1, Hearing hearing) =>
        EncounterSegments.KeyOf(pv1[19], hearing) ?? EncounterSegments.KeyOf(pid[18], hearing);

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
