using System.Globalization;
using System.Text;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Paper;

/// <summary>Results as CSV, one a row, each with whose it is, who took it out and when.</summary>
internal static class ResultsCsv
{
    private static readonly string[] Heads =
    [
        "NHS number", "Name", "Born", "Test", "Value", "Unit", "Reference range", "Flag", "Status", "Panel", "Taken", "Reported", "Laboratory",
        "Source", "Received", "Message", "Exported by", "Exported at",
    ];

    internal static byte[] Of(RecordView view, Viewer viewer, DateTimeOffset at)
    {
        var text = new StringBuilder();
        Csv.Row(text, Heads);
        foreach (var entry in view.Results.Entries)
            Csv.Row(text, Cells(view, entry, viewer, at).Select(Csv.Inert));
        return Csv.File(text);
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
