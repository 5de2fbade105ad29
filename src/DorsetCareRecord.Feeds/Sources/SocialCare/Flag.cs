using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>alert.csv and legal.csv.</summary>
internal static class CareFlag
{
    public static Flag Read(CareRow row)
    {
        var known = CareValues.Flag(row["type_code"]);
        return new Flag
        {
            Kind = row["category"]?.ToLowerInvariant() switch
            {
                "risk" => FlagKind.Risk,
                "safeguarding" => FlagKind.Safeguarding,
                "adjustment" or "reasonable-adjustment" => FlagKind.ReasonableAdjustment,
                "plan" or "care-plan" => FlagKind.CarePlan,
                "resuscitation" => FlagKind.Resuscitation,
                "legal" => FlagKind.Legal,
                _ => known?.Kind ?? FlagKind.Other,
            },
            Text = row["text"] ?? known?.Words ?? row["type_code"] ?? "Alert not described",
            Coding = row["type_code"] is { } code ? new Coding(code, null, known?.Words) : null,
            Active = row.Flag("active") ?? row["end_date"] is null,
            From = row.Date("start_date"),
            Until = row.Date("end_date"),
            ReviewOn = row.Date("review_date"),
            Confidentiality = CareValues.ShareLevel(row, "share_level"),
        };
    }

    public static Flag Legal(CareRow row) => new()
    {
        Kind = FlagKind.Legal,
        Text = Words.Join(": ", [CareValues.LegalType(row["legal_type"]) ?? "Legal status not named", row["detail"]])!,
        Coding = row["legal_type"] is { } code ? new Coding(code, null, null) : null,
        Active = row.Flag("active") ?? row["end_date"] is null,
        From = row.Date("start_date"),
        Until = row.Date("end_date"),
        ReviewOn = row.Date("review_date") ?? row.Date("expiry_date"),
    };
}
