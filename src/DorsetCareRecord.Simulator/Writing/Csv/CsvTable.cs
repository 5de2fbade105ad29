using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Csv;

/// <summary>A table as RFC 4180 text: CRLF line ends, quotes only where needed, UTF-8 without byte order mark.</summary>
internal sealed class CsvTable(string fileName, params string[] columns)
{
    private readonly StringBuilder _rows = new();

    public string FileName { get; } = fileName;

    /// <summary>Columns the sender's system does not have; their values are left out.</summary>
    public IReadOnlyCollection<string> Omitted { get; init; } = [];

    public int RowCount { get; private set; }

    public void Row(params ReadOnlySpan<string?> values)
    {
        if (values.Length != columns.Length)
            throw new ArgumentException($"{FileName} has {columns.Length} columns, not {values.Length}.", nameof(values));
        var isFirst = true;
        for (var i = 0; i < values.Length; i++)
        {
            if (Omitted.Contains(columns[i]))
                continue;
            if (!isFirst)
                _rows.Append(',');
            _rows.Append(Quoted(values[i]));
            isFirst = false;
        }

        _rows.Append("\r\n");
        RowCount++;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{string.Join(',', columns.Except(Omitted))}\r\n{_rows}");

    private static string Quoted(string? value) => value switch
    {
        null => "",
        _ when value.AsSpan().IndexOfAny(",\"\r\n") < 0 => value,
        _ => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}
