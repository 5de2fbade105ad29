using System.Globalization;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>ORU^R01 of laboratories and X-ray departments (HL7 v2.3 chapter 7): one report a message.</summary>
internal static class ResultMessages
{
    public static Hl7Message Laboratory(HospitalDialect dialect, LabReport report, History history, Registration registration, string id)
    {
        var message = new Hl7Message();
        dialect.Header(message, "ORU", "R01", report.Reported, id, Speaker.Laboratory);
        dialect.Patient(message, history, registration, report.Reported);
        Where(message, report.Location, report.Requester);
        var filler = FillerNumber(report.Key, report.Collected);
        Order(message, dialect, filler, report.Requester, report.Reported);
        var obr = Request(message, dialect, filler, Encoded.Components(report.Panel.Code, report.Panel.Title, LabOf(dialect)), report.Collected, report.Reported);
        obr[15] = Encoded.Components(report.Panel.Specimen[..1].ToUpperInvariant(), report.Panel.Specimen);
        obr[16] = dialect.Doctor(report.Requester, isGp: report.Requester.Code[0] == 'G');
        obr[22] = Encoded.Time(report.Reported);
        obr[24] = report.Panel.Section;
        obr[25] = report.Status.ToString();
        Note(message, report.Comment);

        var n = 0;
        foreach (var value in report.Values)
        {
            var (type, text) = dialect.Value(value);
            var obx = message.Add("OBX");
            obx[1] = People.Number(++n);
            obx[2] = type;
            obx[3] = Encoded.Components(value.Analyte.Key, value.Analyte.Name, LabOf(dialect));
            obx[5] = text;
            obx[6] = value.Analyte.Unit;
            obx[7] = value.Range;
            obx[8] = value.Flag;
            obx[11] = report.Status.ToString();
            obx[14] = Encoded.Time(report.Reported);
        }

        return message;
    }

    public static Hl7Message Written(HospitalDialect dialect, WrittenReport report, History history, Registration registration, string id)
    {
        var message = new Hl7Message();
        dialect.Header(message, "ORU", "R01", report.Reported, id, report.IsRadiology ? Speaker.Radiology : Speaker.Laboratory);
        dialect.Patient(message, history, registration, report.Reported);
        Where(message, report.Location, report.Requester);
        var filler = FillerNumber(report.Key, report.Taken);
        Order(message, dialect, filler, report.Requester, report.Reported);
        var obr = Request(message, dialect, filler, Encoded.Components(report.Code, report.Title, report.IsRadiology ? "RIS" : LabOf(dialect)), report.Taken, report.Reported);
        obr[15] = report.Specimen is null ? default : Encoded.Components(default, report.Specimen);
        obr[16] = dialect.Doctor(report.Requester, isGp: report.Requester.Code[0] == 'G');
        obr[22] = Encoded.Time(report.Reported);
        obr[24] = report.IsRadiology ? "RAD" : "MB";
        obr[25] = report.Status.ToString();
        obr[32] = Encoded.Subcomponents(report.ReportedBy.Code, report.ReportedBy.Surname, report.ReportedBy.Forename, default, default, report.ReportedBy.Title);

        // Radiology prints the report line by line; the microbiologists send one formatted text.
        if (report.IsRadiology)
        {
            for (var n = 1; n <= report.Lines.Count; n++)
                Words(message, n, "TX", report, report.Lines[n - 1]);
        }
        else
        {
            Words(message, 1, "FT", report, string.Join('\n', report.Lines));
        }

        return message;
    }

    /// <summary>The laboratory's number of a report: year, department, serial.</summary>
    public static string FillerNumber(string key, DateTime taken) =>
        string.Create(CultureInfo.InvariantCulture, $"{taken:yy}{key[0]}{long.Parse(key[1..], CultureInfo.InvariantCulture):D9}");

    private static void Words(Hl7Message message, int n, string type, WrittenReport report, string text)
    {
        var obx = message.Add("OBX");
        obx[1] = People.Number(n);
        obx[2] = type;
        obx[3] = Encoded.Components(report.Code, report.Title, report.IsRadiology ? "RIS" : "LIMS");
        obx[5] = text;
        obx[11] = report.Status.ToString();
        obx[14] = Encoded.Time(report.Reported);
    }

    private static string LabOf(HospitalDialect dialect) => dialect switch { SystemC => "DCHLIMS", Camis => "APEX", _ => "WinPath" };

    private static void Where(Hl7Message message, string? location, Clinician requester)
    {
        if (location is null || requester.Code[0] == 'G')
            return;
        var pv1 = message.Add("PV1");
        pv1[2] = location.Contains("Clinic", StringComparison.Ordinal) ? "O" : location.StartsWith("Emergency", StringComparison.Ordinal) ? "E" : "I";
        pv1[3] = location;
    }

    private static void Order(Hl7Message message, HospitalDialect dialect, string filler, Clinician requester, DateTime at)
    {
        var orc = message.Add("ORC");
        orc[1] = "RE";
        orc[3] = Encoded.Components(filler, "LA");
        orc[5] = "CM";
        orc[9] = Encoded.Time(at);
        orc[12] = dialect.Doctor(requester, isGp: requester.Code[0] == 'G');
    }

    private static Segment Request(Hl7Message message, HospitalDialect dialect, string filler, Encoded what, DateTime taken, DateTime received)
    {
        var obr = message.Add("OBR");
        obr[1] = "1";
        obr[3] = Encoded.Components(filler, "LA");
        obr[4] = what;
        obr[6] = dialect is CareCentric ? default : Encoded.Time(taken);
        obr[7] = Encoded.Time(taken);
        obr[14] = Encoded.Time(received > taken.AddMinutes(20) ? taken.AddMinutes(15) : taken);
        return obr;
    }

    private static void Note(Hl7Message message, string? comment)
    {
        if (comment is null)
            return;
        var nte = message.Add("NTE");
        nte[1] = "1";
        nte[2] = "L";
        nte[3] = comment;
    }
}
