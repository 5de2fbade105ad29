using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>ADT: the patient administration system's own messages.</summary>
internal static class AdmissionMessages
{
    public static Reading Read(string trigger, Hearing hearing)
    {
        switch (AdmissionEvents.Of(trigger))
        {
            case null:
                return new NotUnderstood(new Fault(Reasons.UnknownType, "MSH-9", trigger.Length == 0 ? "no trigger" : "unknown trigger"));
            case AdmissionEvent.NoConcern:
                return new OfNoConcern("a query or bed census");
            case AdmissionEvent.NeedsReview:
                return new NotUnderstood(new Fault(Reasons.MergeNeedsReview, "MSH-9", trigger));
            case { } about:
                return ReadPatients(trigger, about, hearing);
        }
    }

    private static Reading ReadPatients(string trigger, AdmissionEvent about, Hearing hearing)
    {
        var patients = new List<PatientFacts>();
        foreach (var group in PatientGroup.Of(hearing.Message))
        {
            if (PatientIds.Of(group.Pid, hearing.Profile) is not { } id)
            {
                hearing.Remark(Reasons.NoPatient, "PID-3");
                continue;
            }

            var patient = new LocalPatient(hearing.Profile.Source, id);
            var facts = new List<Fact>();
            PatientFacts? other = null;
            var unclear = about switch
            {
                AdmissionEvent.Merge => MergeSegments.HearMerge(group, patient, hearing, facts),
                AdmissionEvent.Move => MergeSegments.HearMove(group, patient, hearing, out other),
                AdmissionEvent.VisitNumber => MergeSegments.HearVisitNumber(group, hearing, facts),
                _ => null,
            };
            if (unclear is not null)
                return new NotUnderstood(unclear);
            Hear(group, trigger, about, hearing, facts);
            patients.Add(new PatientFacts(patient, facts));
            if (other is not null)
                patients.Add(other);
        }

        return patients.Count == 0 ? Hl7Adapter.NoPatient(hearing) : new Understood(patients, hearing.Remarks);
    }

    private static void Hear(PatientGroup group, string trigger, AdmissionEvent about, Hearing hearing, List<Fact> facts)
    {
        var isWhole = hearing.Profile.SendsWholeLists;
        DemographicsSegments.Hear(group, hearing, isAdministration: true, facts);
        if (about is AdmissionEvent.Visit or AdmissionEvent.Move or AdmissionEvent.VisitNumber)
            EncounterSegments.Hear(group, trigger, hearing, facts);
        ContactSegments.Hear(group, hearing, isWhole, facts);
        AllergySegments.Hear(group, hearing, isWhole, facts);
        ProblemSegments.HearDiagnoses(group, hearing, isWhole, facts);
    }
}
