using System.Text;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// The stored form of what the door refused: one line of ours (reason, place, shape, digest, separated by tabs, ended by LF),
/// then the bytes as they came, or their beginning when they were too many. Read back by the adapters, which park it with the
/// same fault: what is refused is kept, and its operator sees why.
/// </summary>
internal static class RefusedBody
{
    public static byte[] Pack(Fault fault, Frame frame)
    {
        var digest = frame.Sha256 is null ? "" : Convert.ToHexStringLower(frame.Sha256);
        var line = Encoding.UTF8.GetBytes($"{fault.Reason}\t{fault.Place}\t{fault.Shape}\t{digest}\n");
        return [.. line, .. frame.Content.Span];
    }

    public static Fault FaultOf(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)'\n');
        var parts = Encoding.UTF8.GetString(body[..Math.Max(0, end)]).Split('\t');
        return parts.Length == 4
            ? new Fault(parts[0], NullIfEmpty(parts[1]), NullIfEmpty(parts[2]))
            : new Fault(Reasons.Unreadable, null, $"{body.Length} bytes");
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
