using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>
/// The record built a second time beside the first: the same tables as temporary ones of this connection, so that nobody else
/// sees them, nothing of them is written ahead, and they are gone with the connection however it ends.
/// </summary>
internal sealed class Shadow(NpgsqlConnection connection, Replay replay, IProgress<long>? progress)
{
    private const int Most = 200;

    public static readonly IReadOnlyList<string> Tables =
    [
        "identifier", "identity", "trait", "former_number", "person", "person_link", "review", "merge", "source_link", "move", "version", "list_version",
        "document", "cutover", "crosswalk", "cover",
        .. ItemTables.All.Select(t => t.Name),
    ];

    private readonly HashSet<long> _replayed = [];
    private Projector _projector = new();

    public long Messages => _replayed.Count;

    /// <summary>Messages that were applied when they came and are not understood, or cannot be applied, today.</summary>
    public List<Difference> Unreadable { get; } = [];

    /// <summary>
    /// Makes the empty tables. From here on the search path names them only: a table forgotten here is an error, and never a
    /// write to the real record. What humans ruled, and what each identity was given, is taken over from the record.
    /// </summary>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        // Nobody analyses a temporary table by itself, so the planner would think it empty and scan it whole.
        await connection.RunAsync("set temp_buffers = '128MB'; set enable_seqscan = off; set search_path = pg_temp", cancellation);
        foreach (var table in Tables)
            await connection.RunAsync($"create temp table \"{table}\" (like {RecordSchema.Name}.\"{table}\" including all)", cancellation);
        await connection.RunAsync($"""
            insert into review select * from {RecordSchema.Name}.review where decision in ('same', 'apart') and lifted_at is null;
            insert into cutover select * from {RecordSchema.Name}.cutover;
            insert into crosswalk select * from {RecordSchema.Name}.crosswalk
            """, cancellation);
        _projector = new Projector(new ProjectorOptions { Alone = true, Origins = await OriginsAsync(cancellation) });
    }

    /// <summary>
    /// Whether what covers what here follows from the cutovers as the record has them now; they were copied when this was made. To be asked
    /// when nobody else can change them.
    /// </summary>
    public async Task<bool> IsOfTheseCutoversAsync(CancellationToken cancellation) => await connection.CountAsync($"""
        with r as (select id, crosswalk, drained_at from {RecordSchema.Name}.cutover), s as (select id, crosswalk, drained_at from pg_temp.cutover)
        select count(*) from ((table r except table s) union all (table s except table r)) d
        """, cancellation) == 0;

    /// <summary>Replays every applied message not replayed yet, within the connection's transaction.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        var order = await replay.OrderAsync(connection, cancellation);
        foreach (var ids in order.Where(id => !_replayed.Contains(id)).Chunk(Most))
        {
            var messages = await replay.ReadAsync(connection, ids, cancellation);
            foreach (var message in messages.Where(m => m.Facts is null))
                Unreadable.Add(Difference.OfMessage(message.Id, message.Why ?? "no longer understood"));
            await ApplyAsync([.. messages.Where(m => m.Facts is not null).Select(m => m.Facts!)], cancellation);
            _replayed.UnionWith(ids);
            progress?.Report(_replayed.Count);
        }
    }

    /// <summary>Messages that are in no inbox yet.</summary>
    public Task AddAsync(IReadOnlyList<MessageFacts> messages, CancellationToken cancellation) => ApplyAsync(messages, cancellation);

    private async Task ApplyAsync(IReadOnlyList<MessageFacts> messages, CancellationToken cancellation)
    {
        if (await TryAsync(messages, cancellation) is null)
            return;
        foreach (var message in messages)
        {
            if (await TryAsync([message], cancellation) is { } why)
                Unreadable.Add(Difference.OfMessage(message.MessageId, $"cannot be applied: {why}"));
        }
    }

    /// <summary>Null, or why not; then as if it had not been tried.</summary>
    private async Task<string?> TryAsync(IReadOnlyList<MessageFacts> messages, CancellationToken cancellation)
    {
        await connection.RunAsync("savepoint batch", cancellation);
        try
        {
            await _projector.ApplyAsync(connection, messages, cancellation);
            await connection.RunAsync("release savepoint batch", cancellation);
            return null;
        }
        catch (PostgresException e)
        {
            await connection.RunAsync("rollback to savepoint batch", cancellation);
            return $"PostgreSQL {e.SqlState}";
        }
    }

    private async Task<Dictionary<Guid, IdentityOrigin>> OriginsAsync(CancellationToken cancellation)
    {
        var origins = new Dictionary<Guid, IdentityOrigin>();
        await using var command = new NpgsqlCommand($"select id, home, own_person_id from {RecordSchema.Name}.identity", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            origins.Add(reader.GetGuid(0), new IdentityOrigin(reader.GetGuid(1), reader.GetGuid(2)));
        return origins;
    }
}
