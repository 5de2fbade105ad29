using System.Buffers;
using System.Globalization;
using System.Text;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>How a sender wants to be answered (HL7 v2.8 chapter 2.9).</summary>
public enum AckStyle
{
    /// <summary>AA, AE, AR whatever MSH-15 and MSH-16 say: many senders put AL and NE there and still wait for AA.</summary>
    Original = 1,

    /// <summary>CA, CE, CR as MSH-15 asks; without a wish in MSH-15, the application code if MSH-16 asks for it.</summary>
    Enhanced = 2,

    /// <summary>Enhanced when MSH-15 or MSH-16 is filled, else original.</summary>
    Auto = 3,
}

/// <summary>What the answer says (HL7 table 0008, without its letter for the mode).</summary>
internal enum Verdict
{
    /// <summary>AA, CA: stored; ours to carry from here.</summary>
    Accepted = 1,

    /// <summary>AR, CR (or AE, CE, as the source's profile has it): not taken in as sent, and a resend of the same cannot help.</summary>
    Rejected = 2,
}

/// <summary>Why a message was refused, for MSA-3 and ERR: our words, never the message's.</summary>
/// <param name="Words">For the sender's operator.</param>
/// <param name="Location">ERR-2: segment, sequence, field.</param>
/// <param name="Code">ERR-3 of HL7 table 0357.</param>
internal sealed record Refusal(string Words, string Location, string Code);

/// <summary>
/// Answers a message. Works on the sender's own bytes: MSH-3 to MSH-6 change sides, MSA-2 is MSH-10 byte for byte, separators,
/// processing id, version and character set are kept. Without a readable MSH the answer has an empty MSA-2.
/// </summary>
internal static class Acknowledgement
{
    /// <summary>The answer's bytes, without framing; null when the sender asked for none.</summary>
    /// <param name="body">The message as received; its beginning suffices.</param>
    /// <param name="verdict">What became of it.</param>
    /// <param name="refusal">Why it was rejected; null when accepted.</param>
    /// <param name="style">The feed's setting.</param>
    /// <param name="id">Our own MSH-10, unique.</param>
    /// <param name="at">Now, for MSH-7.</param>
    /// <param name="code">The feed's letter for what is not accepted.</param>
    public static byte[]? Of(
        ReadOnlySpan<byte> body, Verdict verdict, Refusal? refusal, AckStyle style, string id, DateTimeOffset at, RefusalCode code = RefusalCode.Reject)
    {
        var header = HeaderBytes.Of(body);
        if (CodeOf(header, verdict, style, code) is not { } msa)
            return null;

        var answer = new ArrayBufferWriter<byte>(256);
        Put(answer, "MSH"u8);
        Field(answer, header, header.IsThere ? header[2] : "^~\\&"u8);
        Field(answer, header, header[5]);
        Field(answer, header, header[6]);
        Field(answer, header, header[3]);
        Field(answer, header, header[4]);
        Field(answer, header, Encoding.ASCII.GetBytes(LondonTime(at)));
        Field(answer, header, default);
        Field(answer, header, TypeOf(header));
        Field(answer, header, Encoding.ASCII.GetBytes(id));
        Field(answer, header, header[11].IsEmpty ? "P"u8 : header[11]);
        Field(answer, header, header[12].IsEmpty ? "2.4"u8 : header[12]);
        if (!header[18].IsEmpty)
        {
            for (var i = 13; i <= 17; i++)
                Field(answer, header, default);
            Field(answer, header, header[18]);
        }

        Put(answer, "\rMSA"u8);
        Field(answer, header, msa);
        Field(answer, header, header[10]);
        if (refusal is not null)
            Field(answer, header, Encoding.ASCII.GetBytes(refusal.Words));
        Put(answer, "\r"u8);
        if (refusal is not null && KnowsErrorCodes(header[12]))
            PutError(answer, header, refusal);
        return answer.WrittenSpan.ToArray();
    }

    private static byte[]? CodeOf(HeaderBytes header, Verdict verdict, AckStyle style, RefusalCode code)
    {
        var letter = verdict == Verdict.Accepted ? (byte)'A' : code == RefusalCode.Error ? (byte)'E' : (byte)'R';
        var accept = header[15];
        var application = header[16];
        var enhanced = style == AckStyle.Enhanced || style == AckStyle.Auto && !(accept.IsEmpty && application.IsEmpty);
        if (!enhanced || !header.IsThere)
            return [(byte)'A', letter];
        if (Wants(accept, verdict))
            return [(byte)'C', letter];
        if (Wants(application, verdict))
            return [(byte)'A', letter];
        return null;
    }

    /// <summary>HL7 table 0155.</summary>
    private static bool Wants(ReadOnlySpan<byte> condition, Verdict verdict) =>
        condition.SequenceEqual("AL"u8)
        || condition.SequenceEqual("ER"u8) && verdict == Verdict.Rejected
        || condition.SequenceEqual("SU"u8) && verdict == Verdict.Accepted;

    /// <summary>ACK, with the trigger event that is answered, and the structure where the sender names structures itself.</summary>
    private static byte[] TypeOf(HeaderBytes header)
    {
        var type = header[9];
        if (!header.IsThere || header[2].IsEmpty)
            return "ACK"u8.ToArray();
        var component = header[2][0];
        var first = type.IndexOf(component);
        if (first < 0)
            return "ACK"u8.ToArray();
        var trigger = type[(first + 1)..];
        var second = trigger.IndexOf(component);
        var hasStructure = second >= 0;
        if (hasStructure)
            trigger = trigger[..second];
        return hasStructure
            ? [.. "ACK"u8, component, .. trigger, component, .. "ACK"u8]
            : [.. "ACK"u8, component, .. trigger];
    }

    /// <summary>Before 2.5 ERR had another shape.</summary>
    private static bool KnowsErrorCodes(ReadOnlySpan<byte> version) =>
        version.Length >= 3 && version[0] == '2' && version[1] == '.' && version[2] is >= (byte)'5' and <= (byte)'9';

    private static void PutError(ArrayBufferWriter<byte> answer, HeaderBytes header, Refusal refusal)
    {
        Put(answer, "ERR"u8);
        Field(answer, header, default);
        Field(answer, header, Components(header, refusal.Location));
        Field(answer, header, Components(header, refusal.Code + "^^HL70357"));
        Field(answer, header, "E"u8);
        Put(answer, "\r"u8);
    }

    private static byte[] Components(HeaderBytes header, string text)
    {
        var component = header[2].IsEmpty ? '^' : (char)header[2][0];
        return Encoding.ASCII.GetBytes(text.Replace('^', component));
    }

    private static string LondonTime(DateTimeOffset at) => TimeZoneInfo
        .ConvertTimeBySystemTimeZoneId(at, "Europe/London").ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static void Field(ArrayBufferWriter<byte> answer, HeaderBytes header, ReadOnlySpan<byte> value)
    {
        answer.Write([header.Separator]);
        answer.Write(value);
    }

    private static void Put(ArrayBufferWriter<byte> answer, ReadOnlySpan<byte> bytes) => answer.Write(bytes);
}
