using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>One CSV file (RFC 4180, UTF-8, header row) and its rows.</summary>
internal sealed class CareTable
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MaxRecordSize = 1 << 20,
        PoolStrings = true,
    };

    private readonly Dictionary<string, int> _columns;

    private CareTable(string file, Dictionary<string, int> columns, List<CareRow> rows) => (File, _columns, Rows) = (file, columns, rows);

    public string File { get; }

    public IReadOnlyList<CareRow> Rows { get; }

    public int Columns => _columns.Count;

    public IEnumerable<string> Names => _columns.Keys;

    /// <summary>By the column's name, else by one it had in an earlier version of its standard.</summary>
    public int? Index(string column) => _columns.TryGetValue(column, out var index)
        || (ChildFiles.EarlierNames.TryGetValue(column, out var earlier) && _columns.TryGetValue(earlier, out index)) ? index : null;

    /// <summary>A file that is not CSV as a whole gives a fault; what is wrong in a row is found when the row is read.</summary>
    public static (CareTable? Table, Fault? Fault) Read(string file, byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
            return (null, new Fault(Reasons.Unreadable, file, "not UTF-8"));
        try
        {
            using var reader = CsvReader.Create(WithoutMark(bytes), Options);
            return Read(file, reader);
        }
        catch (CsvFormatException e)
        {
            return (null, new Fault(Reasons.Unreadable, Line(file, e.LineNumber), "CSV"));
        }
    }

    /// <summary>A byte order mark is no part of the first column's name.</summary>
    private static byte[] WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    public static string Line(string file, long line) => string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}");

    private static (CareTable?, Fault?) Read(string file, CsvReader reader)
    {
        if (reader.Headers.Count == 0)
            return (null, new Fault(Reasons.Unreadable, file, "no header row"));

        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < reader.Headers.Count; i++)
        {
            if (!columns.TryAdd(reader.Headers[i].Trim(), i))
                return (null, new Fault(Reasons.Unreadable, Line(file, 1), "one column twice"));
        }

        var rows = new List<CareRow>();
        var table = new CareTable(file, columns, rows);
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = reader.GetString(i);
            rows.Add(new CareRow(table, cells, reader.LineNumber));
        }

        return (table, null);
    }
}
