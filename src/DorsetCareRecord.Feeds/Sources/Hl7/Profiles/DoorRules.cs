using System.Net;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>What a sender's door admits, and how it answers: the part of a profile that the listener keeps.</summary>
public sealed record DoorRules
{
    public required int Port { get; init; }

    /// <summary>Addresses that may connect; empty for any.</summary>
    public IReadOnlyList<IPNetwork> Peers { get; init; } = [];

    /// <summary>Null for plain TCP, inside a network that protects it.</summary>
    public TlsRules? Tls { get; init; }

    /// <summary>MSH-3 to MSH-6 by their number: the texts a message may have there; a field without an entry may have any (R5).</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Sender { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    public AckStyle AckStyle { get; init; } = AckStyle.Original;

    /// <summary>What this sender takes for "never send it again": AE and AR mean opposite things in the field.</summary>
    public RefusalCode Refused { get; init; } = RefusalCode.Reject;

    /// <summary>What this sender takes for "send it again later"; null: the connection is closed without an answer.</summary>
    public RefusalCode? NotStored { get; init; }

    public int FrameLimit { get; init; } = 50_000_000;

    public TimeSpan FrameDeadline { get; init; } = TimeSpan.FromSeconds(30);

    public int MostConnections { get; init; } = 128;
}

/// <summary>Mutual TLS: both sides show a certificate, and the sender's is bound to its source.</summary>
/// <param name="CertificateFile">Ours, PEM.</param>
/// <param name="KeyFile">Its key, PEM.</param>
/// <param name="AuthorityFile">Who may have signed the sender's, PEM; null when it is known by its fingerprint alone.</param>
/// <param name="Names">Subject names (CN or DNS) the sender's certificate may have; empty for any the authority signed.</param>
/// <param name="Fingerprints">SHA-256 of the sender's certificates in hexadecimal; empty for any.</param>
public sealed record TlsRules(
    string CertificateFile, string KeyFile, string? AuthorityFile, IReadOnlyList<string> Names, IReadOnlyList<string> Fingerprints);

/// <summary>The letter after A or C in MSA-1 for what is not accepted (HL7 table 0008).</summary>
public enum RefusalCode
{
    Error = 1,
    Reject = 2,
}
