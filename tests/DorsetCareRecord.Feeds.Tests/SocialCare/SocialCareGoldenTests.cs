using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

public sealed class SocialCareGoldenTests
{
    public static TheoryData<string> Extracts =>
        [.. Directory.EnumerateDirectories(Golden.Folder("SocialCare", "Golden")).Select(Path.GetFileName).OfType<string>().Order()];

    [Theory]
    [MemberData(nameof(Extracts))]
    public void When_a_golden_extract_is_read_then_its_facts_are_those_beside_it(string extract)
    {
        var reading = Read(extract);

        Golden.Compare(Golden.Folder("SocialCare", "Golden", extract), reading);
    }

    public static Reading Read(string extract) => Extract.Read(ExtractArchive.Pack(
        Directory.EnumerateFiles(Golden.Folder("SocialCare", "Golden", extract)).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes)));
}
