using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Benchmarks;

/// <summary>Pathology messages of ten values, 1.4 kB each, for patients that the bench itself registers at Dorset County Hospital.</summary>
internal static class Pathology
{
    private static readonly (string Code, string Name, string Unit, string Range)[] Tests =
    [
        ("HB", "Haemoglobin", "g/L", "115-165"), ("WBC", "White cell count", "10*9/L", "4.0-11.0"),
        ("PLT", "Platelet count", "10*9/L", "150-400"), ("RBC", "Red cell count", "10*12/L", "3.8-5.8"),
        ("HCT", "Haematocrit", "L/L", "0.37-0.47"), ("MCV", "Mean cell volume", "fL", "80-100"),
        ("MCH", "Mean cell haemoglobin", "pg", "27-32"), ("NEUT", "Neutrophils", "10*9/L", "2.0-7.5"),
        ("LYMP", "Lymphocytes", "10*9/L", "1.0-4.0"), ("EOS", "Eosinophils", "10*9/L", "0.0-0.4"),
    ];

    /// <summary>A registration, so that the patient is known before results come.</summary>
    public static string Registration(int patient, string control) => string.Join('\r',
        $"MSH|^~\\&|MEDWAY|RBD01|DCR|DCR|20261101080000||ADT^A28|{control}|P|2.4",
        "EVN|A28|20261101080000",
        $"PID|1||BENCH{patient}^^^RBD01^HOSP~{NhsNumber(patient)}^^^NHS^NHS||BENCHMARK^PERSON{patient}^^^Mx||19500101|F|||1 Measured Street^Dorchester^Dorset^^DT1 1AA",
        "PV1|1|N") + "\r";

    public static string Results(int patient, int number, string control)
    {
        var at = new DateTime(2026, 11, 1, 9, 0, 0, DateTimeKind.Unspecified).AddSeconds(number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var text = new StringBuilder(1600)
            .Append(CultureInfo.InvariantCulture, $"MSH|^~\\&|WINPATH|RBD01|DCR|DCR|{at}||ORU^R01|{control}|P|2.4\r")
            .Append(CultureInfo.InvariantCulture, $"PID|1||BENCH{patient}^^^RBD01^HOSP~{NhsNumber(patient)}^^^NHS^NHS||BENCHMARK^PERSON{patient}||19500101|F\r")
            .Append(CultureInfo.InvariantCulture, $"ORC|RE||F{control}\r")
            .Append(CultureInfo.InvariantCulture, $"OBR|1||F{control}|FBC^Full blood count^WinPath|||{at}|||||||{at}|Blood^Blood|||||||{at}||HAE|F\r");
        for (var i = 0; i < Tests.Length; i++)
        {
            var (code, name, unit, range) = Tests[i];
            text.Append(CultureInfo.InvariantCulture, $"OBX|{i + 1}|NM|{code}^{name}^WinPath||{100 + (number + i) % 50}|{unit}|{range}|N|||F|||{at}\r");
        }

        return text.ToString();
    }

    /// <summary>A number of the 999 range with its check digit; the bench's people begin at 999 9 to stay clear of the county's.</summary>
    private static string NhsNumber(int patient)
    {
        for (var stem = 999_900_000 + patient * 7; ; stem++)
        {
            var digits = stem.ToString(CultureInfo.InvariantCulture);
            var sum = digits.Select((c, i) => (c - '0') * (10 - i)).Sum();
            var check = (11 - sum % 11) % 11;
            if (check < 10)
                return $"{digits}{check}";
        }
    }
}
