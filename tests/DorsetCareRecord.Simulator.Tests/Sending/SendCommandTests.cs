using System.Net;
using System.Text;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Sending;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Sending;

public sealed class SendCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-send-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task When_all_are_accepted_then_it_ends_with_the_sum_and_zero()
    {
        await using var peer = new Peer(Peer.Accept);

        var code = await SendAsync(new() { ["DCR_MLLP_CAMIS"] = peer.Address }, "Camis", File("a.hl7", Message("1") + "\n\n" + Message("2")));

        Assert.Equal(["AA 1", "AA 2", "sent 2, accepted 2, refused 0, unanswered 0"], Lines());
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task When_one_is_refused_and_one_unanswered_then_the_sum_says_so_and_the_code_is_not_zero()
    {
        await using var peer = new Peer(message => Peer.ControlIdOf(message) switch { "1" => Peer.Say("AE", "1", "no patient"), "2" => null, _ => Peer.Accept(message) });

        var code = await SendAsync(new() { ["DCR_MLLP_SYSTEMC"] = peer.Address }, "System C", File("a.hl7", Message("1") + Message("2")), File("b.hl7", Message("3")));

        Assert.Equal(["AE 1  no patient", "no answer", "AA 3", "sent 3, accepted 1, refused 1, unanswered 1"], Lines());
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task When_a_message_has_no_header_then_it_is_sent_and_its_refusal_seen()
    {
        await using var peer = new Peer(_ => Peer.Say("AR", ""));

        var code = await SendAsync(new() { ["DCR_MLLP_SYSTEMC"] = peer.Address }, "system-c", File("a.hl7", "PID|||1\n"));

        Assert.Equal(["AR", "sent 1, accepted 0, refused 1, unanswered 0"], Lines());
        Assert.Equal("PID|||1\r"u8.ToArray(), Assert.Single(peer.Received).Body);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("systemc", "systemc")]
    [InlineData("System C", "systemc")]
    [InlineData("SYSTEM-C", "systemc")]
    [InlineData("carecentric", "carecentric")]
    [InlineData("GP", "gp")]
    [InlineData("socialcare:dcc", "socialcare-dcc")]
    [InlineData("socialcare-BBC", "socialcare-bbc")]
    [InlineData("bop", "socialcare-bop")]
    [InlineData("nonsense", null)]
    public void When_a_source_is_named_in_its_ways_then_it_is_found(string name, string? code) =>
        Assert.Equal(code, Destination.Named(name)?.Code);

    [Fact]
    public async Task When_the_source_is_unknown_then_the_sources_are_named()
    {
        var code = await SendAsync([], "medvay", File("a.hl7", "x"));

        Assert.Contains("There is no source \"medvay\"", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("sent 0, accepted 0, refused 0, unanswered 0", Lines()[^1]);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task When_a_file_is_missing_then_nothing_is_sent()
    {
        await using var peer = new Peer(Peer.Accept);

        var code = await SendAsync(new() { ["DCR_MLLP_SYSTEMC"] = peer.Address }, "systemc", File("a.hl7", Message("1")), Path.Combine(_folder, "absent.hl7"));

        Assert.Empty(peer.Received);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("DCR_ENVIRONMENT", "Production", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Development", false)]
    public void When_it_is_not_development_then_it_refuses_in_one_sentence(string variable, string value, bool refuses)
    {
        var refusal = PretendOnly.Refusal(name => name == variable ? value : null);

        Assert.Equal(refuses, refusal?.StartsWith("The simulator runs in Development only", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task When_a_bundle_is_posted_then_the_doors_answer_is_printed()
    {
        using var door = new HttpListener();
        var address = Listen(door);
        var posted = AnswerAsync(door, 202, "");

        var code = await SendAsync(new() { ["DCR_DOOR_URL"] = address, ["DCR_DOOR_KEY_GP"] = "key" }, "gp", File("one.json", "{}"));

        var (type, authorization) = await posted;
        Assert.Equal(["202 Accepted one.json", "sent 1, accepted 1, refused 0, unanswered 0"], Lines());
        Assert.Equal(("application/fhir+json", "Bearer key"), (type, authorization));
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task When_the_door_refuses_then_its_reason_is_printed()
    {
        using var door = new HttpListener();
        var address = Listen(door);
        var posted = AnswerAsync(door, 400, """{"resourceType":"OperationOutcome","issue":[{"diagnostics":"the body is not XML"}]}""");

        var code = await SendAsync(new() { ["DCR_DOOR_URL"] = address }, "gp", File("one.xml", "\uFEFF  <Bundle"));

        Assert.Equal("application/fhir+xml", (await posted).Type);
        Assert.Equal(["400 Bad Request (the body is not XML) one.xml", "sent 1, accepted 0, refused 1, unanswered 0"], Lines());
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("done", "taken", 0)]
    [InlineData("quarantine", "quarantined", 1)]
    public async Task When_an_extract_is_dropped_then_it_waits_until_it_is_moved(string to, string word, int expected)
    {
        var drop = Directory.CreateDirectory(Path.Combine(_folder, "drop", "dcc")).FullName;
        var sending = SendAsync(new() { ["DCR_DROP"] = Path.Combine(_folder, "drop") }, "dcc", File("person.csv", "person_id,surname\r\n1,\"A\nB\"\r\n"));
        var extract = await AppearedAsync(drop);
        var files = Directory.EnumerateFiles(extract).Select(Path.GetFileName).Order().ToList();
        var manifest = await System.IO.File.ReadAllTextAsync(Path.Combine(extract, "manifest.csv"), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(drop, to));
        Directory.Move(extract, Path.Combine(drop, to, Path.GetFileName(extract)));

        var code = await sending;

        Assert.Equal(["manifest.csv", "person.csv"], files);
        Assert.Contains("person.csv,1,", manifest, StringComparison.Ordinal);
        Assert.StartsWith(word, Lines()[^2], StringComparison.Ordinal);
        Assert.Equal(expected, code);
    }

    private static async Task<string> AppearedAsync(string drop)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (Directory.EnumerateDirectories(drop, "sent-*").FirstOrDefault() is { } found)
                return found;
        }

        throw new InvalidOperationException("The timer ended.");
    }

    private static string Listen(HttpListener door)
    {
        var port = FreePort.Find();
        door.Prefixes.Add($"http://127.0.0.1:{port}/");
        door.Start();
        return $"http://127.0.0.1:{port}";
    }

    private static async Task<(string? Type, string? Authorization)> AnswerAsync(HttpListener door, int status, string body)
    {
        var context = await door.GetContextAsync();
        Assert.Equal("/fhir", context.Request.Url?.AbsolutePath);
        var asked = (context.Request.ContentType, context.Request.Headers["Authorization"]);
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
        return asked;
    }

    private static string Message(string id) => $"MSH|^~\\&|A|B|||20260101||ADT^A01|{id}|P|2.4\nPID|||1\n";

    private string File(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Task<int> SendAsync(Dictionary<string, string> variables, params string[] args) => SendCommand.RunAsync(
        args, () => Settings.Load(variables.GetValueOrDefault, _folder), _ => null, _output, _errors, TimeProvider.System, TestContext.Current.CancellationToken);
}
