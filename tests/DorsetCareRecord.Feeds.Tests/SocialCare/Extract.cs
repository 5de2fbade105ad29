using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

/// <summary>Writes extracts for tests; the manifest is right unless a test makes it wrong.</summary>
internal sealed class Extract
{
    public const string Header = "file,row_count,sha256,extract_time,scope,source_system,la_code,schema_version";

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<string> _manifest = [Header];

    public string Scope { get; init; } = "FULL";

    public static Extract OfEdith(string scope = "FULL") => new Extract { Scope = scope }
        .With("person.csv", "person_id,surname", "P1,Hardwick")
        .With("service.csv", "service_id,person_id,service_type,status", "S1,P1,Home support,active");

    public Extract With(string file, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n")));
        _files[file] = bytes;
        _manifest.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{file},{lines.Length - 1},{Convert.ToHexStringLower(SHA256.HashData(bytes))},2026-11-21T02:30:00Z,{Scope},Mosaic,815,1"));
        return this;
    }

    /// <summary>Changes a file after it was sealed.</summary>
    public Extract Spoilt(string file, string text)
    {
        _files[file] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public Extract Without(string file)
    {
        _files.Remove(file);
        return this;
    }

    public Extract WithManifest(Func<string, string> change)
    {
        _files[Manifest.File] = Encoding.UTF8.GetBytes(change(string.Join("\r\n", _manifest) + "\r\n"));
        return this;
    }

    public IReadOnlyDictionary<string, byte[]> Files()
    {
        _files.TryAdd(Manifest.File, Encoding.UTF8.GetBytes(string.Join("\r\n", _manifest) + "\r\n"));
        return _files;
    }

    public Reading Read() => Read(ExtractArchive.Pack(Files()));

    public static Reading Read(byte[] body) => Adapters.Read(new InboxMessage(
        1, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), SourceCodes.SocialCareDorset, Formats.CareExtract, body, null));
}
