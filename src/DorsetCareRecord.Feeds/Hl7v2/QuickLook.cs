using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// What the door must know of a message before it stores it: who numbered it, and whose lane it belongs to. Looks at the
/// beginning only, and never throws.
/// </summary>
/// <param name="ControlId">MSH-10; null when empty.</param>
/// <param name="ControlScope">MSH-3 and MSH-4, within which the control id is unique.</param>
/// <param name="Patient">The source's local id; of a merge the survivor's (PID). Null when it cannot be told.</param>
/// <param name="ProcessingId">MSH-11.1: P, T or D.</param>
/// <param name="Fault">MSH cannot be read; everything else is null then.</param>
internal sealed record QuickLook(
    string? ControlId, string? ControlScope, string? Patient, string? ProcessingId, Fault? Fault)
{
    /// <summary>PID stands near the front in every message; a look need not read a letter of many megabytes.</summary>
    private const int Head = 64 * 1024;

    public static QuickLook At(ReadOnlySpan<byte> body, Profile profile)
    {
        if (!Message.TryRead(HeadOf(body), profile.Charset, out var message, out var fault))
            return new QuickLook(null, null, null, null, fault);
        var header = message.Header;
        var pid = message.First("PID");
        return new QuickLook(
            header[10].Text,
            $"{header[3].Text}|{header[4].Text}",
            pid.IsThere ? PatientIds.Of(pid, profile) : null,
            header[11].TextOf(1),
            Fault: null);
    }

    /// <summary>Whole lines, so that no character is cut in two.</summary>
    private static ReadOnlySpan<byte> HeadOf(ReadOnlySpan<byte> body)
    {
        if (body.Length <= Head)
            return body;
        var end = body[..Head].LastIndexOfAny((byte)'\r', (byte)'\n');
        return end <= 0 ? body[..Head] : body[..end];
    }
}
