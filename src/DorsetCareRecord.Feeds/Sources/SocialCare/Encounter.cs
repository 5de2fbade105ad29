using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>contact_referral.csv: when a referral came, from whom, to which team, and what became of it.</summary>
internal static class CareEncounter
{
    public static Encounter Read(CareRow row) => new()
    {
        Kind = EncounterKind.SocialCare,
        Status = StatusOf(row),
        StartAt = row.Date("received_at"),
        EndAt = row.Date("closed_at"),
        Specialty = row["team"],
        Reason = CareValues.SupportReason(row["reason_code"]),
        AdmissionMethod = (row["source_name"] ?? CareValues.RequestedBy(row["source_code"])) is { } source ? $"Referred by {source}" : null,
        Outcome = CareValues.Outcome(row["outcome"]),
    };

    private static EncounterStatus? StatusOf(CareRow row)
    {
        switch (row["status"]?.ToLowerInvariant())
        {
            case null: return null;
            case "open" or "in-progress": return EncounterStatus.InProgress;
            case "closed" or "finished": return EncounterStatus.Finished;
            case "cancelled" or "withdrawn": return EncounterStatus.Cancelled;
            default:
                row.Remark(Reasons.UnmappedCode, "status");
                return null;
        }
    }
}
