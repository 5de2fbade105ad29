using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Portal.Paper;

/// <summary>
/// CSV (RFC 4180, UTF-8 with its mark, so that a spreadsheet reads it right). A cell that a spreadsheet would run as a formula is made
/// text (ASVS 5.0, 1.2.10); a plain number stays one.
/// </summary>
internal static class Csv
{
    /// <summary>A number as it stands: a tab or blank before it is no part of one, and a spreadsheet may read on from there.</summary>
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    internal static byte[] File(StringBuilder text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

    /// <summary>RFC 4180: every cell in quotes, quotes doubled, so that no cell can end another.</summary>
    internal static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

    /// <summary>As a spreadsheet must see it: nothing that begins a formula, unless it is simply a number.</summary>
    internal static string Inert(string? cell)
    {
        var says = (cell ?? "").Replace("\0", "", StringComparison.Ordinal);
        var bare = says.TrimStart(' ', '\u00A0');
        var isFormula = bare.Length > 0 && bare[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '|' or '%' or '＝' or '＋' or '－' or '＠';
        return isFormula && !decimal.TryParse(says, Plain, CultureInfo.InvariantCulture, out _) ? $"'{says}" : says;
    }
}
