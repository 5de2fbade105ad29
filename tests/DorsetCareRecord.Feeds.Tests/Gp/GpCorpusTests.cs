using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Gp;

/// <summary>Public samples, when at hand: each is understood or refused by name, and none trips the adapter.</summary>
public sealed class GpCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void When_a_public_sample_is_read_then_it_is_taken_or_refused_by_name()
    {
        var rows = Samples().Select(s => (s.Name, Type: TypeOf(s.Name), Outcome: OutcomeOf(Read(s.Format, s.Body)), Beside: OutcomeBeside(s))).ToList();

        output.WriteLine($"{rows.Count} files, by type and outcome as they are, and as one resource beside its patient");
        foreach (var kind in rows.GroupBy(r => (r.Type, r.Outcome, r.Beside)).OrderBy(k => k.Key.Type, StringComparer.Ordinal))
            output.WriteLine($"  {kind.Count(),3}  {kind.Key.Type,-30} {kind.Key.Outcome,-42} {kind.Key.Beside}");
        Assert.All(rows, r => Assert.True(IsClean(r.Outcome) && (r.Beside is null || IsClean(r.Beside)), $"{r.Name}: {r.Outcome} {r.Beside}"));
    }

    /// <summary>Understood, or refused for one of the reasons that say what is wrong with the file itself.</summary>
    private static bool IsClean(string outcome) => outcome.StartsWith("taken", StringComparison.Ordinal)
        || new[] { Reasons.Unreadable, Reasons.UnknownType, Reasons.WrongVersion, Reasons.NoPatient }.Any(r => outcome.StartsWith($"refused: {r}", StringComparison.Ordinal));

    private static string OutcomeOf(Reading reading) => reading switch
    {
        NotUnderstood { Fault: var fault } => $"refused: {fault.Reason}{(fault.Shape is { } shape && !shape.Contains(',', StringComparison.Ordinal) ? $" ({shape})" : "")}",
        Understood understood => "taken: " + string.Join(", ", understood.Patients.SelectMany(p => p.Facts).OfType<Stated>()
            .Where(s => s.Item is not Record.Sections.Demographics).GroupBy(s => s.Item.GetType().Name).Select(g => $"{g.Count()} {g.Key}")
            .Concat(understood.Remarks.GroupBy(r => r.Reason).Select(g => $"remark {g.Key}")).DefaultIfEmpty("nothing of a patient's in it")),
        _ => reading.GetType().Name,
    };

    /// <summary>Null for what is a bundle already.</summary>
    private static string? OutcomeBeside((string Name, string Format, byte[] Body) sample) =>
        sample.Format == Formats.FhirXml && !sample.Name.Contains("Bundle", StringComparison.Ordinal)
            ? OutcomeOf(Read(sample.Format, BesidePatient(sample.Body))) : null;

    private static string TypeOf(string name) => name.Split('-') is ["UKCore", var type, ..] ? type : name.StartsWith("Extension", StringComparison.Ordinal) ? "Extension" : name.StartsWith("EMIS", StringComparison.Ordinal) ? "GP Connect record" : "GP Connect guide";

    private static byte[] BesidePatient(byte[] body) => Encoding.UTF8.GetBytes($"""
        <Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>
        <entry><resource><Patient><id value="UKCore-Patient-RichardSmith-Example"/></Patient></resource></entry>
        <entry><resource>{WithoutProlog(Encoding.UTF8.GetString(body))}</resource></entry></Bundle>
        """);

    [Fact]
    public void When_each_single_sample_is_put_beside_its_patient_then_none_trips_the_adapter()
    {
        foreach (var (name, format, body) in Samples().Where(s => s.Format == Formats.FhirXml && !s.Name.Contains("Bundle", StringComparison.Ordinal)))
        {
            var reading = Read(format, BesidePatient(body));

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
