using System.Globalization;
using System.Text;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>
/// EMIS Camis at Royal Bournemouth and Christchurch: HL7 2.3 of an older family. Windows-1252, NHS number in PID-2 and bare
/// in PID-19, dates of birth with hyphens, sex as 1 and 2, merges by A34, and laboratory results all sent as text.
/// No specification is public; this follows what its sister products send.
/// </summary>
internal sealed class Camis : HospitalDialect
{
    public override string Source => "camis";

    public override string Trust => Registrations.Bournemouth;

    public override bool SendsAttendance => true;

    protected override Encoding Encoding { get; } = Latin();

    protected override string MergeTrigger => "A34";

    protected override string ControlId(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:D12}");

    public override void Header(Hl7Message message, string type, string trigger, DateTime at, string controlId, Speaker from)
    {
        var msh = message.Add("MSH").WithEncodingCharacters();
        msh[3] = from switch { Speaker.PatientSystem => "CAMIS", Speaker.Laboratory => "APEX", Speaker.Radiology => "CRIS", _ => "EDOCS" };
        msh[4] = "RDZ";
        msh[5] = "DCR";
        msh[6] = "DORSET";
        msh[7] = Encoded.Time(at);
        msh[9] = Encoded.Components(type, trigger);
        msh[10] = controlId;
        msh[11] = "P";
        msh[12] = "2.3";
        msh[18] = "8859/1";
    }

    protected override void Event(Hl7Message message, string trigger, DateTime at, Visit? visit)
    {
        var evn = message.Add("EVN");
        evn[1] = trigger;
        evn[2] = Encoded.Time(at);
    }

    public override void Patient(Hl7Message message, History history, Registration registration, DateTime at)
    {
        var person = history.Person;
        var pid = message.Add("PID");
        pid[1] = "1";
        pid[2] = registration.NhsNumber is null ? default : Encoded.Components(registration.NhsNumber, default, default, "NHS");
        pid[3] = HospitalNumber(registration.Number);
        pid[5] = Encoded.Components(
            registration.Surname.ToUpperInvariant(), registration.Forename.ToUpperInvariant(), person.MiddleName?.ToUpperInvariant(), default, person.Title.ToUpperInvariant());
        pid[7] = registration.Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        pid[8] = person.Sex == Sex.Female ? "2" : "1";
        pid[9] = registration.Slip == Slip.None && person.BirthSurname is { } former && person.Index % 3 == 0 ? Encoded.Components(former.ToUpperInvariant()) : default;
        pid[10] = person.Ethnicity;
        pid[11] = People.AddressOf(person.Home.Address);
        pid[13] = person.Home.Telephone ?? person.Mobile;
        pid[19] = registration.NhsNumber;
        var died = person.Died is { } day && day <= DateOnly.FromDateTime(at) ? person.Died : null;
        pid[29] = Encoded.Date(died);
        pid[30] = died is null ? default(Encoded) : "Y";
        pid[32] = registration.NhsNumberStatus;
    }

    protected override Encoded HospitalNumber(string number) => Encoded.Components(number, default, default, "RDZ", "PAS");

    public override Encoded Doctor(Clinician clinician, bool isGp) =>
        Encoded.Components(clinician.Code, clinician.Surname.ToUpperInvariant(), clinician.Forename.ToUpperInvariant(), default, default, clinician.Title.ToUpperInvariant());

    public override void Visit(Hl7Message message, Visit visit, History history)
    {
        var pv1 = message.Add("PV1");
        pv1[1] = "1";
        pv1[2] = visit.Kind switch { VisitKind.Outpatient => "O", VisitKind.Emergency => "E", VisitKind.DayCase => "D", _ => "I" };
        pv1[3] = Encoded.Components(visit.Ward.Code, default, default, "RDZ", default, default, default, default, visit.Ward.Name);
        pv1[4] = visit.AdmissionMethod;
        pv1[7] = Doctor(visit.Consultant, isGp: false);
        pv1[8] = Doctor(history.Person.Doctor, isGp: true);
        pv1[10] = visit.Specialty.Code;
        pv1[19] = visit.Number;
        if (visit.End is not null)
        {
            pv1[36] = visit.DischargeMethod;
            pv1[37] = visit.DischargeDestination;
        }

        pv1[44] = Encoded.Time(visit.Start);
        pv1[45] = Encoded.Time(visit.End);
        var pv2 = message.Add("PV2");
        pv2[3] = Encoded.Components(default, visit.Reason);
        if (visit.Kind == VisitKind.Outpatient)
            pv2[8] = Encoded.Time(visit.Start);
    }

    // Older laboratory feeds send every result as text, numbers right-aligned.
    public override (string Type, Encoded Value) Value(LabValue value) => ("TX", value.Text.PadLeft(6));

    public override LetterFormat FormatOf(LetterKind kind) => kind == LetterKind.Clinic ? LetterFormat.Rtf : LetterFormat.Lines;

    private static Encoding Latin()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1252);
    }
}
