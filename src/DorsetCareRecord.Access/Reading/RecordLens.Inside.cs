using System.Runtime.CompilerServices;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

// What lies behind the entries of a view: always for entries the view holds, so never for what is withheld.
public sealed partial class RecordLens
{
    /// <summary>
    /// Everything its source said of the item this lens was opened for, once read; null when there is no such item for this
    /// viewer, or when they see only part of what its source says in the section: earlier words of an item are words of it.
    /// </summary>
    public async Task<ItemChanges?> ReadChangesAsync(CancellationToken cancel)
    {
        if (_view is null || _isRestricted || EverythingIn.Of(_view).FirstOrDefault(entry => entry.Id == _errand.Entry) is not { } found
            || !_scope.Of(found.Section).Whole.Contains(found.Source))
            return null;
        await using var connection = await _database.Log.OpenConnectionAsync(cancel);
        var said = await EntryStatements.ReadAsync(connection, _places.Homes, found.Id, cancel);
        return ItemChanges.Of(found, said, _errand.Then);
    }

    /// <summary>The files of all letters in the view, one after another: for looking into them.</summary>
    public async IAsyncEnumerable<(Guid Entry, LetterFile File)> ReadFilesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var letters = (_view?.Letters.Entries ?? []).Where(letter => letter.Item.ContentHash is not null).ToList();
        await using var command = _database.Source.CreateCommand("""
            select d.entry_id, d.content_type, d.file_name, d.bytes, d.hash from unnest($2, $3) l (entry_id, hash)
            join record.document d on d.home = any($1) and d.entry_id = l.entry_id and d.hash = l.hash
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = _places.Homes });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. letters.Select(letter => letter.Id)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. letters.Select(letter => letter.Item.ContentHash!)] });
        await using var row = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancel);
        while (await row.ReadAsync(cancel))
        {
            var (entry, type, name, bytes) = (row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<byte[]>(3));
            yield return (entry, LetterFile.Of(type, name, bytes, row.GetString(4)));
        }
    }

    /// <summary>The words of all reports in the view, by entry.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ReadReportTextsAsync(CancellationToken cancel)
    {
        if (_isRestricted)
            return new Dictionary<Guid, string>(); // its words may tell where somebody is
        var reports = (_view?.Reports.Entries ?? []).Select(report => report.Id).ToHashSet();
        if (_known is not null)
            return _known.Where(known => reports.Contains(known.Id) && known.Says is Report { Text: not null })
                .ToDictionary(known => known.Id, known => ((Report)known.Says).Text!);
        await using var command = _database.Source.CreateCommand(
            "select id, text from record.report where home = any($1) and identity_id = any($2) and text is not null");
        _places.AddTo(command.Parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var texts = new Dictionary<Guid, string>();
        while (await row.ReadAsync(cancel))
        {
            if (reports.Contains(row.GetGuid(0)))
                texts[row.GetGuid(0)] = row.GetString(1);
        }

        return texts;
    }
}
