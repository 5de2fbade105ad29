using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Gp;

/// <summary>Public samples, when at hand: each is understood or refused by name, and none trips the adapter.</summary>
public sealed class GpCorpusTests
{
    [Fact]
    public void When_a_public_sample_is_read_then_it_is_taken_or_refused_by_name()
    {
        foreach (var (name, format, body) in Samples())
        {
            var reading = Read(format, body);

            var reason = (reading as NotUnderstood)?.Fault.Reason;
            Assert.True(reason is null or Reasons.Unreadable or Reasons.UnknownType or Reasons.WrongVersion or Reasons.NoPatient, $"{name}: {reason}");
        }
    }

    [Fact]
    public void When_each_single_sample_is_put_beside_its_patient_then_none_trips_the_adapter()
    {
        foreach (var (name, format, body) in Samples().Where(s => s.Format == Formats.FhirXml && !s.Name.Contains("Bundle", StringComparison.Ordinal)))
        {
            var bundle = $"""
                <Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>
                <entry><resource><Patient><id value="UKCore-Patient-RichardSmith-Example"/></Patient></resource></entry>
                <entry><resource>{WithoutProlog(Encoding.UTF8.GetString(body))}</resource></entry></Bundle>
                """;

            var reading = Read(format, Encoding.UTF8.GetBytes(bundle));

            Assert.True(reading is Understood, $"{name}: {(reading as NotUnderstood)?.Fault}");
            Assert.DoesNotContain(((Understood)reading).Remarks, r => r.Reason == Reasons.Unreadable);
        }
    }

    [Fact]
    public void When_a_bundle_is_cut_or_scrambled_then_it_is_read_or_refused_and_never_throws()
    {
        var whole = File.ReadAllBytes(Golden.Folder("Gp", "Golden", "snapshot.json"));
        var random = new Random(20261123);
        for (var i = 0; i < 400; i++)
        {
            var bytes = i % 2 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var k = 0; i % 2 == 1 && k < 3; k++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var reading = Read(Formats.FhirJson, bytes);

            Assert.False(reading is NotUnderstood { Fault.Reason: Reasons.AdapterFault }, $"case {i}: {(reading as NotUnderstood)?.Fault.Shape}");
        }
    }

    private static string WithoutProlog(string xml) => xml.Contains("?>", StringComparison.Ordinal) ? xml[(xml.IndexOf("?>", StringComparison.Ordinal) + 2)..] : xml.TrimStart('\uFEFF');

    private static Reading Read(string format, byte[] body) =>
        Adapters.Read(new InboxMessage(1, DateTimeOffset.UnixEpoch, SourceCodes.Gp, format, body, null));

    private static IEnumerable<(string Name, string Format, byte[] Body)> Samples() =>
        Golden.Samples("fhir") is not { } folder ? [] : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".json" or ".xml").Order()
            .Select(f => (Path.GetFileName(f), Path.GetExtension(f) == ".xml" ? Formats.FhirXml : Formats.FhirJson, File.ReadAllBytes(f)));
}
