using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Csv;

/// <summary>A table as RFC 4180 text: CRLF line ends, quotes only where needed, UTF-8 without byte order mark.</summary>
internal sealed class CsvTable(string fileName, params string[] columns)
{
    private readonly StringBuilder _text = new(string.Join(',', columns) + "\r\n");

    public string FileName { get; } = fileName;

    public int RowCount { get; private set; }

    public void Row(params ReadOnlySpan<string?> values)
    {
        if (values.Length != columns.Length)
            throw new ArgumentException($"{FileName} has {columns.Length} columns, not {values.Length}.", nameof(values));
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                _text.Append(',');
            _text.Append(Quoted(values[i]));
        }

        _text.Append("\r\n");
        RowCount++;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Quoted(string? value) => value switch
    {
        null => "",
        _ when value.AsSpan().IndexOfAny(",\"\r\n") < 0 => value,
        _ => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}
