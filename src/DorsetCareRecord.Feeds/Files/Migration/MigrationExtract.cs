using System.Security.Cryptography;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Files.Migration;

/// <summary>
/// A system's full extract for its cutover: a folder of HL7 v2 files, one or many messages each, in the order of their names. Read file by
/// file, so that its size is nobody's limit.
/// </summary>
public sealed class MigrationExtract(string folder, string source)
{
    /// <summary>Files whose batch trailer counts other messages than there are; known after reading.</summary>
    public List<string> Incomplete { get; } = [];

    public bool IsThere => Directory.Exists(folder) && Files.Any();

    private IEnumerable<string> Files => Directory.EnumerateFiles(folder, "*.hl7").Order(StringComparer.Ordinal);

    /// <summary>Every message as a delivery of the source, marked as a load.</summary>
    public IEnumerable<Delivery> Deliveries()
    {
        var profile = Profiles.Of(source);
        foreach (var file in Files)
        {
            var messages = Batch.Divide(File.ReadAllBytes(file), out var fault);
            if (fault is not null)
                Incomplete.Add($"{Path.GetFileName(file)}: {fault.Place} counts other messages than there are");
            foreach (var body in messages)
            {
                var look = QuickLook.At(body.Span, profile);
                yield return new Delivery
                {
                    Source = source,
                    Format = Formats.Hl7v2,
                    Body = body,
                    ControlId = look.ControlId,
                    ControlScope = look.ControlScope,
                    Patient = look.Patient,
                    Peer = Path.GetFileName(file),
                    Load = Loads.Migration,
                };
            }
        }
    }

    /// <summary>SHA-256 over the files, so that what was compared, signed and loaded can be told to be the same.</summary>
    public async Task<string> DigestAsync(CancellationToken cancellation)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            await using var stream = File.OpenRead(file);
            digest.AppendData(await SHA256.HashDataAsync(stream, cancellation));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
