using System.Text;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>
/// How one hospital's systems say things in HL7 v2. What all share is here and in the files beside; what one does its own
/// way is in its class.
/// </summary>
internal abstract class HospitalDialect
{
    static HospitalDialect() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public abstract string Source { get; }

    public abstract string Trust { get; }

    /// <summary>Whether the end of an outpatient attendance is sent.</summary>
    public abstract bool SendsAttendance { get; }

    protected abstract Encoding Encoding { get; }

    protected abstract string MergeTrigger { get; }

    public WireMessage Say(Act act, History history, Registration registration, ControlIds ids)
    {
        var id = ControlId(ids.Next());
        var message = act switch
        {
            Registered registered => Demographics(registered, history, registration, id),
            VisitAct visit => VisitEvent(visit, history, registration, id),
            LabAct lab => ResultMessages.Laboratory(this, lab.Report, history, registration, id),
            WordsAct words => ResultMessages.Written(this, words.Report, history, registration, id),
            LetterAct letter => DocumentMessages.Letter(this, letter.Letter, history, registration, id),
            MergeAct merge => Merge(merge, history, registration, id),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
        return new WireMessage(Source, act.At, id, message.ToBytes(Encoding));
    }

    protected abstract string ControlId(long number);

    /// <summary>MSH; <paramref name="from"/> is the system behind the integration engine that speaks.</summary>
    public abstract void Header(Hl7Message message, string type, string trigger, DateTime at, string controlId, Speaker from);

    public abstract void Patient(Hl7Message message, History history, Registration registration, DateTime at);

    public abstract void Visit(Hl7Message message, Visit visit, History history);

    /// <summary>How a doctor is written (XCN).</summary>
    public abstract Encoded Doctor(Clinician clinician, bool isGp);

    /// <summary>The lab's value: type and text of OBX-2 and OBX-5.</summary>
    public abstract (string Type, Encoded Value) Value(County.Laboratory.LabValue value);

    /// <summary>The format in which this system's letters of a kind travel.</summary>
    public abstract LetterFormat FormatOf(LetterKind kind);

    protected abstract void Event(Hl7Message message, string trigger, DateTime at, Visit? visit);

    protected virtual void AfterVisit(Hl7Message message, VisitAct act)
    {
    }

    private Hl7Message Demographics(Registered act, History history, Registration registration, string id)
    {
        var trigger = act.IsNew ? "A28" : "A31";
        var message = new Hl7Message();
        Header(message, "ADT", trigger, act.At, id, Speaker.PatientSystem);
        Event(message, trigger, act.At, visit: null);
        Patient(message, history, registration, act.At);
        Practice(message, history.Person);
        People.NextOfKin(this, message, history.Person);
        message.Add("PV1")[2] = "N";
        People.Allergies(message, history, DateOnly.FromDateTime(act.At));
        return message;
    }

    private Hl7Message VisitEvent(VisitAct act, History history, Registration registration, string id)
    {
        var message = new Hl7Message();
        Header(message, "ADT", act.Trigger, act.At, id, Speaker.PatientSystem);
        Event(message, act.Trigger, act.At, act.Visit);
        Patient(message, history, registration, act.At);
        Practice(message, history.Person);
        Visit(message, act.Visit, history);
        if (act.Trigger is "A01" or "A04")
            People.Allergies(message, history, DateOnly.FromDateTime(act.At));
        if (act.Trigger == "A03")
            People.Diagnoses(message, act.Visit, act.At);
        AfterVisit(message, act);
        return message;
    }

    private Hl7Message Merge(MergeAct act, History history, Registration registration, string id)
    {
        var message = new Hl7Message();
        Header(message, "ADT", MergeTrigger, act.At, id, Speaker.PatientSystem);
        Event(message, MergeTrigger, act.At, visit: null);
        Patient(message, history, registration, act.At);
        message.Add("MRG")[1] = HospitalNumber(act.Prior);
        return message;
    }

    /// <summary>A hospital number with its authority (CX).</summary>
    protected abstract Encoded HospitalNumber(string number);

    protected virtual void Practice(Hl7Message message, Person person)
    {
        var practice = message.Add("PD1");
        practice[3] = Encoded.Components(person.Practice.Name, default, person.Practice.Ods);
        practice[4] = Doctor(person.Doctor, isGp: true);
    }
}

/// <summary>Which of a trust's systems speaks through its integration engine.</summary>
internal enum Speaker
{
    PatientSystem,
    Laboratory,
    Radiology,
    Documents,
}

internal enum LetterFormat
{
    /// <summary>One OBX of type FT, lines parted by the break escape.</summary>
    FormattedText,

    /// <summary>An OBX of type TX for each line.</summary>
    Lines,

    Html,
    Rtf,
    Pdf,
}
