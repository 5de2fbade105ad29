using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>Messages of many systems and versions, none of them ours: each has a reading, and nothing throws.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SourceCodes.SystemC)]
    [InlineData(SourceCodes.Camis)]
    [InlineData(SourceCodes.CareCentric)]
    public void When_public_messages_are_read_then_each_has_a_reading(string source)
    {
        var readings = Read(source);

        foreach (var line in readings.GroupBy(r => $"{r.Folder,-20} {r.Type,-10} {Outcome(r.Reading)}").OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{line.Count(),4}  {line.Key}");
        foreach (var line in readings.GroupBy(r => Outcome(r.Reading)).OrderByDescending(g => g.Count()))
            output.WriteLine($"{line.Count(),4}  {line.Key}");
        Assert.DoesNotContain(readings, r => r.Reading is NotUnderstood { Fault.Reason: Reasons.AdapterFault });
    }

    [Fact]
    public void When_a_file_is_divided_then_it_holds_a_message_and_each_ends_in_one_named_state()
    {
        var reasons = typeof(Reasons).GetFields().Select(f => (string)f.GetValue(null)!).ToHashSet();

        Assert.All(Files(), file => Assert.NotEmpty(Batch.Divide(File.ReadAllBytes(file), out _)));
        foreach (var source in (string[])[SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric])
        {
            Assert.All(Read(source), r => Assert.True(r.Reading switch
            {
                Understood understood => understood.Patients.Count > 0,
                OfNoConcern concern => concern.Why.Length > 0,
                NotUnderstood not => reasons.Contains(not.Fault.Reason) && not.Fault.Place is not null,
                _ => false,
            }, $"{r.Folder} {r.Type}"));
        }
    }

    [Theory]
    [InlineData("simulated-hospital")]
    [InlineData("medway-clinics")]
    public void When_hospitals_like_ours_speak_then_nearly_all_is_understood(string folder)
    {
        var readings = Read(SourceCodes.SystemC).Where(r => r.Folder == folder).ToList();

        var understood = readings.Count(r => r.Reading is Understood);
        Assert.True(understood >= readings.Count * 0.99, $"{understood} of {readings.Count}");
    }

    [Fact]
    public void When_a_message_is_read_twice_then_the_facts_are_the_same()
    {
        foreach (var (first, second) in Read(SourceCodes.SystemC).Zip(Read(SourceCodes.SystemC)))
            Assert.Equal(FactsText.Of(first.Reading), FactsText.Of(second.Reading));
    }

    private static List<(string Folder, string Type, Reading Reading)> Read(string source)
    {
        var readings = new List<(string, string, Reading)>();
        foreach (var file in Files())
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(file))!;
            foreach (var body in Batch.Divide(File.ReadAllBytes(file), out _))
            {
                var type = Message.TryRead(body.Span, null, out var message, out _) ? MessageType.Of(message) : default;
                var reading = Hl7Adapter.Read(new InboxMessage(1, ReceivedAt, source, Formats.Hl7v2, body, null), Profiles.Of(source));
                readings.Add((folder, $"{type.Name}^{type.Trigger}", reading));
            }
        }

        return readings;
    }

    private static IEnumerable<string> Files() => Samples.Files("hl7v2")
        .Where(f => f.EndsWith(".hl7", StringComparison.Ordinal) || f.EndsWith(".txt", StringComparison.Ordinal));

    private static string Outcome(Reading reading) => reading switch
    {
        Understood => "understood",
        OfNoConcern concern => $"of no concern: {concern.Why}",
        NotUnderstood not => $"parked: {not.Fault.Reason} {not.Fault.Place} {not.Fault.Shape}",
        _ => "?",
    };
}
