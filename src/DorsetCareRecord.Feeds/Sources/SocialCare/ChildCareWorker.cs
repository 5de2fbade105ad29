using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>ssd_involvements.csv: the allocated worker; names and teams are in files of their own.</summary>
internal static class ChildCareWorker
{
    public static CareWorker Read(CareRow row, CareExtract extract) => new()
    {
        Name = NameOf(row["invo_professional_id"], extract) ?? TeamOf(row["invo_professional_team"], extract) ?? "Worker not named",
        Role = row["invo_professional_role_id"] switch
        {
            "ALLOCATED CASE WORKER" => "Allocated case worker",
            var other => other,
        },
        Team = TeamOf(row["invo_professional_team"], extract),
        IsPrimary = row["invo_professional_role_id"]?.StartsWith("ALLOCATED", StringComparison.OrdinalIgnoreCase),
        From = row.Date("invo_involvement_start_date"),
        Until = row.Date("invo_involvement_end_date"),
    };

    public static string? NameOf(string? worker, CareExtract extract) =>
        extract.Lookup("ssd_professionals.csv", worker, "prof_professional_name");

    /// <summary>A team that has no row is shown by the words the row has for it.</summary>
    public static string? TeamOf(string? team, CareExtract extract) =>
        extract.Lookup("ssd_department.csv", team, "dept_team_name") ?? team;
}
