using System.Globalization;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>Where a listener is: <c>host:port</c>, or a port on loopback.</summary>
internal sealed record Address(string Host, int Port)
{
    public override string ToString() => $"{Host}:{Port}";

    /// <exception cref="SendException">The text is neither.</exception>
    public static Address Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "127.0.0.1" : text[..colon].Trim('[', ']');
        if (host is "" or "0.0.0.0" or "*" or "::")
            host = "127.0.0.1";
        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? new Address(host, port)
            : throw new SendException($"\"{text}\" is no address: give a port, or host:port.");
    }
}

/// <summary>Something the operator can put right; its message is the whole answer.</summary>
public sealed class SendException : Exception
{
    public SendException()
    {
    }

    public SendException(string message)
        : base(message)
    {
    }

    public SendException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
