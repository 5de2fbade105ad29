using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Gp;

public sealed class GpGoldenTests
{
    public static TheoryData<string> Messages =>
        [.. Directory.EnumerateFiles(Golden.Folder("Gp", "Golden")).Select(Path.GetFileName).OfType<string>()
            .Where(f => !f.EndsWith(".facts.json", StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(Messages))]
    public void When_a_golden_bundle_is_read_then_its_facts_are_those_beside_it(string file)
    {
        var path = Golden.Folder("Gp", "Golden", file);
        var format = Path.GetExtension(file) == ".xml" ? Formats.FhirXml : Formats.FhirJson;
        var message = new InboxMessage(
            1, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), SourceCodes.Gp, format, File.ReadAllBytes(path), null);

        var reading = Adapters.Read(message);

        Golden.Compare(path, reading);
    }
}
