using System.Text.Json;
using System.Text.Json.Serialization;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>Moves messages from waiting to their outcome, in the transaction that applied them.</summary>
internal sealed class Settling(DateTimeOffset now)
{
    private const string Delete = "delete from inbox.waiting where message_id = any ($1)";

    private const string InsertSettled = """
        insert into inbox.settled (message_id, received_at, source, outcome, duplicate_of, facts, remarks, adapter_version, settled_at)
        select s.message_id, s.received_at, s.source, s.outcome, s.duplicate_of, s.facts, s.remarks::jsonb, $8, $9
        from unnest($1, $2, $3, $4, $5, $6, $7) as s (message_id, received_at, source, outcome, duplicate_of, facts, remarks)
        order by s.message_id
        """;

    private const string InsertParked = """
        insert into inbox.parked (message_id, received_at, lane, source, reason, place, shape, attempts, parked_at, patients)
        select p.message_id, p.received_at, p.lane, p.source, p.reason, p.place, p.shape, p.attempts, $9,
          array(select patient from unnest($10, $11) as whose (message_id, patient) where whose.message_id = p.message_id)
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as p (message_id, received_at, lane, source, reason, place, shape, attempts)
        """;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly List<SettledRow> _settled = [];
    private readonly List<ParkedRow> _parked = [];

    public Drained Drained { get; private set; }

    /// <summary>Has the messages applied and writes what became of each; neither commits nor rolls back.</summary>
    public static async Task<Settling> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DueMessage> due, ILaneWork work, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var settling = new Settling(now);
        var fresh = due.Where(d => d.DuplicateOf is null).ToList();
        foreach (var duplicate in due.Where(d => d.DuplicateOf is not null))
            settling.AddDuplicate(duplicate);

        if (fresh.Count > 0)
        {
            var settlements = await work.ApplyAsync(connection, transaction, [.. fresh.Select(d => d.Message)], cancellation);
            if (settlements.Count != fresh.Count)
                throw new InvalidOperationException("Every message needs exactly one settlement.");
            for (var i = 0; i < fresh.Count; i++)
                settling.Add(fresh[i], settlements[i]);
        }

        await settling.WriteAsync(connection, cancellation);
        return settling;
    }

    public void Add(DueMessage due, Settlement settlement)
    {
        var reused = due.ControlIdReused ? [new Fault(Reasons.ControlIdReused)] : Array.Empty<Fault>();
        switch (settlement)
        {
            case Applied applied:
                Settle(due, "applied", null, applied.Facts, [.. applied.Remarks, .. reused]);
                Drained = Drained with { Applied = Drained.Applied + 1 };
                break;
            case NoConcern none:
                Settle(due, "no-concern", null, 0, [new Fault(none.Why), .. reused]);
                Drained = Drained with { NoConcern = Drained.NoConcern + 1 };
                break;
            case Parked parked:
                _parked.Add(new ParkedRow(due, due.Lane.Number, parked.Fault));
                Drained = Drained with { Parked = Drained.Parked + 1 };
                break;
        }
    }

    public void AddDuplicate(DueMessage due)
    {
        Settle(due, "duplicate", due.DuplicateOf, 0, []);
        Drained = Drained with { Duplicates = Drained.Duplicates + 1 };
    }

    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var ids = _settled.Select(s => s.Due.Message.Id).Concat(_parked.Select(p => p.Due.Message.Id)).ToArray();
        var delete = new NpgsqlBatchCommand(Delete) { Parameters = { Of(NpgsqlDbType.Bigint, ids) } };
        batch.BatchCommands.Add(delete);
        if (_settled.Count > 0)
            batch.BatchCommands.Add(SettledCommand());
        if (_parked.Count > 0)
            batch.BatchCommands.Add(ParkedCommand());
        await batch.PrepareAsync(cancellation);
        await batch.ExecuteNonQueryAsync(cancellation);

        // The lane's lock makes this impossible; if it happens all the same, nothing of it may be committed.
        if ((int)delete.RecordsAffected != ids.Length)
            throw new InvalidOperationException("Messages of a claimed lane were settled by another.");
    }

    private void Settle(DueMessage due, string outcome, long? duplicateOf, int facts, IReadOnlyList<Fault> remarks) =>
        _settled.Add(new SettledRow(due, outcome, duplicateOf, facts, remarks.Count == 0 ? null : JsonOf(remarks)));

    /// <summary>The first hundred; what repeats a thousand times in one message is understood after that.</summary>
    private static string JsonOf(IReadOnlyList<Fault> remarks) => JsonSerializer.Serialize(
        remarks.Take(100).Select(r => new Fault(r.Reason, StoredText.Of(r.Place), StoredText.Of(r.Shape))), Json);

    private NpgsqlBatchCommand SettledCommand() => new(InsertSettled)
    {
        Parameters =
        {
            Of(NpgsqlDbType.Bigint, _settled.Select(s => s.Due.Message.Id)),
            Of(NpgsqlDbType.TimestampTz, _settled.Select(s => s.Due.Message.ReceivedAt.UtcDateTime)),
            Of(NpgsqlDbType.Text, _settled.Select(s => s.Due.Message.Source)),
            Of(NpgsqlDbType.Text, _settled.Select(s => s.Outcome)),
            Of(NpgsqlDbType.Bigint, _settled.Select(s => s.DuplicateOf)),
            Of(NpgsqlDbType.Integer, _settled.Select(s => s.Facts)),
            Of(NpgsqlDbType.Text, _settled.Select(s => s.Remarks)),
            new NpgsqlParameter<short> { TypedValue = Adapters.Version },
            new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
        },
    };

    private NpgsqlBatchCommand ParkedCommand() => new(InsertParked)
    {
        Parameters =
        {
            Of(NpgsqlDbType.Bigint, _parked.Select(p => p.Due.Message.Id)),
            Of(NpgsqlDbType.TimestampTz, _parked.Select(p => p.Due.Message.ReceivedAt.UtcDateTime)),
            Of(NpgsqlDbType.Integer, _parked.Select(p => p.Lane)),
            Of(NpgsqlDbType.Text, _parked.Select(p => p.Due.Message.Source)),
            Of(NpgsqlDbType.Text, _parked.Select(p => p.Fault.Reason)),
            Of(NpgsqlDbType.Text, _parked.Select(p => StoredText.Of(p.Fault.Place))),
            Of(NpgsqlDbType.Text, _parked.Select(p => StoredText.Of(p.Fault.Shape))),
            Of(NpgsqlDbType.Integer, _parked.Select(p => p.Due.Attempts + 1)),
            new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
            Of(NpgsqlDbType.Bigint, Whose.Select(w => w.Message)),
            Of(NpgsqlDbType.Text, Whose.Select(w => w.Patient)),
        },
    };

    private IEnumerable<(long Message, string Patient)> Whose =>
        _parked.SelectMany(p => ParkedPatients.Of(p.Due.Message).Select(patient => (p.Due.Message.Id, StoredText.Of(patient) ?? "")));

    private static NpgsqlParameter<T[]> Of<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    private sealed record SettledRow(DueMessage Due, string Outcome, long? DuplicateOf, int Facts, string? Remarks);

    private sealed record ParkedRow(DueMessage Due, int Lane, Fault Fault);
}
