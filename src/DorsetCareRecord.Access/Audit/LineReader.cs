using Npgsql;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Streams the lines of one table of one chain, in order, one at a time: a chain of any length takes no memory.</summary>
internal sealed class LineReader : IAsyncDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _row;
    private readonly Func<NpgsqlDataReader, Line> _read;

    private LineReader(NpgsqlCommand command, NpgsqlDataReader row, Func<NpgsqlDataReader, Line> read) =>
        (_command, _row, _read) = (command, row, read);

    /// <summary>Null after the last.</summary>
    internal (Line Line, byte[] Hash)? Current { get; private set; }

    internal static async Task<LineReader> OpenAsync(
        NpgsqlDataSource source, string sql, string chain, Func<NpgsqlDataReader, Line> read, CancellationToken cancel)
    {
        var command = source.CreateCommand(sql);
        command.CommandTimeout = 0; // a chain of years takes minutes
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        var reader = new LineReader(command, await command.ExecuteReaderAsync(cancel), read);
        await reader.MoveAsync(cancel);
        return reader;
    }

    internal async ValueTask MoveAsync(CancellationToken cancel) =>
        Current = await _row.ReadAsync(cancel) ? (_read(_row), _row.GetFieldValue<byte[]>(2)) : null;

    internal static Line Note(NpgsqlDataReader row) => new NoteLine
    {
        Link = row.GetInt64(1),
        Seq = row.GetInt64(3),
        OccurredAt = row.GetDateTime(4),
        Action = row.GetString(5),
        Outcome = row.GetString(6),
        Purpose = Text(row, 7),
        Person = Id(row, 8),
        Sections = row.GetFieldValue<short[]>(9),
        Rules = row.GetFieldValue<string[]>(10),
        Entry = Id(row, 11),
        Searched = Text(row, 12),
        Found = row.GetFieldValue<Guid[]>(13),
        Account = Id(row, 14),
        Issuer = Text(row, 15),
        Subject = Text(row, 16),
        Name = Text(row, 17),
        Role = Text(row, 18),
        Organisation = Text(row, 19),
        Session = Id(row, 20),
        Address = Text(row, 21),
        RequestId = Text(row, 22),
        Version = row.GetString(23),
    };

    internal static Line Shown(NpgsqlDataReader row) => new ShownLine
    {
        Link = row.GetInt64(1),
        AuditSeq = row.GetInt64(3),
        Part = row.GetInt32(4),
        Entries = row.GetFieldValue<Guid[]>(5),
        Messages = row.GetFieldValue<long[]>(6),
        Withheld = row.GetFieldValue<string[]>(7),
    };

    public async ValueTask DisposeAsync()
    {
        await _row.DisposeAsync();
        await _command.DisposeAsync();
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
