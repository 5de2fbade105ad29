using System.Collections.Concurrent;
using System.Threading.Channels;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>Something of a person's record changed: which sections, never what.</summary>
public sealed record RecordChange(IReadOnlyList<Section> Sections);

/// <summary>
/// Who waits for changes of whom. One listening connection a process, however many pages are open; each page has a small
/// queue of its own, and one that does not keep up is told "everything" instead of holding up the rest.
/// </summary>
public sealed class RecordChanges(AccessDatabase database, TimeProvider clock)
{
    /// <summary>Clocks of several portals, and the moment between reading a page and stamping it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private static readonly RecordChange Everything = new(Enum.GetValues<Section>());

    private readonly ConcurrentDictionary<RecordWatch, bool> _watching = new();
    private readonly RecentChanges _recent = new();

    private readonly Channel<Guid?> _all = Channel.CreateBounded<Guid?>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Everybody whose results or encounters changed, for whoever tells the news; null when some were not heard of.</summary>
    public ChannelReader<Guid?> Everybody => _all.Reader;

    /// <summary>While false, open pages hear of nothing.</summary>
    public bool IsListening { get; private set; }

    /// <summary>
    /// Listens until cancelled or until the connection fails, which throws; the caller tries again. Whatever was missed in
    /// between is unknown, so every open page is told that everything may have changed.
    /// </summary>
    public async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenListenerAsync(cancel);
        connection.Notification += (_, notification) =>
        {
            if (notification.Channel == SessionRows.Channel)
                Wake(notification.Payload);
            else
                Tell(notification.Payload);
        };
        await using (var listen = new NpgsqlCommand($"listen {Projection.Schema.RecordSchema.Channel}; listen {SessionRows.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        _recent.Forget(clock.GetUtcNow());
        foreach (var watch in _watching.Keys)
            watch.Tell(Everything);
        _all.Writer.TryWrite(null);
        // Only now: whoever begins to watch from here on was not listening through the gap.
        IsListening = true;
        try
        {
            while (true)
                await connection.WaitAsync(cancel);
        }
        finally
        {
            IsListening = false;
        }
    }

    /// <summary>Begins to wait for changes of one person.</summary>
    /// <param name="may">Sections the viewer may know of, as <see cref="Door.SectionsAsync"/> says.</param>
    /// <param name="since">When the page was read: what changed between then and now is told first.</param>
    public RecordWatch Watch(Viewer viewer, Guid person, IReadOnlySet<Section> may, DateTimeOffset since)
    {
        var watch = new RecordWatch(viewer.Session, person, may, gone => _watching.TryRemove(gone, out _));
        _watching[watch] = true;
        if (_recent.MayHaveChanged(person, since - Slack))
            watch.Tell(Everything);
        return watch;
    }

    /// <summary>A session ended: its pages ask again who they are, at once.</summary>
    private void Wake(string payload)
    {
        if (!Guid.TryParse(payload, out var session))
            return;
        foreach (var watch in _watching.Keys)
        {
            if (watch.Session == session)
                watch.Wake();
        }
    }

    /// <summary>Payload: <c>{person id}:{section numbers, comma separated}</c>, or <c>*</c> for everybody. One that says otherwise is about everything.</summary>
    private void Tell(string payload)
    {
        if (payload == "*")
        {
            // Whoever begins to watch from here on may have read the page before: what they missed is not known.
            _recent.Forget(clock.GetUtcNow());
            foreach (var watch in _watching.Keys)
                watch.Tell(Everything);
            return;
        }

        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (!Guid.TryParse(colon < 0 ? payload : payload[..colon], out var person))
            return;
        var sections = colon < 0 ? [] : payload[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => short.TryParse(text, out var number) ? (Section)number : default)
            .Where(Enum.IsDefined).ToList();
        var change = sections.Count == 0 ? Everything : new RecordChange(sections);
        _recent.Remember(person, clock.GetUtcNow());
        if (change.Sections.Any(section => section is Section.Results or Section.Encounters))
            _all.Writer.TryWrite(person);
        foreach (var watch in _watching.Keys)
        {
            if (watch.Person == person)
                watch.Tell(change);
        }
    }
}
