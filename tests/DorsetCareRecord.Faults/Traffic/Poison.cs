using System.Text;

namespace DorsetCareRecord.Faults.Traffic;

/// <summary>
/// Messages no adapter can be glad of, each broken in its own way. What the door can divide it answers AA or AR; each must end in exactly one
/// state and hold nobody up, neither other patients nor its own.
/// </summary>
internal static class Poison
{
    private static readonly Func<string, string, string, byte[]>[] Kinds =
    [
        (c, p, at) => Text(Said.Header("ADT^A01", c, at), $"EVN|A01|{at}"),
        (c, p, at) => Text(Said.Header("ADT^A01", c, at), $"EVN|A01|{at}", "PID|1||||NOBODY^KNOWN"),
        (c, p, at) => Text(Said.Header("ZZZ^Z99", c, at), Said.Pid(p)),
        (c, p, at) => Text(Said.Header("", c, at), Said.Pid(p)),
        (c, p, at) => Text(Said.Header("ORU^R01", c, at), Said.Pid(p)),
        (c, p, at) => Text(Said.Header("ORU^R01", c, at), Said.Pid(p), "OBX|1|NM|K||4.1"),
        (c, p, at) => Text(Said.Header("MDM^T02", c, at), Said.Pid(p)),
        (c, p, at) => Text(Said.Header("MDM^T02", c, at), Said.Pid(p), "TXA|1|DS|AP||||||||||U" + c, "OBX|1|ED|||^AP^PDF^Base64^not base64 at all!"),
        (c, p, at) => Text(Said.Header("ADT^A40", c, at), $"EVN|A40|{at}", Said.Pid(p)),
        (c, p, at) => Text(Said.Header("ADT^A40", c, at), $"EVN|A40|{at}", Said.Pid(p), $"MRG|{p}^^^RBD01^HOSP"),
        (c, p, at) => Text(Said.Header("ADT^A44", c, at), $"EVN|A44|{at}", Said.Pid(p), "MRG|"),
        (c, p, at) => Text(Said.Header("ADT^A01", c, at)),
        (c, p, at) => Text($"MSH|^~\\&|MEDWAY|RBD01|DCR|DCR|{at}||ADT^A01|{c}|T|2.4", Said.Pid(p)),
        (c, p, at) => Text($"MSH|||||||{at}||ADT^A01|{c}|P|2.4", Said.Pid(p)),
        (c, p, at) => Text($"MSHX^~\\&|M|R|D|D|{at}||ADT^A01|{c}|P|2.4"),
        (c, p, at) => Text("EVN|A01|" + at, Said.Pid(p), "PV1|1|I"),
        (c, p, at) => Encoding.Unicode.GetBytes(Said.Header("ADT^A01", c, at) + "\r" + Said.Pid(p)),
        (c, p, at) => [.. Text(Said.Header("ADT^A01", c, at)), .. "PID|1||"u8, 0x00, 0xC3, 0x28, 0xFF, 0xFE, .. "^^^||\r"u8],
        (c, p, at) => Text(Said.Header("ORU^R01", c, at), $"PID|1||{p}^^^RBD01^HOSP||BROKEN^\\XD800\\\\X0\\\\Q\\", "OBR|1", "OBX"),
        (c, p, at) => Text(Said.Header("ADT^A31", c, "20261301259999"), "EVN|A31|00000000", "PID|1||^^^RBD01^HOSP~\"\"||\"\"||99999999|Q"),
        (c, p, at) => Text(Said.Header("ADT^A01", c, at), "PID|MSH|^~\\&|MSH|||\"\"^\"\"", "EVN"),
        (c, p, at) => Text("BHS|^~\\&|MEDWAY", Said.Header("ADT^A01", c, at), Said.Pid(p), "BTS|7"),
        (c, p, at) => Text(Said.Header("SIU^S12", c, at), Said.Pid(p)),
        (c, p, at) => Text(Said.Header("RDE^O11", c, at), Said.Pid(p), "RXE"),
        (c, p, at) => Text(Said.Header("ORU^R01", c, at), $"PID|1||{new string('9', 3000)}^^^RBD01^HOSP", string.Concat(Enumerable.Repeat("OBX|1\r", 500))),
        (c, p, at) => Text(Said.Header("PPR^PC1", c, at), Said.Pid(p), "PRB"),
    ];

    public static int KindsThereAre => Kinds.Length;

    /// <summary>So many, of every kind in turn, of patients that neighbours are of.</summary>
    public static IReadOnlyList<Planned> Of(int messages, IReadOnlyList<string> patients) =>
    [
        .. Enumerable.Range(0, messages).Select(n =>
        {
            var control = $"POISON{n}";
            return Said.Raw(control, Kinds[n % Kinds.Length](control, patients[n % patients.Count], Said.At(n)));
        }),
    ];

    private static byte[] Text(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\r', lines) + "\r");
}
