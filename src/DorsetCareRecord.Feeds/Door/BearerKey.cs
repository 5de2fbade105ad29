using System.Security.Cryptography;
using System.Text;

namespace DorsetCareRecord.Feeds.Door;

/// <summary>
/// A feed's credential (RFC 6750). Only its digest is held, and digests are compared in fixed time, so neither a memory dump
/// nor the time of the answer tells the key.
/// </summary>
public sealed class BearerKey
{
    private readonly byte[] _digest;

    private BearerKey(byte[] digest) => _digest = digest;

    /// <summary>Null for no key.</summary>
    public static BearerKey? Of(string? key) => string.IsNullOrWhiteSpace(key) ? null : new BearerKey(Digest(key.Trim()));

    /// <summary>Whether the Authorization header carries this key.</summary>
    public bool Opens(string? authorization) =>
        authorization is not null
        && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_digest, Digest(authorization["Bearer ".Length..].Trim()));

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
