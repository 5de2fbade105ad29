using System.Text;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>MSH-10 of a message, read as far as needed to pair its acknowledgement.</summary>
internal static class ControlId
{
    /// <returns>The control id byte for byte (as Latin-1), empty when the message has none or no MSH.</returns>
    public static string Of(ReadOnlySpan<byte> message)
    {
        if (message.Length < 8 || !message.StartsWith("MSH"u8))
            return "";
        var header = message[..(message.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? end : message.Length)];
        return Field(header, 9);
    }

    /// <param name="skip">Separators to pass before the field.</param>
    public static string Field(ReadOnlySpan<byte> segment, int skip)
    {
        if (segment.Length < 4)
            return "";
        var separator = segment[3];
        for (; skip > 0; skip--)
        {
            var next = segment.IndexOf(separator);
            if (next < 0)
                return "";
            segment = segment[(next + 1)..];
        }

        var end = segment.IndexOf(separator);
        return Encoding.Latin1.GetString(end < 0 ? segment : segment[..end]);
    }
}
