using System.Text;

namespace DorsetCareRecord.Feeds.Tests.Fuzz;

/// <summary>
/// Changes a message where its structure is: segments, fields, components, escapes, separators; and now and then just a byte. Blind mutation
/// would break MSH nearly every time and never come further.
/// </summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "", "\"\"", "^", "^^^^", "~~~", "&&", "\\", "\\T", "\\X", "\\XD800\\", "\\X00\\", "\\.br\\", "\\F\\\\S\\", "|", "-1", "1e999", ">5", "<=0.1", "1,5", "NaN",
        "99999999999999999999", "20261301", "00000000", "196513121515", "2026-11-23T10:00:00Z", "20260229", "1", "Y", "\u0000", "\uFFFF", "\u001F",
        "\u000B", "\u001C", "é€", "A\u0301", "\uD83D\uDE00", new string('x', 400), "9990000018", "NSTS01", "ED", "SN", "CX", "^AP^PDF^Base64^JVBERi0=", "^TX^^Base64^!",
    ];

    private static readonly string[] Segments =
        ["MSH|^~\\&|A|B|C|D|20261101||ADT^A01|X|P|2.4", "PID", "PID|1||Z^^^RBD01^HOSP", "MRG|A^^^RBD01~B^^^RBD01", "OBR|1", "OBX|1|ED|X||^^^Base64^AAAA", "NTE|1||note", "AL1|1|||||", "PV1|1|I", "ZZZ", "NK1|\"\"", "TXA|1", "RXE", "\n\n", "torn line", "BTS|1"];

    /// <summary>So many changes, each of the dice's choosing.</summary>
    public static byte[] Of(byte[] body, byte[] other, Random dice)
    {
        for (var n = dice.Next(1, 6); n > 0; n--)
            body = One(body, other, dice);
        return body;
    }

    private static byte[] One(byte[] body, byte[] other, Random dice)
    {
        if (body.Length == 0)
            return other;
        switch (dice.Next(12))
        {
            case 0:
                body = [.. body];
                body[dice.Next(body.Length)] = (byte)dice.Next(256);
                return body;
            case 1:
                return body[..dice.Next(body.Length)];
            case 2:
                var from = dice.Next(body.Length);
                return [.. body[..from], .. body[Math.Min(body.Length, from + dice.Next(40))..]];
            case 3:
                return [.. body[..dice.Next(body.Length)], .. other[dice.Next(other.Length)..]];
        }

        var lines = Encoding.Latin1.GetString(body).Split('\r').ToList();
        var at = dice.Next(lines.Count);
        switch (dice.Next(8))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], dice.Next(1, 30)));
                break;
            case 2:
                var there = dice.Next(lines.Count);
                (lines[at], lines[there]) = (lines[there], lines[at]);
                break;
            case 3:
                lines.Insert(at, Segments[dice.Next(Segments.Length)]);
                break;
            default:
                lines[at] = Field(lines[at], dice);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\r', lines));
    }

    private static string Field(string line, Random dice)
    {
        var separator = "|^~&"[dice.Next(4)];
        var parts = line.Split(separator).ToList();
        var at = dice.Next(parts.Count);
        switch (dice.Next(4))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.InsertRange(at, Enumerable.Repeat(parts[at], dice.Next(1, 20)));
                break;
            default:
                parts[at] = dice.Next(3) == 0 ? parts[at] + Bytes(Values[dice.Next(Values.Length)]) : Bytes(Values[dice.Next(Values.Length)]);
                break;
        }

        return string.Join(separator, parts);
    }

    /// <summary>UTF-8, seen as Latin-1 like the rest.</summary>
    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
