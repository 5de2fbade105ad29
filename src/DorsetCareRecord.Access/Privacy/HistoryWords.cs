using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>What the audit's own words mean to the person a record is about.</summary>
public static class HistoryWords
{
    public static string Act(string act) => act switch
    {
        "view" => "Opened a page of the record",
        "view-as-known" => "Opened the record as it was known before",
        "live-refresh" => "An open page brought itself up to date",
        "open-letter" => "Opened a letter",
        "download-letter" => "Opened the file of a letter",
        "open-report" => "Opened a report",
        "open-changes" => "Opened the history of an entry",
        "search" => "Was shown them by a search",
        "search-inside" => "Searched in the record",
        "print" => "Printed",
        "export" => "Took out a file",
        "report-problem" => "Reported a problem with an entry",
        "work-correction" => "Worked on a reported problem",
        "keep-list" => "Kept them on a list of people, or took them off it",
        "open-my-work" => "Saw them on the page of their own work",
        "told-of-news" => "Was told that something is new",
        "ask-reason" => "Was asked why they look",
        "declare-relationship" => "Said why they look",
        "break-glass" => "Opened what was closed, with a reason",
        "explain-decision" => "Asked who may see the record; saw nothing of it",
        "read-message" => "Read a message about them, to mend a feed",
        "search-messages" => "Looked for messages about them",
        "read-match" => "Compared records that may be one person",
        "read-cutover" => "Compared records when a system was replaced",
        "read-history" => "Looked up who had looked (this answer)",
        "export-history" => "Took out who had looked (this answer)",
        "change-watch-list" => "Put on, or took off, the list of people whose every opening is told to privacy officers",
        _ => act.Replace('-', ' '),
    };

    /// <summary>The relationship that counted, from the rules of the note.</summary>
    public static string? Relationship(IEnumerable<string> rules) =>
        rules.FirstOrDefault(rule => rule.StartsWith("4:", StringComparison.Ordinal)) switch
        {
            null => null,
            "4:declared" => "No relationship known; they said why",
            "4:seal-broken" => "Opened with a reason",
            "4:not-asked" => "Relationships are not asked for",
            "4:none-known" => "No relationship known",
            "4:permission-needed" => "Permission had to be asked",
            var rule => string.Join(", ", rule[2..].Split(", ").Select(one => one switch
            {
                "Registered" => "Registered with a practice there",
                "Encounter" => "In care there, or lately was",
                "Referral" => "Booked or referred there",
                "OpenCase" => "Open social-care case",
                _ => one,
            })),
        };

    public static string Purpose(string? purpose) => purpose switch
    {
        "direct-care" => "Direct care",
        "support-of-direct-care" => "Support of direct care",
        null => "",
        _ => purpose,
    };

    public static string Organisation(string? code) =>
        code is null ? "" : Dorset.OrganisationOf(code)?.Name ?? code;

    internal static string Reason(string code) =>
        Enum.GetValues<Asking>().Select(asking => Reasons.Find(asking, code)?.Words).FirstOrDefault(words => words is not null) ?? code;
}
