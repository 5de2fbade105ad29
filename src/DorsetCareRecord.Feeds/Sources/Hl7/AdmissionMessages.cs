using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>ADT: the patient administration system's own messages.</summary>
internal static class AdmissionMessages
{
    public static Reading Read(string trigger, Hearing hearing)
    {
        switch (hearing.Profile.Triggers.TryGetValue($"ADT^{trigger}", out var own) ? own : AdmissionEvents.Of(trigger))
        {
            case null:
                return new NotUnderstood(new Fault(Reasons.UnknownType, "MSH-9", trigger.Length == 0 ? "no trigger" : "unknown trigger"));
            case AdmissionEvent.NoConcern:
                return new OfNoConcern("a query or bed census");
            case AdmissionEvent.NeedsReview:
                return new NotUnderstood(new Fault(Reasons.MergeNeedsReview, "MSH-9", trigger));
            case { } about:
                var reading = ReadPatients(trigger, about, hearing);
                return about is AdmissionEvent.Link or AdmissionEvent.Unlink && reading is Understood understood
                    ? MergeSegments.HearLink(understood, isLink: about == AdmissionEvent.Link, hearing)
                    : reading;
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
            var unclear = about switch
            {
                AdmissionEvent.Merge => MergeSegments.HearMerge(group, patient, hearing, facts),
                AdmissionEvent.MoveNumber => MergeSegments.HearNumberMove(group, patient, hearing, facts),
                AdmissionEvent.Move => MergeSegments.HearMoves(group, patient, hearing, facts),
                AdmissionEvent.VisitNumber => MergeSegments.HearVisitNumbers(group, trigger, patient, hearing, facts),
                _ => null,
            };
            if (unclear is not null)
                return new NotUnderstood(unclear);
            Hear(group, trigger, about, hearing, facts);
            patients.Add(new PatientFacts(patient, facts));
        }

        return patients.Count == 0 ? Hl7Adapter.NoPatient(hearing) : new Understood(patients, hearing.Remarks);
    }

    private static void Hear(PatientGroup group, string trigger, AdmissionEvent about, Hearing hearing, List<Fact> facts)
    {
        DemographicsSegments.Hear(group, hearing, isAdministration: true, facts);
        if (about is AdmissionEvent.Visit or AdmissionEvent.Move or AdmissionEvent.VisitNumber && !IsToldBySiu(group, trigger, hearing))
            EncounterSegments.Hear(group, trigger, hearing, facts);
        ContactSegments.Hear(group, hearing, facts);
        AllergySegments.Hear(group, hearing, facts);
        AlertSegments.Hear(group, hearing, facts);
        ProblemSegments.HearDiagnoses(group, hearing, facts);
    }

    /// <summary>An outpatient's booking that this sender also sends as SIU, under another number.</summary>
    private static bool IsToldBySiu(PatientGroup group, string trigger, Hearing hearing) =>
        hearing.Profile.Appointments == AppointmentStyle.Siu && trigger is "A05" or "A38" or "A14" or "A27"
        && group.First("PV1")[2].TextOf(1)?.ToUpperInvariant() is "O";
}
