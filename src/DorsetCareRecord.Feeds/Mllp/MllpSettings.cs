using System.Net;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>One door for one source. What a message claims in MSH-3 and MSH-4 does not decide whose it is; the port does.</summary>
public sealed record MllpSettings
{
    /// <summary>The feed's code.</summary>
    public required string Source { get; init; }

    public required IPEndPoint Address { get; init; }

    public AckStyle AckStyle { get; init; } = AckStyle.Original;

    /// <summary>The answer's letter for what is refused for good.</summary>
    public RefusalCode Refused { get; init; } = RefusalCode.Reject;

    /// <summary>The answer's letter for what could not be stored and may come again; null: closed without an answer.</summary>
    public RefusalCode? NotStored { get; init; }

    /// <summary>Who may connect; empty for anybody.</summary>
    public IReadOnlyList<IPNetwork> Peers { get; init; } = [];

    /// <summary>Null for plain TCP.</summary>
    public TlsRules? Tls { get; init; }

    /// <summary>MSH-3 to MSH-6: what a message may have there.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Sender { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>Training and debugging messages (MSH-11 T, D) are refused in production and taken elsewhere.</summary>
    public required bool TakesTestMessages { get; init; }

    /// <summary>Bytes a message may have; letters travel inside messages.</summary>
    public int FrameLimit { get; init; } = 50_000_000;

    /// <summary>From the end of a frame to its commit. Later than this the connection is closed and nothing acknowledged.</summary>
    public TimeSpan CommitDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A frame may take this long, and longer only at <see cref="SlowestBytesPerSecond"/> or faster.</summary>
    public TimeSpan FrameDeadline { get; init; } = TimeSpan.FromSeconds(30);

    public int SlowestBytesPerSecond { get; init; } = 16 * 1024;

    /// <summary>After an end block without CR, silence this long ends the frame.</summary>
    public TimeSpan EndSettles { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>At this many the connection that has been silent longest, outside a frame, makes room.</summary>
    public int MostConnections { get; init; } = 128;

    /// <summary>Messages of one connection that may be under way to the inbox together, for senders that do not wait.</summary>
    public int Window { get; init; } = 64;

    /// <summary>
    /// The door as the source's profile has it. <c>DCR_MLLP_SYSTEMC</c> and its like overrule the place: a port (then on loopback), or
    /// address:port; the same name with <c>_ACK</c> the style: original, enhanced or auto.
    /// </summary>
    /// <exception cref="FormatException">A setting that is neither; its message names the variable.</exception>
    public static MllpSettings From(
        Func<string, string?> environment, string variable, string source, DoorRules rules, bool isProduction) => new()
        {
            Source = source,
            Address = AddressOf(environment(variable), variable, rules.Port),
            AckStyle = StyleOf(environment(variable + "_ACK"), variable + "_ACK", rules.AckStyle),
            Refused = rules.Refused,
            NotStored = rules.NotStored,
            Peers = rules.Peers,
            Tls = rules.Tls,
            Sender = rules.Sender,
            TakesTestMessages = !isProduction,
            FrameLimit = rules.FrameLimit,
            FrameDeadline = rules.FrameDeadline,
            MostConnections = rules.MostConnections,
        };

    private static IPEndPoint AddressOf(string? text, string variable, int defaultPort)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new IPEndPoint(IPAddress.Loopback, defaultPort);
        if (ushort.TryParse(text, out var port))
            return new IPEndPoint(IPAddress.Loopback, port);
        return text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var address) && address.Port > 0
            ? address
            : throw new FormatException($"{variable} must be a port or address:port.");
    }

    private static AckStyle StyleOf(string? text, string variable, AckStyle otherwise) =>
        string.IsNullOrWhiteSpace(text) ? otherwise
        : Enum.TryParse<AckStyle>(text, ignoreCase: true, out var style) && Enum.IsDefined(style) ? style
        : throw new FormatException($"{variable} must be original, enhanced or auto.");
}
