using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>involvement.csv: the allocated worker and their team.</summary>
internal static class CareCareWorker
{
    public static CareWorker Read(CareRow row) => new()
    {
        Name = row["worker_name"] ?? row["team_name"] ?? "Name not given",
        Role = row["worker_role"],
        Team = row["team_name"],
        Telephone = row["team_phone"],
        Email = row["team_email"],
        IsPrimary = row.Flag("is_primary"),
        From = row.Date("start_date"),
        Until = row.Date("end_date"),
    };
}
