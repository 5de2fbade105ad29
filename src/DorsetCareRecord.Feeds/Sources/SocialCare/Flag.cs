using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>alert.csv.</summary>
internal static class CareFlag
{
    public static Flag Read(CareRow row) => new()
    {
        Kind = row["category"]?.ToLowerInvariant() switch
        {
            "risk" => FlagKind.Risk,
            "safeguarding" => FlagKind.Safeguarding,
            "adjustment" or "reasonable-adjustment" => FlagKind.ReasonableAdjustment,
            "plan" or "care-plan" => FlagKind.CarePlan,
            "resuscitation" => FlagKind.Resuscitation,
            _ => FlagKind.Other,
        },
        Text = row["text"] ?? row["type_code"] ?? "Alert not described",
        Coding = row["type_code"] is { } code ? new Coding(code, null, null) : null,
        Active = row.Flag("active") ?? row["end_date"] is null,
        From = row.Date("start_date"),
        Until = row.Date("end_date"),
        ReviewOn = row.Date("review_date"),
    };
}
