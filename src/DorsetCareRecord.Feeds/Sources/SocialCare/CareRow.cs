using System.Globalization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>A row, read by the names of its columns. A cell that cannot be read is left out with a remark.</summary>
internal sealed class CareRow(CareTable table, string[] cells, long line)
{
    private List<Fault> _remarks = [];

    /// <summary>What was remarked since they were last taken.</summary>
    public IReadOnlyList<Fault> TakeRemarks()
    {
        var taken = _remarks;
        if (taken.Count > 0)
            _remarks = [];
        return taken;
    }

    /// <summary>As many cells as columns, and something in each of those it cannot be without; what is wrong is remarked.</summary>
    public bool HasIts(IEnumerable<string> required)
    {
        if (IsMisshapen)
        {
            RemarkMisshapen();
            return false;
        }

        var missing = required.Where(c => this[c] is null).ToList();
        foreach (var column in missing)
            Remark(Reasons.Incomplete, column);
        return missing.Count == 0;
    }

    public long Line => line;

    /// <summary>Null for an empty cell and for a column the file does not have.</summary>
    public string? this[string column] => table.Index(column) is { } index && index < cells.Length ? Words.Of(cells[index]) : null;

    /// <summary>The column is there and the cell is empty: the council says that there is none.</summary>
    public bool IsEmpty(string column) => table.Index(column) is not null && this[column] is null;

    /// <summary>More or fewer cells than columns: which cell is which cannot be known.</summary>
    public bool IsMisshapen => cells.Length != table.Columns;

    public void Remark(string reason, string column) => _remarks.Add(new Fault(
        reason, $"{CareTable.Line(table.File, line)}, {column}", this[column] is { } text ? $"{text.Length} characters" : "empty"));

    private void RemarkMisshapen() => _remarks.Add(new Fault(Reasons.Unreadable, CareTable.Line(table.File, line), $"{cells.Length} cells"));

    public ClinicalDate? Date(string column)
    {
        if (IsoDates.TryRead(this[column]?.Replace(' ', 'T'), out var date))
            return date;
        Remark(Reasons.InvalidDate, column);
        return null;
    }

    /// <summary>A point in time; a day is none.</summary>
    public DateTimeOffset? Instant(string column) =>
        Date(column) is { Precision: >= DatePrecision.Minute } date ? date.AsInstant() : null;

    public decimal? Number(string column)
    {
        if (this[column] is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        Remark(Reasons.UnmappedCode, column);
        return null;
    }

    public bool? Flag(string column)
    {
        switch (this[column]?.ToUpperInvariant())
        {
            case null: return null;
            case "Y" or "YES" or "TRUE" or "1": return true;
            case "N" or "NO" or "FALSE" or "0": return false;
            default:
                Remark(Reasons.UnmappedCode, column);
                return null;
        }
    }
}
