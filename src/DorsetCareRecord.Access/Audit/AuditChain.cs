using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Audit;

/// <summary>The end of a chain, as this process last left it.</summary>
internal sealed record ChainHead(long Link, byte[] Hash);

/// <summary>
/// Writes lines to the end of a chain. Whoever wrote the line before knows the end already and needs one round trip, a transaction by itself:
/// the head is moved only from where it was thought to be, and nothing is written unless it was. Else the head is locked and read first.
/// </summary>
internal static class AuditChain
{
    private const string LockHead = """
        select h.link, h.hash, array(select nextval('access.audit_seq_seq') from generate_series(1, $2))
        from access.audit_head h where h.chain = $1 for update
        """;

    private const string BeginChain = "insert into access.audit_head (chain, link, hash) values ($1, 0, '') on conflict (chain) do nothing";

    /// <summary>
    /// What a page showed follows the committed note of its opening and may be a moment behind it on disk, alone: losing the
    /// server's power within that moment loses the list of versions, never the fact that somebody looked. The next note's
    /// commit flushes it.
    /// </summary>
    private const string MoveHead = """
        update access.audit_head set link = $2, hash = $3 where chain = $1 and link = $4 and hash = $5
            and ($6 is not true or set_config('synchronous_commit', 'off', true) is not null)
        """;

    private const string InsertNote = $"""
        insert into access.audit (chain, link, hash, seq, occurred_at, action, outcome, purpose, person_id, sections, rules, entry_id,
            searched, found, account_id, issuer, subject, name, role, organisation, session_id, address, request_id, version)
        overriding system value
        select $1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26 {IfMoved}
        """;

    private const string InsertShown = $"""
        insert into access.audit_shown (chain, link, hash, audit_seq, part, entries, messages, withheld)
        select $1, $4, $5, $6, $7, $8, $9, $10 {IfMoved}
        """;

    private const string IfMoved = "where exists (select from access.audit_head where chain = $1 and link = $2 and hash = $3)";

    /// <param name="last">The head as this process left it; null when it does not know.</param>
    /// <returns>The notes' numbers, and the new head.</returns>
    internal static async Task<(long[] Numbers, ChainHead Head)> AppendAsync(
        NpgsqlDataSource source, string chain, IReadOnlyList<Line> lines, ChainHead? last)
    {
        await using var connection = await source.OpenConnectionAsync();
        if (last is not null && lines.All(line => line is not NoteLine { Seq: 0 }) && await TryAsync(connection, null, chain, lines, last) is { } done)
            return done;
        await using var transaction = await connection.BeginTransactionAsync();
        var (head, seqs) = await HeadAsync(connection, transaction, chain, lines.Count(line => line is NoteLine { Seq: 0 }));
        var next = 0;
        Line[] numbered = [.. lines.Select(line => line is NoteLine { Seq: 0 } note ? note with { Seq = seqs[next++] } : line)];
        done = await TryAsync(connection, transaction, chain, numbered, head)
            ?? throw new InvalidOperationException("The head of a chain moved while it was locked.");
        await transaction.CommitAsync();
        return done;
    }

    /// <summary>One round trip, and without a transaction given, one transaction. Null, with nothing written, when the head is not where it was.</summary>
    private static async Task<(long[] Numbers, ChainHead Head)?> TryAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string chain, IReadOnlyList<Line> lines, ChainHead last)
    {
        var chained = new List<(Line Line, byte[] Hash)>(lines.Count);
        var (link, hash) = last;
        foreach (var line in lines)
        {
            var placed = line with { Link = ++link };
            chained.Add((placed, hash = placed.Hash(hash, chain)));
        }

        var head = new ChainHead(link, hash);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var move = Command(MoveHead, chain, head);
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last.Link });
        move.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = last.Hash });
        move.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = !lines.Any(line => line is NoteLine) });
        batch.BatchCommands.Add(move);
        foreach (var (line, its) in chained)
            batch.BatchCommands.Add(Insert(chain, head, line, its));
        var rows = await batch.ExecuteNonQueryAsync();
        if (rows != 0 && rows != 1 + lines.Count)
            throw new InvalidOperationException("A chain took some of its lines and not others.");
        return rows == 0 ? null : ([.. chained.Select(one => one.Line.Number)], head);
    }

    private static async Task<(ChainHead Head, long[] Seqs)> HeadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string chain, int notes)
    {
        while (true)
        {
            await using (var read = new NpgsqlCommand(LockHead, connection, transaction))
            {
                read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
                read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = notes });
                await using var row = await read.ExecuteReaderAsync();
                if (await row.ReadAsync())
                    return (new ChainHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), row.GetFieldValue<long[]>(2));
            }

            await using var begin = new NpgsqlCommand(BeginChain, connection, transaction);
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
            await begin.ExecuteNonQueryAsync();
        }
    }

    private static NpgsqlBatchCommand Insert(string chain, ChainHead head, Line line, byte[] hash) => line switch
    {
        NoteLine note => Insert(chain, head, note, hash),
        ShownLine shown => Insert(chain, head, shown, hash),
        _ => throw new ArgumentException("A chain holds notes and what they showed.", nameof(line)),
    };

    private static NpgsqlBatchCommand Insert(string chain, ChainHead head, NoteLine note, byte[] hash)
    {
        var command = Command(InsertNote, chain, head);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<long> { TypedValue = note.Link });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = note.Seq });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = note.OccurredAt });
        Text(note.Action);
        Text(note.Outcome);
        Text(note.Purpose);
        Id(note.Person);
        parameters.Add(new NpgsqlParameter<short[]> { TypedValue = note.Sections });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = note.Rules });
        Id(note.Entry);
        Text(note.Searched);
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = note.Found });
        Id(note.Account);
        Text(note.Issuer);
        Text(note.Subject);
        Text(note.Name);
        Text(note.Role);
        Text(note.Organisation);
        Id(note.Session);
        Text(note.Address);
        Text(note.RequestId);
        Text(note.Version);
        return command;

        void Text(string? value) =>
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });
        void Id(Guid? value) =>
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)value ?? DBNull.Value });
    }

    private static NpgsqlBatchCommand Insert(string chain, ChainHead head, ShownLine shown, byte[] hash)
    {
        var command = Command(InsertShown, chain, head);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = shown.Link });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = shown.AuditSeq });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = shown.Part });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = shown.Entries });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = shown.Messages });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = shown.Withheld });
        return command;
    }

    /// <summary>All begin with the chain and where its head will be.</summary>
    private static NpgsqlBatchCommand Command(string sql, string chain, ChainHead head) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = chain },
            new NpgsqlParameter<long> { TypedValue = head.Link },
            new NpgsqlParameter<byte[]> { TypedValue = head.Hash },
        },
    };
}
