using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Which letters a viewer has opened. A letter is read in the content they saw, so one whose file has changed since is
/// unread again, and one that is merely said again is not.
/// </summary>
public sealed class ReadLetters(AccessDatabase database, TimeProvider clock)
{
    /// <summary>Of the letters in a view, those this viewer has read.</summary>
    public async Task<IReadOnlySet<Guid>> OfAsync(Viewer viewer, RecordView view, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            "select entry_id, content from access.letter_read where account_id = $1 and person_id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = viewer.Account });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = view.Person });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var read = new HashSet<(Guid, string)>();
        while (await row.ReadAsync(cancel))
            read.Add((row.GetGuid(0), row.GetString(1)));
        return view.Letters.Entries.Where(letter => read.Contains((letter.Id, Content(letter)))).Select(letter => letter.Id).ToHashSet();
    }

    /// <summary>Marks letters that are in a view: one that was opened, or all at the viewer's word.</summary>
    public async Task MarkAsync(Viewer viewer, RecordView view, IReadOnlyCollection<Entry<Letter>> letters, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            insert into access.letter_read (account_id, person_id, entry_id, content, read_at)
            select $1, $2, entry, content, $5 from unnest($3, $4) l (entry, content) on conflict do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = viewer.Account });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = view.Person });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. letters.Select(letter => letter.Id)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. letters.Select(Content)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Content(Entry<Letter> letter) => letter.Item.ContentHash ?? "";
}
