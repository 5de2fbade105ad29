using System.Globalization;
using System.Text;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Paper;

/// <summary>
/// Results as CSV (RFC 4180, UTF-8 with its mark, so that a spreadsheet reads it right), one a row, each with whose it is, who took
/// it out and when. A cell that a spreadsheet would run as a formula is made text (ASVS 5.0, 1.2.10); a plain number stays one.
/// </summary>
internal static class ResultsCsv
{
    private static readonly string[] Heads =
    [
        "NHS number", "Name", "Born", "Test", "Value", "Unit", "Reference range", "Flag", "Status", "Panel", "Taken", "Reported", "Laboratory",
        "Source", "Received", "Message", "Exported by", "Exported at",
    ];

    /// <summary>A number as it stands: a tab or blank before it is no part of one, and a spreadsheet may read on from there.</summary>
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    internal static byte[] Of(RecordView view, Viewer viewer, DateTimeOffset at)
    {
        var text = new StringBuilder();
        Row(text, Heads);
        foreach (var entry in view.Results.Entries)
            Row(text, Cells(view, entry, viewer, at).Select(Inert));
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>RFC 4180: every cell in quotes, quotes doubled, so that no cell can end another.</summary>
    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

    /// <summary>As a spreadsheet must see it: nothing that begins a formula, unless it is simply a number.</summary>
    internal static string Inert(string? cell)
    {
        var says = (cell ?? "").Replace("\0", "", StringComparison.Ordinal);
        var bare = says.TrimStart(' ', '\u00A0');
        var isFormula = bare.Length > 0 && bare[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '|' or '%' or '＝' or '＋' or '－' or '＠';
        return isFormula && !decimal.TryParse(says, Plain, CultureInfo.InvariantCulture, out _) ? $"'{says}" : says;
    }

    private static IEnumerable<string?> Cells(RecordView view, Entry<Result> entry, Viewer viewer, DateTimeOffset at)
    {
        var (who, result) = (view.Who, entry.Item);
        return
        [
            who.NhsNumber?.ForDisplay(), PersonName.Of(who.FamilyName, who.GivenNames, who.Title), who.BornOn is { } born ? Dates.Day(born) : null,
            result.Test, result.Value, result.Unit, result.Range, result.Flag, ResultWords.State(result.Status) ?? "Final", result.Panel,
            result.TakenAt is { } taken ? Dates.Text(taken) : null, result.ReportedAt is { } reported ? Dates.Text(reported) : null, result.Laboratory,
            Shares.Name(entry.Source), Dates.Moment(entry.RecordedAt), entry.Message.ToString(CultureInfo.InvariantCulture),
            $"{viewer.Name}, {viewer.Role.Title()}, {viewer.OrganisationName}", Dates.Moment(at),
        ];
    }
}
