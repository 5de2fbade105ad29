using System.Globalization;
using System.Text;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Portal.Paper;

/// <summary>
/// Who looked at a person, act by act, for the person who asked. Staff are told by role and organisation; their names are their own
/// employer's to give.
/// </summary>
internal static class HistoryCsv
{
    private static readonly string[] Heads =
    [
        "NHS number", "When", "What", "Allowed", "Organisation then", "Role then", "Purpose", "Relationship", "Reason given", "Sections opened",
        "Entries shown", "Not shown", "Break-glass", "Note", "Taken out by", "Taken out at",
    ];

    internal static byte[] Of(PersonHistory history, Viewer viewer)
    {
        var text = new StringBuilder();
        Csv.Row(text, Heads);
        foreach (var line in history.Lines)
            Csv.Row(text, Cells(history, line, viewer).Select(Csv.Inert));
        return Csv.File(text);
    }

    internal static string Withheld(IEnumerable<(Section Section, int Count)> withheld) =>
        string.Join("; ", withheld.Select(one => $"{one.Section.Heading()}: {one.Count}"));

    private static IEnumerable<string?> Cells(PersonHistory history, HistoryLine line, Viewer viewer) =>
    [
        history.Who.NhsNumber, Dates.Moment(line.At), HistoryWords.Act(line.Act), line.IsAllowed ? "yes" : "no", HistoryWords.Organisation(line.Organisation),
        line.Role?.Title(), HistoryWords.Purpose(line.Purpose), HistoryWords.Relationship(line.Rules), line.Reason,
        string.Join("; ", line.Sections.Select(section => section.Heading())), line.Shown.ToString(CultureInfo.InvariantCulture), Withheld(line.Withheld),
        line.IsBreakGlass ? "yes" : "no", line.Number.ToString(CultureInfo.InvariantCulture), $"{viewer.Name}, {viewer.Role.Title()}, {viewer.OrganisationName}",
        Dates.Moment(history.At),
    ];
}
