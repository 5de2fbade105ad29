using System.Globalization;
using System.Text;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>
/// Graphnet CareCentric at Poole: HL7 2.4. Itself an aggregator, so it names the originating system; documents come by
/// MDM^T02 as HTML and PDF, merges by A40.
/// </summary>
/// <param name="source">The feed.</param>
/// <param name="trust">ODS code of the trust, which is also the namespace of its numbers.</param>
internal sealed class CareCentric(string source = "carecentric", string trust = Registrations.Poole) : HospitalDialect
{
    public override string Source => source;

    public override string Trust => trust;

    public override bool SendsAttendance => true;

    protected override Encoding Encoding => Encoding.UTF8;

    protected override string MergeTrigger => "A40";

    protected override string ControlId(long number) => string.Create(CultureInfo.InvariantCulture, $"CC{number:X10}");

    public override void Header(Hl7Message message, string type, string trigger, DateTime at, string controlId, Speaker from)
    {
        var msh = message.Add("MSH").WithEncodingCharacters();
        msh[3] = "CARECENTRIC";
        msh[4] = trust;
        msh[5] = "DCR";
        msh[6] = "DORSET";
        msh[7] = Encoded.Time(at);
        msh[9] = (type, trigger) switch
        {
            ("ADT", "A28" or "A31" or "A05") => Encoded.Components(type, trigger, "ADT_A05"),
            ("ADT", "A40") => Encoded.Components(type, trigger, "ADT_A39"),
            ("ADT", _) => Encoded.Components(type, trigger, "ADT_A01"),
            _ => Encoded.Components(type, trigger, $"{type}_{trigger}"),
        };
        msh[10] = controlId;
        msh[11] = "P";
        msh[12] = "2.4";
        msh[17] = "GBR";
        msh[18] = "UNICODE UTF-8";
    }

    protected override void Event(Hl7Message message, string trigger, DateTime at, Visit? visit)
    {
        var evn = message.Add("EVN");
        evn[1] = trigger;
        evn[2] = Encoded.Time(at);
        evn[6] = Encoded.Time(at);
    }

    public override void Patient(Hl7Message message, History history, Registration registration, DateTime at)
    {
        var person = history.Person;
        var pid = message.Add("PID");
        pid[1] = "1";
        pid[3] = Encoded.Repeats(
            HospitalNumber(registration.Number),
            registration.NhsNumber is null ? default : Encoded.Components(registration.NhsNumber, default, default, "NHS", "NH"));
        pid[5] = Encoded.Repeats(
            Encoded.Components(registration.Surname, registration.Forename, person.MiddleName, default, person.Title, default, "L"),
            person.BirthSurname is null || registration.Slip == Slip.FormerSurname ? default : Encoded.Components(person.BirthSurname, registration.Forename, default, default, default, default, "M"));
        pid[7] = Encoded.Date(registration.Born);
        pid[8] = person.Sex == Sex.Female ? "F" : "M";
        pid[11] = People.AddressOf(person.Home.Address);
        pid[13] = Encoded.Repeats(
            person.Home.Telephone is null ? default : Encoded.Components(person.Home.Telephone, "PRN", "PH"),
            person.Mobile is null ? default : Encoded.Components(person.Mobile, "PRN", "CP"),
            person.Email is null ? default : Encoded.Components(default, "NET", "Internet", person.Email));
        pid[15] = person.Language;
        pid[22] = Encoded.Components(person.Ethnicity);
        var died = person.Died is { } day && day <= DateOnly.FromDateTime(at) ? person.Died : null;
        pid[29] = Encoded.Date(died);
        pid[30] = died is null ? "N" : "Y";
        pid[32] = registration.NhsNumberStatus;
    }

    protected override Encoded HospitalNumber(string number) => Encoded.Components(number, default, default, trust, "MR");

    public override Encoded Doctor(Clinician clinician, bool isGp) => Encoded.Components(
        clinician.Code, clinician.Surname, clinician.Forename, default, default, clinician.Title, default, default, isGp ? "GMP" : "GMC");

    public override void Visit(Hl7Message message, Visit visit, History history)
    {
        var pv1 = message.Add("PV1");
        pv1[1] = "1";
        pv1[2] = visit.Kind switch { VisitKind.Outpatient => "O", VisitKind.Emergency => "E", VisitKind.DayCase => "D", _ => "I" };
        pv1[3] = Encoded.Components(visit.Ward.Code, default, default, trust, default, default, default, default, visit.Ward.Name);
        pv1[4] = visit.AdmissionMethod;
        pv1[7] = Doctor(visit.Consultant, isGp: false);
        pv1[8] = Doctor(history.Person.Doctor, isGp: true);
        pv1[10] = Encoded.Components(visit.Specialty.Code, visit.Specialty.Name);
        pv1[19] = Encoded.Components(visit.Number, default, default, trust, "VN");
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

    public override (string Type, Encoded Value) Value(LabValue value) => (value.Text[0] is '<' or '>' ? "ST" : "NM", value.Text);

    public override LetterFormat FormatOf(LetterKind kind) => kind switch
    {
        LetterKind.Discharge => LetterFormat.Html,
        LetterKind.Emergency => LetterFormat.FormattedText,
        _ => LetterFormat.Pdf,
    };
}
