using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Writes lines to the end of a chain, in one transaction of two round trips and a commit.</summary>
internal static class AuditChain
{
    private const string LockHead = """
        select h.link, h.hash, array(select nextval('access.audit_seq_seq') from generate_series(1, $2)),
            case when $3 then set_config('synchronous_commit', 'off', true) end
        from access.audit_head h where h.chain = $1 for update
        """;

    private const string BeginChain = "insert into access.audit_head (chain, link, hash) values ($1, 0, '') on conflict (chain) do nothing";

    private const string InsertNote = """
        insert into access.audit (chain, link, hash, seq, occurred_at, action, outcome, purpose, person_id, sections, rules, entry_id,
            searched, found, account_id, issuer, subject, name, role, organisation, session_id, address, request_id, version)
        overriding system value
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """;

    private const string InsertShown = """
        insert into access.audit_shown (chain, link, hash, audit_seq, part, entries, messages, withheld)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string MoveHead = "update access.audit_head set link = $2, hash = $3 where chain = $1";

    /// <summary>
    /// What a page showed follows the committed note of its opening and may be a moment behind it on disk, alone: losing the
    /// server's power within that moment loses the list of versions, never the fact that somebody looked. The next note's
    /// commit flushes it.
    /// </summary>
    internal static async Task<long[]> AppendAsync(NpgsqlDataSource source, string chain, IReadOnlyList<Line> lines)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var notes = lines.Count(line => line is NoteLine);
        var (link, hash, seqs) = await HeadAsync(connection, transaction, chain, notes, isRelaxed: notes == 0);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var numbers = new long[lines.Count];
        var next = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            link++;
            switch (lines[i])
            {
                case NoteLine note:
                    note = note with { Link = link, Seq = seqs[next++] };
                    batch.BatchCommands.Add(Insert(chain, note, hash = note.Hash(hash, chain)));
                    numbers[i] = note.Seq;
                    break;
                case ShownLine shown:
                    shown = shown with { Link = link };
                    batch.BatchCommands.Add(Insert(chain, shown, hash = shown.Hash(hash, chain)));
                    numbers[i] = shown.AuditSeq;
                    break;
                default:
                    throw new ArgumentException("A chain holds notes and what they showed.", nameof(lines));
            }
        }

        var move = new NpgsqlBatchCommand(MoveHead);
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = link });
        move.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        batch.BatchCommands.Add(move);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return numbers;
    }

    private static async Task<(long Link, byte[] Hash, long[] Seqs)> HeadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string chain, int notes, bool isRelaxed)
    {
        while (true)
        {
            await using (var read = new NpgsqlCommand(LockHead, connection, transaction))
            {
                read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
                read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = notes });
                read.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isRelaxed });
                await using var row = await read.ExecuteReaderAsync();
                if (await row.ReadAsync())
                    return (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<long[]>(2));
            }

            await using var begin = new NpgsqlCommand(BeginChain, connection, transaction);
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
            await begin.ExecuteNonQueryAsync();
        }
    }

    private static NpgsqlBatchCommand Insert(string chain, NoteLine note, byte[] hash)
    {
        var command = new NpgsqlBatchCommand(InsertNote);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
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

    private static NpgsqlBatchCommand Insert(string chain, ShownLine shown, byte[] hash)
    {
        var command = new NpgsqlBatchCommand(InsertShown);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = shown.Link });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = shown.AuditSeq });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = shown.Part });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = shown.Entries });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = shown.Messages });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = shown.Withheld });
        return command;
    }
}
