using DorsetCareRecord.Record.Facts;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Files;

/// <summary>
/// Stands between a full extract and the record: what a full file lacks is ended, so one that lost many of its rows at once is
/// parked, and a person decides. Compared with the last full one that was applied, file by file. A rebuild does not ask again:
/// it replays what was applied.
/// </summary>
public sealed class ExtractGuard(CollapseSettings settings)
{
    private const string Before = """
        select distinct on (e.file) e.file, e.rows,
          exists (select from inbox.accepted_collapse where message_id = $3)
        from inbox.extract_file e
        where e.source = $1 and e.is_full and e.file = any ($2) and e.message_id <> $3
        order by e.file, e.taken_at desc, e.message_id desc
        """;

    private const string Insert = """
        insert into inbox.extract_file (message_id, file, source, is_full, rows, columns, taken_at)
        select $1, f.file, $2, f.is_full, f.rows, string_to_array(f.columns, ','), f.taken_at
        from unnest($3, $4, $5, $6, $7) f (file, is_full, rows, columns, taken_at)
        on conflict (message_id, file) do nothing
        """;

    /// <summary>Null when the extract may be applied; it is remembered then, in the same transaction.</summary>
    public async Task<Fault?> PassAsync(
        NpgsqlConnection connection, string source, long messageId, ExtractContents contents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(contents);
        if (await CollapsedAsync(connection, source, messageId, contents, cancellation) is { } fault)
            return fault;
        await RememberAsync(connection, source, messageId, contents, cancellation);
        return null;
    }

    private async Task<Fault?> CollapsedAsync(
        NpgsqlConnection connection, string source, long messageId, ExtractContents contents, CancellationToken cancellation)
    {
        var full = contents.Files.Where(f => f.IsFull).ToDictionary(f => f.Name, f => f.Rows);
        await using var command = new NpgsqlCommand(Before, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(Of(NpgsqlDbType.Text, full.Keys));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = messageId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (row.GetBoolean(2))
                return null;
            var (file, before) = (row.GetString(0), row.GetInt32(1));
            var lost = before - full[file];
            if (lost >= settings.LeastRows && lost * 100L > before * (long)settings.For(source))
                return new Fault(Reasons.CollapsedExtract, file, $"{full[file]} rows, {before} before");
        }

        return null;
    }

    private static async Task RememberAsync(
        NpgsqlConnection connection, string source, long messageId, ExtractContents contents, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = messageId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(Of(NpgsqlDbType.Text, contents.Files.Select(f => f.Name)));
        command.Parameters.Add(Of(NpgsqlDbType.Boolean, contents.Files.Select(f => f.IsFull)));
        command.Parameters.Add(Of(NpgsqlDbType.Integer, contents.Files.Select(f => f.Rows)));
        command.Parameters.Add(Of(NpgsqlDbType.Text, contents.Files.Select(f => string.Join(',', f.Columns))));
        command.Parameters.Add(Of(NpgsqlDbType.TimestampTz, contents.Files.Select(f => f.TakenAt.UtcDateTime)));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter<T[]> Of<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
