using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>Where acts are asked for and their outcome is read; needs no more than the portal's right.</summary>
public sealed class ActDesk(NpgsqlDataSource database)
{
    private const string Insert = """
        with asked as (
          insert into inbox.act (id, kind, about, args, account, name, organisation, why)
          values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1)
        select pg_notify('inbox_act', '') from asked
        """;

    private const string Columns = "id, kind, about, account, name, organisation, why, asked_at, done_at, outcome, answer::text";

    /// <summary>Between two looks at an act that somebody waits for.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Asks for an act and returns when that is committed; the worker hears of it at once. The same <paramref name="id"/> again is the
    /// same act and changes nothing.
    /// </summary>
    /// <param name="args">The handler's arguments.</param>
    public async Task AskAsync(
        Guid id, string kind, string? about, object args, Asker by, string why, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(by);
        await using var command = database.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        Text(kind);
        Text(about);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(args, args.GetType(), ActJson.Options),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)by.Account ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        Text(by.Name);
        Text(by.Organisation);
        Text(why);
        await command.ExecuteNonQueryAsync(cancellation);

        void Text(string? value) =>
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
    }

    /// <summary>Null when nobody asked for such an act.</summary>
    public async Task<AskedAct?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from inbox.act where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The act once it is done, or as it stands when <paramref name="patience"/> is over: the worker may be busy or down.</summary>
    public async Task<AskedAct?> AwaitAsync(Guid id, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(time);
        var began = time.GetTimestamp();
        while (true)
        {
            var act = await FindAsync(id, cancellation);
            if (act is null or { Outcome: not null } || time.GetElapsedTime(began) >= patience)
                return act;
            await Task.Delay(Look, time, cancellation);
        }
    }

    /// <summary>The latest acts, newest first.</summary>
    /// <param name="about">Only those about this; null for all.</param>
    public async Task<IReadOnlyList<AskedAct>> LatestAsync(string? about, int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(about is null
            ? $"select {Columns} from inbox.act order by asked_at desc, id desc limit $1"
            : $"select {Columns} from inbox.act where about = $2 order by asked_at desc, id desc limit $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        if (about is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = about });
        return await ReadAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<AskedAct>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var acts = new List<AskedAct>();
        while (await reader.ReadAsync(cancellation))
        {
            acts.Add(new AskedAct(
                reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                new Asker(reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.GetString(4), reader.GetString(5)),
                reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                reader.IsDBNull(9) ? null : OutcomeOf(reader.GetString(9)),
                reader.IsDBNull(10) ? null : JsonElement.Parse(reader.GetString(10))));
        }

        return acts;
    }

    internal static string NameOf(ActOutcome outcome) => outcome switch
    {
        ActOutcome.Done => "done",
        ActOutcome.Refused => "refused",
        ActOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static ActOutcome OutcomeOf(string name) => name switch
    {
        "done" => ActOutcome.Done,
        "refused" => ActOutcome.Refused,
        "failed" => ActOutcome.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
