using DorsetCareRecord.Feeds.Sources.SocialCare;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

public sealed class SocialCareGoldenTests
{
    public static TheoryData<string> Extracts =>
        [.. Directory.EnumerateDirectories(Golden.Folder("SocialCare", "Golden")).Select(Path.GetFileName).OfType<string>().Order()];

    [Theory]
    [MemberData(nameof(Extracts))]
    public void When_a_golden_extract_is_read_then_its_facts_are_those_beside_it(string extract)
    {
        var folder = Golden.Folder("SocialCare", "Golden", extract);
        var files = Directory.EnumerateFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);

        var reading = Extract.Read(ExtractArchive.Pack(files));

        Golden.Compare(folder, reading);
    }
}
