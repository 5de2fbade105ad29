using Npgsql;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A file that a source supplies whole, with its columns.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="File">By the layout (docs/feeds/socialcare.md).</param>
/// <param name="Columns">Their names.</param>
/// <param name="TakenAt">When the source took the extract.</param>
public sealed record SuppliedFile(string Source, string File, IReadOnlyList<string> Columns, DateTimeOffset TakenAt);

/// <summary>
/// What each council supplies, by its latest full extract of adults' and of children's files: what is not among these is not
/// supplied, which is not the same as none. Needs no more than the portal's role may see.
/// </summary>
public static class SourceCoverage
{
    private const string Select = """
        select e.source, e.file, e.columns, e.taken_at
        from inbox.extract_file e
        join (
          select distinct on (source, starts_with(file, 'ssd_')) message_id from inbox.extract_file where is_full
          order by source, starts_with(file, 'ssd_'), taken_at desc, message_id desc) latest on latest.message_id = e.message_id
        where e.is_full
        order by e.source, e.file
        """;

    public static async Task<IReadOnlyList<SuppliedFile>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand(Select);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var files = new List<SuppliedFile>();
        while (await reader.ReadAsync(cancellation))
            files.Add(new SuppliedFile(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return files;
    }
}
