using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Ids that follow from what they name, so that a rebuild gives the same: UUIDs of version 8 (RFC 9562, section 5.8), filled
/// from SHA-256. The parts are joined by NUL, which no stored text contains.
/// </summary>
internal static class NameIds
{
    public static Guid Identity(LocalPatient patient) => Of("identity", patient.Source, patient.Id);

    public static Guid Entry(LocalPatient patient, short itemType, string key) =>
        Of("entry", patient.Source, patient.Id, itemType.ToString(System.Globalization.CultureInfo.InvariantCulture), key);

    /// <summary>A key for an advisory lock; a collision makes somebody wait, nothing worse.</summary>
    public static long Lock(params ReadOnlySpan<string> parts) => BitConverter.ToInt64(Digest(parts));

    private static Guid Of(params ReadOnlySpan<string> parts)
    {
        var bytes = Digest(parts)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static byte[] Digest(ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
}
