using System.Globalization;
using System.Text;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>
/// System C Medway (CareFlow) at Dorset County Hospital: HL7 2.4 after the UK A.2 profile. The status of the NHS number
/// stands in the check digit's component, outpatient bookings are A05 and A38, attendance is never sent, and ZU1 and ZU3
/// follow. Laboratory, radiology and letters come through the trust's integration engine.
/// </summary>
internal sealed class SystemC : HospitalDialect
{
    public override string Source => "systemc";

    public override string Trust => Registrations.DorsetCounty;

    public override bool SendsAttendance => false;

    protected override Encoding Encoding => Encoding.UTF8;

    protected override string MergeTrigger => "A40";

    protected override string ControlId(long number) => string.Create(CultureInfo.InvariantCulture, $"RBD_{number}");

    public override void Header(Hl7Message message, string type, string trigger, DateTime at, string controlId, Speaker from)
    {
        var msh = message.Add("MSH").WithEncodingCharacters();
        msh[3] = from switch { Speaker.PatientSystem => "MEDWAY", Speaker.Laboratory => "DCHLIMS", Speaker.Radiology => "DCHRIS", _ => "DCHDOCS" };
        msh[4] = "RBD01";
        msh[5] = "DCR";
        msh[6] = "DORSET";
        msh[7] = Encoded.Time(at);
        msh[9] = Encoded.Components(type, trigger);
        msh[10] = controlId;
        msh[11] = "P";
        msh[12] = from is Speaker.Laboratory ? "2.3" : "2.4";
        msh[15] = "AL";
        msh[16] = "NE";
        msh.PaddedTo(19);
    }

    protected override void Event(Hl7Message message, string trigger, DateTime at, Visit? visit)
    {
        var evn = message.Add("EVN");
        evn[1] = trigger;
        evn[2] = Encoded.Time(at);
        evn[4] = trigger switch { "A05" => "200", "A38" => "202", _ => default(Encoded) };

        // On a booking the time of the appointment, on a cancellation that of cancelling.
        evn[6] = trigger switch { "A05" => Encoded.Time(visit?.Start), "A38" => Encoded.Time(at), _ => default };
    }

    public override void Patient(Hl7Message message, History history, Registration registration, DateTime at)
    {
        var person = history.Person;
        var status = $"NSTS{registration.NhsNumberStatus}";
        var pid = message.Add("PID");
        pid[2] = Encoded.Components(default, status, default, "NHS", "NHS");
        pid[3] = Encoded.Repeats(
            HospitalNumber(registration.Number),
            registration.NhsNumber is null ? default : Encoded.Components(registration.NhsNumber, default, default, "NHS", "NHS"));
        pid[5] = Encoded.Components(registration.Surname, registration.Forename, person.MiddleName, default, person.Title);
        pid[7] = Encoded.Date(registration.Born);
        pid[8] = person.Sex == Sex.Female ? "F" : "M";
        pid[11] = People.AddressOf(person.Home.Address);
        pid[13] = Encoded.Repeats(
            person.Home.Telephone is null ? default : Encoded.Components(person.Home.Telephone, default, "HOME"),
            person.Mobile is null ? default : Encoded.Components(person.Mobile, default, "MOB"));
        pid[22] = person.Ethnicity;
        var died = person.Died is { } day && day <= DateOnly.FromDateTime(at) ? person.Died : null;
        pid[29] = Encoded.Date(died);
        pid[30] = died is null ? "N" : "Y";
        pid[32] = status;
    }

    protected override Encoded HospitalNumber(string number) => Encoded.Components(number, default, default, "RBD01", "HOSP");

    public override Encoded Doctor(Clinician clinician, bool isGp) => Encoded.Components(
        clinician.Code, clinician.Surname, clinician.Forename, Encoded.Delete, default, clinician.Title, default, default, default, default, default, default,
        isGp ? "GP" : "CONS");

    public override void Visit(Hl7Message message, Visit visit, History history)
    {
        var pv1 = message.Add("PV1");
        pv1[2] = visit.Kind switch { VisitKind.Outpatient => "O", VisitKind.Emergency => "E", VisitKind.DayCase => "D", _ => "I" };
        pv1[3] = Encoded.Components(visit.Ward.Code, visit.Ward.Name, default, "RBD01");
        pv1[4] = visit.AdmissionMethod;
        pv1[8] = Doctor(history.Person.Doctor, isGp: true);
        pv1[9] = Doctor(visit.Consultant, isGp: false);
        pv1[10] = visit.Specialty.Code;
        pv1[14] = visit.AdmissionMethod is null ? default(Encoded) : "19";
        pv1[19] = visit.Number;
        if (visit.End is not null)
        {
            pv1[36] = visit.DischargeMethod;
            pv1[37] = visit.DischargeDestination;
        }

        if (visit.Kind != VisitKind.Outpatient)
        {
            pv1[44] = Encoded.Time(visit.Start);
            pv1[45] = Encoded.Time(visit.End);
        }

        pv1.PaddedTo(52);
        var pv2 = message.Add("PV2");
        pv2[3] = Encoded.Components(default, visit.Reason);
        if (visit.Kind == VisitKind.Outpatient)
            pv2[8] = Encoded.Time(visit.Start);
        pv2[25] = visit.Kind == VisitKind.Emergency ? "02" : "01";
        pv2.PaddedTo(47);
    }

    protected override void AfterVisit(Hl7Message message, VisitAct act)
    {
        if (act.Trigger is not ("A05" or "A38"))
            return;
        var zu1 = message.Add("ZU1");
        zu1[7] = "16";
        zu1[13] = "03A";
        zu1[14] = "1";
        zu1.PaddedTo(28);
        var zu3 = message.Add("ZU3");
        zu3[3] = act.Trigger == "A38" ? "4" : "NS";
        zu3[4] = "NOOUT";
        zu3[12] = act.Trigger == "A38" ? "02" : "01";
        zu3[13] = act.Trigger == "A38"
            ? Encoded.Components(default, default, default, "HOSPCANC", "By hospital - appointment changed")
            : Encoded.Components(default, default, default, "NS", "Reason Not Set");
        zu3.PaddedTo(14);
    }

    public override (string Type, Encoded Value) Value(LabValue value) => value.Text[0] is '<' or '>'
        ? ("SN", Encoded.Components(value.Text[..1], value.Text[1..]))
        : ("NM", value.Text);

    public override LetterFormat FormatOf(LetterKind kind) => kind switch
    {
        LetterKind.Discharge => LetterFormat.FormattedText,
        LetterKind.Emergency => LetterFormat.Lines,
        _ => LetterFormat.Rtf,
    };
}
