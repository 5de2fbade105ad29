using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>What must be known of a child at first glance: a protection plan, that they are looked after, and the legal status.</summary>
internal static class ChildFlag
{
    public static Flag ProtectionPlan(CareRow row) => Of(
        row, FlagKind.Safeguarding, "Subject to a child protection plan", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date") with
    {
        Coding = new Coding("342191000000101", CodeSystems.SnomedCt, "Subject to child protection plan"),
    };

    public static Flag LookedAfter(CareRow row) => Of(
        row, FlagKind.Safeguarding, "Looked after by the council", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date");

    public static Flag Legal(CareRow row) => Of(
        row, FlagKind.Legal, ChildValues.LegalStatus(row["lega_legal_status"]) ?? "Legal status not named",
        "lega_legal_status_start_date", "lega_legal_status_end_date") with
    {
        Coding = row["lega_legal_status"] is { } code ? new Coding(code, null, null) : null,
    };

    private static Flag Of(CareRow row, FlagKind kind, string text, string start, string end) => new()
    {
        Kind = kind,
        Text = text,
        Active = row[end] is null,
        From = row.Date(start),
        Until = row.Date(end),
    };
}
