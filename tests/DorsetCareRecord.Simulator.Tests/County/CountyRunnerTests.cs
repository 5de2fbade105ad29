using System.Net;
using System.Text;
using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Sending;
using DorsetCareRecord.Simulator.Tests.Sending;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.County;

/// <summary>The whole county against receivers on loopback.</summary>
public sealed class CountyRunnerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-county-").FullName;
    private readonly HttpListener _door = new();
    private readonly List<string> _bundles = [];
    private Task _answering = Task.CompletedTask;
    private string _doorAddress = "";

    public ValueTask InitializeAsync()
    {
        _doorAddress = $"http://127.0.0.1:{FreePort.Find()}/";
        _door.Prefixes.Add(_doorAddress);
        _door.Start();
        _answering = AnswerAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _door.Stop();
        await _answering;
        ((IDisposable)_door).Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task When_it_is_loaded_then_everyone_was_sent_once_and_one_patient_stayed_on_one_connection()
    {
        await using var peer = new Peer(Peer.Accept);

        await CountyRunner.RunAsync(Options(peer), null, TestContext.Current.CancellationToken);

        var expected = new SyntheticCounty(5, 40, Day()).People.Sum(person => new SyntheticCounty(5, 40, Day()) is var county
            ? person.Hospitals.Sum(registration => county.Hospital(county.HistoryOf(person), registration).Count()) : 0);
        Assert.Equal(expected, peer.Received.Count);
        Assert.Equal(40, _bundles.Count);
        foreach (var patient in peer.Received.GroupBy(one => PatientOf(one.Body)))
            Assert.Single(patient.Select(one => one.Connection).Distinct());
        foreach (var council in (string[])["dcc", "bbc", "bop"])
        {
            var extracts = Directory.GetDirectories(Path.Combine(_folder, "drop", council));
            Assert.Equal(2, extracts.Length); // adults and children
            Assert.All(extracts, extract => Assert.True(File.Exists(Path.Combine(extract, "manifest.csv"))));
        }
    }

    [Fact]
    public async Task When_an_answer_is_missing_then_the_same_message_comes_again()
    {
        var dropped = 0;
        await using var peer = new Peer(message => Interlocked.Increment(ref dropped) % 10 == 3 ? null : Peer.Accept(message));

        await CountyRunner.RunAsync(Options(peer), null, TestContext.Current.CancellationToken);

        var bodies = peer.Received.Select(one => (Id: Peer.ControlIdOf(Encoding.Latin1.GetString(one.Body)), Body: Convert.ToHexString(one.Body))).ToList();
        Assert.Equal(peer.Received.Count - dropped / 10 - (dropped % 10 >= 3 ? 1 : 0), bodies.Distinct().Count());
        Assert.Equal(bodies.Distinct().Count(), bodies.Select(one => one.Id + one.Body[..60]).Distinct().Count());
    }

    [Fact]
    public async Task When_it_is_started_again_then_it_goes_on_and_repeats_no_backload()
    {
        await using var peer = new Peer(Peer.Accept);
        await CountyRunner.RunAsync(Options(peer), null, TestContext.Current.CancellationToken);
        var loaded = peer.Received.Count;

        await LiveUntilAsync(peer, loaded + 25);
        var first = peer.Received.Count;
        await LiveUntilAsync(peer, first + 25);

        var live = peer.Received.Skip(loaded).Select(one => (Id: Peer.ControlIdOf(Encoding.Latin1.GetString(one.Body)), Body: Convert.ToHexString(one.Body))).ToList();
        Assert.True(live.Count >= 50);
        var backloaded = peer.Received.Take(loaded).Select(one => Convert.ToHexString(one.Body)).ToHashSet();
        Assert.DoesNotContain(live, one => backloaded.Contains(one.Body));

        // The same control id may come again only with the very same bytes.
        var sources = live.GroupBy(one => one.Id);
        Assert.All(sources, source => Assert.Single(source.Select(one => one.Body).Distinct()));
    }

    [Fact]
    public async Task When_another_county_was_kept_then_it_says_so()
    {
        await using var peer = new Peer(Peer.Accept);
        await CountyRunner.RunAsync(Options(peer), null, TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<SendException>(() => CountyRunner.RunAsync(Options(peer) with { People = 41 }, null, TestContext.Current.CancellationToken));

        Assert.Contains("--fresh", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_progress_is_no_terminal_then_plain_lines_tell_it()
    {
        using var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: false);

        for (var done = 0; done <= 100; done++)
            bar.Report(new CountyProgress(done, 100, done * 10, 0, 0, 50, TimeSpan.FromSeconds(done), IsLive: done == 100));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 10, 12);
        Assert.StartsWith("Loading the county: 100%  100 of 100 people, 1,000 messages", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', output.ToString().Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private async Task LiveUntilAsync(Peer peer, int count)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = CountyRunner.RunAsync(Options(peer) with { Rate = 100 }, null, stop.Token);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (peer.Received.Count < count && !running.IsCompleted && await beat.WaitForNextTickAsync(stop.Token))
        {
            // Until enough came.
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static string PatientOf(byte[] body)
    {
        var segments = Encoding.Latin1.GetString(body).Split('\r');
        return segments[0].Split('|')[3] + segments.First(segment => segment.StartsWith("PID", StringComparison.Ordinal)).Split('|')[3].Split('^')[0];
    }

    private static DateOnly Day() => LondonClock.DayOf(TimeProvider.System.GetUtcNow());

    private CountyOptions Options(Peer peer) => new()
    {
        Seed = 5,
        People = 40,
        Rate = 0,
        Connections = 4,
        StateFile = Path.Combine(_folder, "county.json"),
        SystemC = peer.Address,
        Camis = peer.Address,
        CareCentric = peer.Address,
        Door = new Uri(_doorAddress),
        DoorKey = "key",
        DropFolder = Path.Combine(_folder, "drop"),
        AnswerWithin = TimeSpan.FromSeconds(10),
    };

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _door.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                lock (_bundles)
                    _bundles.Add(body);
                context.Response.StatusCode = 202;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
