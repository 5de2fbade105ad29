using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>
/// Messages in the shapes our senders use, and the facts beside them. Review the facts as carefully as the code. To write those of
/// a new or changed message, run once with <c>DCR_WRITE_GOLDEN=1</c> and read what changed.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(
        Samples.Repository, "tests", "DorsetCareRecord.Feeds.Tests", "Sources", "Hl7", "Golden");

    private static readonly DateTimeOffset ReceivedAt = new(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names() =>
        new(Directory.GetFiles(Folder, "*.hl7").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void When_a_message_is_read_then_its_facts_are_those_beside_it(string name)
    {
        var source = name.Split('.')[0];
        var body = File.ReadAllBytes(Path.Combine(Folder, name + ".hl7"));
        var facts = Path.Combine(Folder, name + ".json");

        var read = FactsText.Of(Hl7Adapter.Read(new InboxMessage(1, ReceivedAt, source, Formats.Hl7v2, body, null), Profiles.Of(source)));

        if (Environment.GetEnvironmentVariable("DCR_WRITE_GOLDEN") == "1")
            File.WriteAllText(facts, read);
        Assert.Equal(File.ReadAllText(facts).ReplaceLineEndings("\n"), read);
    }
}
