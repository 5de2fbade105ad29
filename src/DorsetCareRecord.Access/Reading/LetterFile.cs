using System.Security.Cryptography;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A letter's file as its source sent it.</summary>
/// <param name="IsAsReceived">Its bytes have the SHA-256 that its message had (hazard H20); if not, it is not to be shown.</param>
public sealed record LetterFile(string ContentType, string? FileName, byte[] Bytes, bool IsAsReceived)
{
    internal static LetterFile Of(string contentType, string? fileName, byte[] bytes, string hash) =>
        new(contentType, fileName, bytes, string.Equals(Convert.ToHexStringLower(SHA256.HashData(bytes)), hash, StringComparison.OrdinalIgnoreCase));
}
