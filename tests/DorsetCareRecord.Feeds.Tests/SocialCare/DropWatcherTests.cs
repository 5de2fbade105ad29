using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

/// <summary>A folder is taken when it is whole, moved after commit, and never deleted.</summary>
public sealed class DropWatcherTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _drop = Directory.CreateTempSubdirectory("dcr-drop-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private readonly List<Delivery> _deliveries = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_an_extract_is_whole_then_it_is_stored_once_and_moved_to_done()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var watcher = Watcher(room.Inbox.AcceptAsync);
        await watcher.LookAsync(Cancellation);
        Write("dcc", "night-1", Extract.OfEdith());

        await watcher.LookAsync(Cancellation);
        await watcher.LookAsync(Cancellation);

        Assert.Equal(1, (await room.CountAsync(SourceCodes.SocialCareDorset)).Waiting);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_drop, "dcc", "done", "night-1")).Length);
        Assert.False(Directory.Exists(Path.Combine(_drop, "dcc", "night-1")));
    }

    [Fact]
    public async Task When_there_is_no_manifest_yet_then_the_extract_is_left_alone()
    {
        var watcher = Watcher();
        Write("dcc", "night-1", Extract.OfEdith());
        File.Delete(Path.Combine(_drop, "dcc", "night-1", "manifest.csv"));

        await watcher.LookAsync(Cancellation);
        _time.Advance(TimeSpan.FromHours(1));
        await watcher.LookAsync(Cancellation);

        Assert.Empty(_deliveries);
    }

    [Fact]
    public async Task When_the_extract_does_not_match_then_it_waits_and_then_is_stored_and_put_in_quarantine()
    {
        var watcher = Watcher();
        Write("dcc", "night-1", Extract.OfEdith().Spoilt("service.csv", "half a fi"));

        await watcher.LookAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(59));
        await watcher.LookAsync(Cancellation);
        var early = _deliveries.Count;
        _time.Advance(TimeSpan.FromSeconds(1));
        await watcher.LookAsync(Cancellation);

        Assert.Equal(0, early);
        Assert.True(Directory.Exists(Path.Combine(_drop, "dcc", "quarantine", "night-1")));
        var parked = Assert.IsType<NotUnderstood>(Extract.Read(Assert.Single(_deliveries).Body.ToArray())).Fault;
        Assert.Equal((Reasons.ManifestMismatch, "service.csv"), (parked.Reason, parked.Place));
    }

    [Fact]
    public async Task When_a_file_is_replaced_while_it_is_looked_at_then_the_extract_waits_and_nothing_of_it_is_read()
    {
        var watcher = Watcher();
        Write("dcc", "night-1", Extract.OfEdith());
        File.WriteAllText(Path.Combine(_drop, "dcc", "night-1", "service.csv"), "service_id,person_id,service_type,status\r\n");

        await watcher.LookAsync(Cancellation);

        Assert.Empty(_deliveries);
        Assert.True(Directory.Exists(Path.Combine(_drop, "dcc", "night-1")));
    }

    [Fact]
    public async Task When_the_last_bytes_come_late_then_the_extract_is_taken_whole()
    {
        var watcher = Watcher();
        Write("dcc", "night-1", Extract.OfEdith().Spoilt("service.csv", "half a fi"));
        await watcher.LookAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(50));
        Write("dcc", "night-1", Extract.OfEdith());

        await watcher.LookAsync(Cancellation);

        Assert.IsType<Understood>(Extract.Read(Assert.Single(_deliveries).Body.ToArray()));
        Assert.True(Directory.Exists(Path.Combine(_drop, "dcc", "done", "night-1")));
    }

    [Fact]
    public async Task When_it_cannot_be_stored_then_it_stays_and_is_taken_later()
    {
        var isDown = true;
        var watcher = Watcher((delivery, cancellation) => isDown
            ? throw new InboxUnavailableException("down", null)
            : Keep(delivery, cancellation));
        Write("bop", "night-1", Extract.OfEdith());
        File.WriteAllText(
            Path.Combine(_drop, "bop", "night-1", "manifest.csv"),
            File.ReadAllText(Path.Combine(_drop, "bop", "night-1", "manifest.csv")).Replace(",815,", ",813,", StringComparison.Ordinal));

        await watcher.LookAsync(Cancellation);
        var stayed = Directory.Exists(Path.Combine(_drop, "bop", "night-1"));
        isDown = false;
        await watcher.LookAsync(Cancellation);

        Assert.True(stayed);
        Assert.Equal((SourceCodes.SocialCarePoole, "night-1"), _deliveries.Select(d => (d.Source, d.ControlId!)).Single());
    }

    [Fact]
    public async Task When_the_same_extract_comes_again_then_it_is_a_duplicate_and_both_folders_are_kept()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var watcher = Watcher(room.Inbox.AcceptAsync);
        Write("dcc", "night-1", Extract.OfEdith());
        await watcher.LookAsync(Cancellation);
        Write("dcc", "night-1", Extract.OfEdith());
        await watcher.LookAsync(Cancellation);

        var drained = await room.DrainAllAsync(new RecordingWork());

        Assert.Equal((1, 1), (drained.Applied, drained.Duplicates));
        Assert.Equal(["night-1", "night-1-2"], Directory.GetDirectories(Path.Combine(_drop, "dcc", "done")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task When_one_extract_is_broken_then_the_next_is_taken_all_the_same()
    {
        var watcher = Watcher();
        Write("dcc", "night-1", Extract.OfEdith().WithManifest(_ => "\0\"broken"));
        Write("dcc", "night-2", Extract.OfEdith());

        await watcher.LookAsync(Cancellation);

        Assert.Equal("night-2", Assert.Single(_deliveries).ControlId);
    }

    public void Dispose() => Directory.Delete(_drop, recursive: true);

    private DropWatcher Watcher(Func<Delivery, CancellationToken, Task<long>>? accept = null) =>
        new(new DropSettings(_drop), accept ?? Keep, _time, NullLogger<DropWatcher>.Instance);

    private Task<long> Keep(Delivery delivery, CancellationToken cancellation)
    {
        _deliveries.Add(delivery);
        return Task.FromResult((long)_deliveries.Count);
    }

    private void Write(string council, string name, Extract extract)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_drop, council, name)).FullName;
        foreach (var (file, bytes) in extract.Files())
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
    }
}
