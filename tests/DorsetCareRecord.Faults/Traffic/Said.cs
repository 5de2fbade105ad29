using System.Globalization;
using System.Text;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Faults.Traffic;

/// <summary>Messages written by hand, as short as they can be, of invented patients of Dorset County Hospital.</summary>
internal static class Said
{
    private static readonly DateTime Morning = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Unspecified);

    /// <summary>So many minutes after eight o'clock of a November morning.</summary>
    public static string At(int minutes) => Morning.AddMinutes(minutes).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static string Header(string type, string control, string at, string from = "MEDWAY") =>
        $"MSH|^~\\&|{from}|RBD01|DCR|DCR|{at}||{type}|{control}|P|2.4";

    public static string Pid(string patient, string family = "LEDGER", string given = "PERSON") =>
        $"PID|1||{patient}^^^RBD01^HOSP||{family}^{given}||19500101|F";

    public static Planned Admission(string trigger, string control, string patient, int minutes, params string[] more) =>
        Message($"ADT^{trigger}", control, minutes, [Pid(patient), .. more]);

    /// <summary>A report of so many values, each OBX of its own key.</summary>
    public static Planned Results(string control, string patient, int minutes, string filler, int values, int level, string status = "F") =>
        Message("ORU^R01", control, minutes,
        [
            Pid(patient),
            $"OBR|1||{filler}|UE^Urea and electrolytes^LAB|||{At(minutes)}|||||||{At(minutes)}|||||||||BIO|{status}",
            .. Enumerable.Range(1, values).Select(n => $"OBX|{n}|NM|T{n}^Test {n}^LAB||{level + n}|mmol/L|1-100|N|||{status}|||{At(minutes)}"),
        ]);

    public static Planned Message(string type, string control, int minutes, params string[] segments)
    {
        string[] lines = [Header(type, control, At(minutes)), .. type.StartsWith("ADT", StringComparison.Ordinal) ? [$"EVN|{type[4..]}|{At(minutes)}"] : Array.Empty<string>(), .. segments];
        return Raw(control, string.Join('\r', lines) + "\r");
    }

    public static Planned Raw(string control, string text) => Raw(control, Encoding.UTF8.GetBytes(text));

    public static Planned Raw(string control, byte[] body) => new(SourceCodes.SystemC, control, body);
}
