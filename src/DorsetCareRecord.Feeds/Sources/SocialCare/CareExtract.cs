using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>An extract whose files are what its manifest says, of one set, each with the columns it must have.</summary>
internal sealed class CareExtract
{
    private readonly Dictionary<(string File, string Column), Dictionary<string, CareRow>> _by = [];

    private CareExtract(CareSet set, IReadOnlyList<SealedTable> tables) => (Set, Tables) = (set, tables);

    public CareSet Set { get; }

    public IReadOnlyList<SealedTable> Tables { get; }

    /// <summary>What it holds and what not, for the guard against a collapsed extract and for what a council supplies.</summary>
    public ExtractContents Contents => new(
    [
        .. Tables.Where(t => Set.Files.ContainsKey(t.Table.File))
            .Select(t => new ExtractFile(t.Table.File, t.IsFull, t.Table.Rows.Count, [.. t.Table.Names.Order(StringComparer.Ordinal)], t.Version.At)),
    ]);

    /// <summary>Children's files never travel with adults': who may see the one must not depend on a file's name alone.</summary>
    public static (CareExtract? Extract, Fault? Fault) Of(IReadOnlyList<SealedTable> tables)
    {
        var children = tables.Where(t => CareSet.Children.Files.ContainsKey(t.Table.File)).ToList();
        if (children.Count > 0 && tables.FirstOrDefault(t => CareSet.Adults.Files.ContainsKey(t.Table.File)) is { } mixed)
            return (null, new Fault(Reasons.ManifestMismatch, mixed.Table.File, "children's and adults' files in one extract"));

        var set = children.Count > 0 ? CareSet.Children : CareSet.Adults;
        foreach (var table in tables)
        {
            if (set.Files.TryGetValue(table.Table.File, out var file) && file.RequiredOf(table.Table).Where(c => table.Table.Index(c) is null).ToList() is { Count: > 0 } missing)
                return (null, new Fault(Reasons.Unreadable, table.Table.File, $"a header of {table.Table.Columns} columns without {string.Join(", ", missing)}"));
        }

        return (new CareExtract(set, tables), null);
    }

    /// <summary>A cell of the row another file has under a key; null when the extract does not have it.</summary>
    /// <param name="by">The column that has the key; null for the file's own.</param>
    public string? Lookup(string file, string? key, string column, string? by = null)
    {
        if (key is null)
            return null;
        by ??= Set.Files[file].Key;
        if (!_by.TryGetValue((file, by), out var rows))
            _by[(file, by)] = rows = RowsOf(file, by);
        return rows.TryGetValue(key, out var row) ? row[column] : null;
    }

    private Dictionary<string, CareRow> RowsOf(string file, string keyColumn)
    {
        var rows = new Dictionary<string, CareRow>(StringComparer.Ordinal);
        foreach (var row in Tables.FirstOrDefault(t => t.Table.File == file)?.Table.Rows ?? [])
        {
            if (!row.IsMisshapen && row[keyColumn] is { } key)
                rows.TryAdd(key, row);
        }

        return rows;
    }
}
