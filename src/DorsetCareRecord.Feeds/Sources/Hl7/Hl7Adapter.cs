using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// From an HL7 v2 message of any of our senders to facts. What is known and does not concern the record is settled as such; what
/// nobody knows, or what says nothing of what it is for, is parked for a human.
/// </summary>
internal static class Hl7Adapter
{
    public static Reading Read(InboxMessage received, Profile profile)
    {
        if (received.Format == Formats.Hl7v2Refused)
            return new NotUnderstood(RefusedBody.FaultOf(received.Body.Span));
        if (received.Format != Formats.Hl7v2)
            return new NotUnderstood(new Fault(Reasons.UnknownType, "format"));
        if (!Message.TryRead(received.Body.Span, profile.Charset, out var message, out var fault))
            return new NotUnderstood(fault);

        var hearing = new Hearing(message, profile, received.ReceivedAt);
        var type = MessageType.Of(message);
        RemarkCharset(hearing);
        if (hearing.Profile.Ignores(type.Name, type.Trigger))
            return new OfNoConcern("not to be heard, says the source's profile");
        return type.Name switch
        {
            "ADT" => AdmissionMessages.Read(type.Trigger, hearing),
            "ORU" when type.Trigger is not "W01" => Patients(hearing, "OBR", static (g, h, f) => ResultSegments.Hear(g, h, f)),
            "OUL" => Patients(hearing, "OBR", static (g, h, f) => ResultSegments.Hear(g, h, f)),
            "MDM" => Patients(hearing, "TXA", (g, h, f) => LetterSegments.Hear(g, type.Trigger, h, f)),
            "SIU" when profile.Appointments == AppointmentStyle.Adt => Patients(hearing, purpose: null, static (_, _, _) => { }),
            "SIU" => Patients(hearing, "SCH", (g, h, f) => AppointmentSegments.Hear(g, type.Trigger, h, f)),
            "RDE" or "OMP" or "RDS" => Patients(hearing, "RXE", static (g, h, f) => MedicineSegments.Hear(g, h, f)),
            "ORM" when message.First("RXO").IsThere || message.First("RXE").IsThere =>
                Patients(hearing, "RXO", static (g, h, f) => MedicineSegments.Hear(g, h, f)),
            "ORM" or "OMG" or "OML" or "OMI" or "ORL" or "ORR" or "ORG" or "ORI" when message.First("OBR").IsThere && message.First("PID").IsThere =>
                Patients(hearing, "OBR", static (g, h, f) => OrderSegments.Hear(g, h, f)),
            "PPR" => Patients(hearing, "PRB", (g, h, f) => ProblemSegments.HearProblems(g, type.Trigger == "PC3", h, f)),
            "VXU" => Patients(hearing, purpose: null, static (g, h, f) => ImmunisationSegments.Hear(g, h, f)),
            { } name when OfNoConcernTypes.Why(name) is { } why => new OfNoConcern(why),
            _ => new NotUnderstood(new Fault(Reasons.UnknownType, "MSH-9", type.Name is null ? "empty" : Shapes.Of(type.Name))),
        };
    }

    /// <summary>
    /// The facts of each patient in the message: who they are, then what <paramref name="hear"/> makes of their segments.
    /// </summary>
    /// <param name="hearing">The message.</param>
    /// <param name="purpose">The segment without which the message says nothing; null when who the patient is suffices.</param>
    /// <param name="hear">Reads the segments of one patient.</param>
    private static Reading Patients(Hearing hearing, string? purpose, Action<PatientGroup, Hearing, List<Fact>> hear)
    {
        var patients = new List<PatientFacts>();
        var said = 0;
        foreach (var group in PatientGroup.Of(hearing.Message))
        {
            if (PatientIds.Of(group.Pid, hearing.Profile) is not { } id)
            {
                hearing.Remark(Reasons.NoPatient, "PID-3");
                continue;
            }

            var facts = new List<Fact>();
            DemographicsSegments.Hear(group, hearing, isAdministration: false, facts);
            var before = facts.Count;
            hear(group, hearing, facts);
            said += facts.Count - before;
            patients.Add(new PatientFacts(new LocalPatient(hearing.Profile.Source, id), facts));
        }

        if (patients.Count == 0)
            return NoPatient(hearing);
        return said == 0 && purpose is not null
            ? new NotUnderstood(hearing.Remarks.FirstOrDefault(r => r.Reason == Reasons.Incomplete) ?? new Fault(Reasons.Incomplete, purpose, "nothing in it"))
            : new Understood(patients, hearing.Remarks);
    }

    public static NotUnderstood NoPatient(Hearing hearing) =>
        new(new Fault(Reasons.NoPatient, hearing.Message.First("PID").IsThere ? "PID-3" : "PID", "no number to know the patient by"));

    /// <summary>How the bytes were read, when that was not plain to see (R16).</summary>
    private static void RemarkCharset(Hearing hearing)
    {
        var charset = hearing.Message.Charset;
        var isContradicted = charset.Ground == CharsetGround.WellFormed && hearing.Message.Header[18].HasValue;
        if (charset.Ground == CharsetGround.FellBack || isContradicted)
            hearing.Remark(Reasons.CharacterSet, "MSH-18", $"read as {charset.Encoding.WebName}");
        if (hearing.Message.HadNul)
            hearing.Remark(Reasons.CharacterSet, null, "NUL bytes left out");
    }
}
