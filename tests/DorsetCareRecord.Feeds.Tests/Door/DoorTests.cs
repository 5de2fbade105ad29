using System.Collections.Concurrent;
using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Feeds.Tests.Door;

public sealed class DoorTests(PostgresFixture postgres)
{
    private const string Bundle = """
        {"resourceType":"Bundle","identifier":{"value":"B-1"},"type":"collection",
         "entry":[{"resource":{"id":"p1","resourceType":"Patient","identifier":[{"value":"100001"}]}}]}
        """;

    [Fact]
    public async Task When_a_bundle_is_posted_then_it_is_committed_before_the_answer()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var door = await OpenDoor.OpenAsync(room.Inbox.AcceptAsync);

        var (status, outcome) = await door.PostAsync(Bundle);

        Assert.Equal(202, status);
        Assert.Equal("OperationOutcome", outcome.GetProperty("resourceType").GetString());
        Assert.Equal(1, (await room.CountAsync(SourceCodes.Gp)).Waiting);
    }

    [Fact]
    public async Task When_the_inbox_has_not_committed_then_there_is_no_answer()
    {
        var committed = new TaskCompletionSource<long>();
        var arrived = new TaskCompletionSource();
        await using var door = await OpenDoor.OpenAsync((_, _) =>
        {
            arrived.SetResult();
            return committed.Task;
        });

        var answer = door.PostAsync(Bundle);
        await await Task.WhenAny(arrived.Task, answer);
        var early = answer.IsCompleted;
        committed.SetResult(7);

        Assert.False(early);
        Assert.Equal(202, (await answer).Status);
    }

    [Fact]
    public async Task When_a_bundle_is_posted_then_the_delivery_carries_its_bytes_id_and_patient()
    {
        var deliveries = new ConcurrentQueue<Delivery>();
        await using var door = await OpenDoor.OpenAsync(Record(deliveries));

        await door.PostAsync(Bundle);
        await door.PostAsync(
            "<Bundle xmlns='http://hl7.org/fhir'><identifier><value value='B-2'/></identifier><entry><resource><Patient><id value='p2'/></Patient></resource></entry></Bundle>",
            type: "application/fhir+xml; charset=utf-8");

        Assert.Equal(
            [(SourceCodes.Gp, Formats.FhirJson, "B-1", "p1"), (SourceCodes.Gp, Formats.FhirXml, "B-2", "p2")],
            deliveries.Select(d => (d.Source, d.Format, d.ControlId, d.Patient)));
        Assert.Equal(Encoding.UTF8.GetBytes(Bundle), deliveries.First().Body.ToArray());
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/DSTU2/StructureDefinition/Bundle", "DSTU2")]
    [InlineData("http://hl7.org/fhir/5.0/StructureDefinition/Bundle", "R5")]
    [InlineData("https://fhir.hl7.org.uk/StructureDefinition/UKCore-Bundle", null)]
    public async Task When_a_bundle_is_of_another_version_then_it_is_refused_by_name_and_kept(string profile, string? version)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var door = await OpenDoor.OpenAsync(room.Inbox.AcceptAsync);

        var (status, outcome) = await door.PostAsync(Bundle.Replace("\"type\"", $"\"meta\":{{\"profile\":[\"{profile}\"]}},\"type\"", StringComparison.Ordinal));

        Assert.Equal(version is null ? 202 : 422, status);
        Assert.Equal("OperationOutcome", outcome.GetProperty("resourceType").GetString());
        Assert.Contains(version ?? "Stored", outcome.GetProperty("issue")[0].GetProperty("diagnostics").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await room.CountAsync(SourceCodes.Gp)).Waiting);
    }

    [Theory]
    [InlineData(OpenDoor.CareCentricKey, SourceCodes.CareCentric, "RD3")]
    [InlineData(OpenDoor.BournemouthKey, SourceCodes.CareCentricBournemouth, "RDZ")]
    public async Task When_CareCentric_posts_then_its_key_tells_the_source_and_the_lane_is_that_of_its_messages(string key, string source, string trust)
    {
        var deliveries = new ConcurrentQueue<Delivery>();
        await using var door = await OpenDoor.OpenAsync(Record(deliveries));
        var bundle = $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","id":"x","identifier":[
              {"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"},{"system":"https://fhir.example.org/{{{trust}}}/hospital-number","value":"P1234567"}]}}]}
            """;
        var message = $"MSH|^~\\&|CareCentric|{trust}|DCR|DCR|20261120||ADT^A31|1|P|2.4\rPID|1||P1234567^^^{trust}^MR~9990000018^^^NHS^NH\r";

        var (status, _) = await door.PostAsync(bundle, key);

        Assert.Equal(202, status);
        var look = QuickLook.At(Encoding.UTF8.GetBytes(message), Profiles.Of(source));
        Assert.Equal((source, look.Patient), deliveries.Select(d => (d.Source, d.Patient)).Single());
        Assert.Equal("P1234567", look.Patient);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(OpenDoor.DorsetKey)]
    public async Task When_the_key_is_missing_or_wrong_then_it_is_refused_and_nothing_is_stored(string? key)
    {
        var deliveries = new ConcurrentQueue<Delivery>();
        await using var door = await OpenDoor.OpenAsync(Record(deliveries));

        var (status, _) = await door.PostAsync(Bundle, key);

        Assert.Equal(401, status);
        Assert.Empty(deliveries);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task When_the_media_type_is_another_then_it_is_refused(string? type)
    {
        await using var door = await OpenDoor.OpenAsync(Record([]));

        var (status, _) = await door.PostAsync(Bundle, type: type);

        Assert.Equal(415, status);
    }

    [Fact]
    public async Task When_the_body_is_compressed_then_it_is_refused()
    {
        await using var door = await OpenDoor.OpenAsync(Record([]));
        var content = new ByteArrayContent([0x1F, 0x8B]);
        content.Headers.ContentEncoding.Add("gzip");

        var (status, _) = await door.PostAsync("/fhir", content);

        Assert.Equal(415, status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_body_is_too_long_then_it_is_refused_whether_or_not_it_says_so(bool saysItsLength)
    {
        var deliveries = new ConcurrentQueue<Delivery>();
        await using var door = await OpenDoor.OpenAsync(Record(deliveries), mostBytes: 100_000);
        using var stream = new MemoryStream(new byte[100_001]);
        HttpContent content = saysItsLength ? new ByteArrayContent(stream.ToArray()) : new ChunkedContent(stream);

        var (status, _) = await door.PostAsync("/fhir", content);

        Assert.Equal(413, status);
        Assert.Empty(deliveries);
    }

    [Theory]
    [InlineData("{", "application/fhir+json")]
    [InlineData("", "application/json")]
    [InlineData("<Bundle", "application/fhir+xml")]
    public async Task When_the_body_cannot_be_read_then_it_is_kept_and_the_sender_told(string body, string type)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var door = await OpenDoor.OpenAsync(room.Inbox.AcceptAsync);

        var (status, outcome) = await door.PostAsync(body, type: type);

        Assert.Equal(400, status);
        Assert.Equal("structure", outcome.GetProperty("issue")[0].GetProperty("code").GetString());
        Assert.Equal(1, (await room.CountAsync(SourceCodes.Gp)).Waiting);
    }

    [Fact]
    public async Task When_it_cannot_be_stored_then_the_sender_is_asked_to_come_again()
    {
        await using var door = await OpenDoor.OpenAsync((_, _) => throw new InboxUnavailableException("down", null));

        var (status, _) = await door.PostAsync(Bundle);

        Assert.Equal(503, status);
    }

    [Fact]
    public async Task When_a_council_posts_an_extract_then_its_source_comes_of_its_key()
    {
        var deliveries = new ConcurrentQueue<Delivery>();
        await using var door = await OpenDoor.OpenAsync(Record(deliveries));
        byte[] zip = [.. "PK\x05\x06"u8, .. new byte[18]];

        var own = await door.PostAsync("/extract/dcc", new ByteArrayContent(zip), OpenDoor.DorsetKey, "application/zip");
        var others = await door.PostAsync("/extract/bbc", new ByteArrayContent(zip), OpenDoor.DorsetKey, "application/zip");

        Assert.Equal((202, 401), (own.Status, others.Status));
        Assert.Equal((SourceCodes.SocialCareDorset, Formats.CareExtract), deliveries.Select(d => (d.Source, d.Format)).Single());
    }

    private static Func<Delivery, CancellationToken, Task<long>> Record(ConcurrentQueue<Delivery> deliveries) => (delivery, _) =>
    {
        deliveries.Enqueue(delivery);
        return Task.FromResult((long)deliveries.Count);
    };

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class ChunkedContent(Stream stream) : StreamContent(stream)
    {
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
