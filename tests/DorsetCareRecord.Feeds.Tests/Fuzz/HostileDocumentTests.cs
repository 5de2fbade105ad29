using System.Globalization;
using System.IO.Compression;
using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Fuzz;

/// <summary>
/// What is sent to make a reader fetch, unfold or sink (S13, S14, S20): each is read or refused by name, nothing connects to where it points,
/// and what reading it takes of memory stays in proportion to what was sent.
/// </summary>
public sealed class HostileDocumentTests(ITestOutputHelper output)
{
    /// <summary>
    /// What reading a bomb may allocate, all together and given back meanwhile: so much, and eighty times its own size, which is what the FHIR
    /// reader makes of the barest values.
    /// </summary>
    private const long Room = 64L << 20;

    [Fact]
    public void S13_S20_When_documents_name_an_address_then_nobody_goes_there()
    {
        using var trap = new SocketTrap();
        var documents = Pointing(trap.Address).ToList();

        foreach (var (name, source, format, body) in documents)
            Assert.False(IsBug(Read(source, format, Encoding.UTF8.GetBytes(body))), name);

        Assert.False(trap.HasSprung);
        trap.Spring(); // and it would have been noticed
        Assert.True(trap.HasSprung);
    }

    [Theory]
    [InlineData("<!DOCTYPE x SYSTEM '@/x.dtd'><Bundle xmlns='http://hl7.org/fhir'><type value='collection'/></Bundle>")]
    [InlineData("<!DOCTYPE x [<!ENTITY % p SYSTEM '@/p'>%p;]><Bundle xmlns='http://hl7.org/fhir'><type value='collection'/></Bundle>")]
    [InlineData("<!DOCTYPE x PUBLIC 'x' '@/x.dtd'><Bundle xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><Bundle xmlns='http://hl7.org/fhir'><id value='&c;'/></Bundle>")]
    public void S13_When_xml_brings_a_document_type_then_it_is_unreadable(string body)
    {
        using var trap = new SocketTrap();

        foreach (var source in (string[])[SourceCodes.Gp, SourceCodes.CareCentric])
        {
            var reading = Read(source, Formats.FhirXml, Encoding.UTF8.GetBytes(body.Replace("@", trap.Address, StringComparison.Ordinal)));
            Assert.Equal(Reasons.Unreadable, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
        }

        Assert.False(trap.HasSprung);
    }

    [Fact]
    public void S14_When_a_document_wants_to_unfold_then_reading_it_takes_no_more_than_its_size_allows()
    {
        var tooMuch = new List<string>();
        foreach (var (name, source, format, make) in Bombs())
        {
            var body = make();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = Read(source, format, body);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {body.Length >> 10:n0} KiB sent, {taken >> 20:n0} MiB allocated in all, {reading.GetType().Name}"));
            if (IsBug(reading) || taken > Room + (80L * body.Length))
                tooMuch.Add($"{name}: {taken >> 20} MiB for {body.Length >> 10} KiB, {(reading as NotUnderstood)?.Fault.Reason}");
        }

        Assert.Equal("", string.Join('\n', tooMuch));
    }

    /// <summary>ASVS 5.0, 5.3.2: what a name in an archive says of a path is said to nobody.</summary>
    [Theory]
    [InlineData("../")]
    [InlineData("../../../../../../../../tmp/")]
    [InlineData("/tmp/")]
    [InlineData("..\\..\\")]
    [InlineData("C:\\temp\\")]
    public void S19_When_a_name_in_an_archive_leads_elsewhere_then_nothing_is_there(string way)
    {
        var name = $"dcr-{Guid.NewGuid():n}.csv";

        var reading = Read(SourceCodes.SocialCareDorset, Formats.CareExtract, Zip(($"{way}{name}", "person_id"u8.ToArray())));

        Assert.False(IsBug(Assert.IsType<NotUnderstood>(reading)));
        Assert.False(File.Exists(Path.Combine("/tmp", name)) || File.Exists(Path.GetFullPath($"{way}{name}")) || File.Exists(name));
    }

    private static IEnumerable<(string Name, string Source, string Format, string Body)> Pointing(string there)
    {
        const string fhir = "xmlns='http://hl7.org/fhir'";
        var patient = """{"resourceType":"Patient","id":"p1","photo":[{"contentType":"image/png","url":"@/photo"}],"text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'><img src='@/narrative'/></div>"},"generalPractitioner":[{"reference":"@/Practitioner/1"}],"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}]}""".Replace("@", there, StringComparison.Ordinal);
        yield return ("style sheet", SourceCodes.Gp, Formats.FhirXml, $"<?xml-stylesheet type='text/xsl' href='{there}/x.xsl'?><Bundle {fhir}><type value='collection'/></Bundle>");
        yield return ("inclusion", SourceCodes.Gp, Formats.FhirXml, $"<Bundle {fhir} xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{there}/x' parse='text'/><type value='collection'/></Bundle>");
        yield return ("schema", SourceCodes.Gp, Formats.FhirXml, $"<Bundle {fhir} xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='{there}/a {there}/b'><type value='collection'/></Bundle>");
        yield return ("narrative and references", SourceCodes.Gp, Formats.FhirJson, """{"resourceType":"Bundle","type":"collection","link":[{"relation":"next","url":"@/next"}],"entry":[{"fullUrl":"@/Patient/p1","resource":#}]}""".Replace("#", patient, StringComparison.Ordinal).Replace("@", there, StringComparison.Ordinal));
        foreach (var source in (string[])[SourceCodes.Gp, SourceCodes.CareCentric])
        {
            yield return ($"attachment to {source}", source, Formats.FhirJson, """{"resourceType":"Bundle","type":"collection","entry":[{"resource":#},{"resource":{"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"application/pdf","url":"@/paper"}}]}},{"resource":{"resourceType":"Binary","id":"b1","contentType":"text/html","securityContext":{"reference":"@/x"}}}]}""".Replace("#", patient, StringComparison.Ordinal).Replace("@", there, StringComparison.Ordinal));
        }

        foreach (var source in (string[])[SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric])
        {
            var header = $"MSH|^~\\&|A|B|DCR|DCR|20261118160500||MDM^T02|9|P|2.4\rPID|1||P1234567^^^B^MR\rTXA|1|DS^Letter|AP|20261118160000||||||||D9||||||AU\r";
            yield return ($"pointer to {source}", source, Formats.Hl7v2, $"{header}OBX|1|RP|^Letter||{there}/paper^^TEXT^HTML\r");
            yield return ($"page to {source}", source, Formats.Hl7v2, $"{header}OBX|1|ED|^Letter||^TEXT^HTML^A^<html><link rel=stylesheet href={there}/x><img src={there}/y><iframe src={there}/z></iframe></html>\r");
        }
    }

    private static IEnumerable<(string Name, string Source, string Format, Func<byte[]> Body)> Bombs()
    {
        const string head = """{"resourceType":"Bundle","type":"collection",""";
        yield return Json("brackets a hundred thousand deep", () => head + "\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}");
        yield return Json("a million numbers", () => head + "\"x\":[0" + string.Concat(Enumerable.Repeat(",0", 1_000_000)) + "]}");
        yield return Json("a hundred thousand entries", () => head + "\"entry\":[{}" + string.Concat(Enumerable.Repeat(",{}", 100_000)) + "]}");
        yield return Json("a name a million long", () => head + "\"" + new string('x', 1_000_000) + "\":1}");
        yield return Json("contained in a circle", () => head + """
            "entry":[{"resource":{"resourceType":"Patient","id":"p1","contained":[{"resourceType":"Group","id":"a","member":[{"entity":{"reference":"#b"}}]},{"resourceType":"Group","id":"b","member":[{"entity":{"reference":"#a"}}]}],"managingOrganization":{"reference":"#a"}}}]}
            """);
        yield return ("elements a hundred thousand deep", SourceCodes.Gp, Formats.FhirXml, Text(() => "<Bundle xmlns='http://hl7.org/fhir'>" + string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000)) + "</Bundle>"));
        yield return ("attributes without end", SourceCodes.Gp, Formats.FhirXml, Text(() => "<Bundle xmlns='http://hl7.org/fhir' " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='' ")) + "/>"));
        yield return Hl7("two hundred thousand segments", () => string.Concat(Enumerable.Repeat("NTE|1||x\r", 200_000)));
        yield return Hl7("a million repetitions", () => "NTE|1||" + new string('~', 1_000_000) + "\r");
        yield return Hl7("a million components", () => "PID|1||" + new string('^', 1_000_000) + "\r");
        yield return Hl7("a million fields", () => "ZZZ" + new string('|', 1_000_000) + "\r");
        yield return Hl7("a million escapes", () => "NTE|1||" + string.Concat(Enumerable.Repeat("\\X0A\\", 200_000)) + "\r");
        yield return Extract("an archive of a thousand to one", () => Zip(("person.csv", new byte[8 << 20])));
        yield return Extract("an archive in an archive", () => Zip(("person.csv", Zip(("person.csv", new byte[1 << 20])))));
        yield return Extract("ten thousand files", () => Zip([.. Enumerable.Range(0, 10_000).Select(i => ($"f{i}.csv", Array.Empty<byte>()))]));
        yield return Extract("a hundred thousand columns", () => Zip(("person.csv", Encoding.ASCII.GetBytes(new string(',', 100_000) + "\r\n" + new string(',', 100_000)))));
        yield return Extract("a quote that never ends", () => Zip(("person.csv", Encoding.ASCII.GetBytes("person_id\r\n\"" + new string('x', 1_000_000)))));

        static (string, string, string, Func<byte[]>) Json(string name, Func<string> body) => (name, SourceCodes.Gp, Formats.FhirJson, Text(body));
        static (string, string, string, Func<byte[]>) Hl7(string name, Func<string> body) =>
            (name, SourceCodes.SystemC, Formats.Hl7v2, Text(() => "MSH|^~\\&|A|B|DCR|DCR|20261118160500||ADT^A01|9|P|2.4\rPID|1||P1234567^^^B^MR\r" + body()));
        static (string, string, string, Func<byte[]>) Extract(string name, Func<byte[]> body) => (name, SourceCodes.SocialCareDorset, Formats.CareExtract, body);
        static Func<byte[]> Text(Func<string> body) => () => Encoding.UTF8.GetBytes(body());
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    private static Reading Read(string source, string format, byte[] body) =>
        Adapters.Read(new InboxMessage(1, DateTimeOffset.UnixEpoch, source, format, body, null));

    private static bool IsBug(Reading reading) => reading is NotUnderstood { Fault.Reason: Reasons.AdapterFault };
}
