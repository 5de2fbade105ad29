using System.Text;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>What a receiver answered (MSA, HL7 v2.4 section 2.16.8).</summary>
/// <param name="Code">MSA-1: AA, AE, AR, or CA, CE, CR; empty when the answer has no MSA.</param>
/// <param name="ControlId">MSA-2, the control id of the message it answers.</param>
/// <param name="Text">MSA-3, the receiver's words; may be empty.</param>
internal sealed record Acknowledgement(string Code, string ControlId, string Text)
{
    public bool Accepted => Code is "AA" or "CA";

    /// <summary>
    /// Whether this answers the message with that control id. A receiver that could not read the header answers with an
    /// empty MSA-2; that is accepted as a refusal only.
    /// </summary>
    public bool Answers(string controlId) =>
        ControlId == controlId || (ControlId.Length == 0 && Code.Length > 0 && !Accepted);

    public static Acknowledgement Parse(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var end = message.IndexOfAny((byte)'\r', (byte)'\n');
            var segment = end < 0 ? message : message[..end];
            message = end < 0 ? [] : message[(end + 1)..];
            if (segment.StartsWith("MSA"u8))
            {
                return new Acknowledgement(
                    Sending.ControlId.Field(segment, 1), Sending.ControlId.Field(segment, 2), Sending.ControlId.Field(segment, 3));
            }
        }

        return new Acknowledgement("", "", "");
    }
}
