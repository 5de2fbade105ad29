using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// Alerts of a patient administration system, shown as text with their source (feeds table 2.1): OBX in ADT, and ZU8 of the ITK profile.
/// One at a time: an alert that is absent from a message says nothing, one that is answered "no" or deleted is over.
/// </summary>
/// <remarks>
/// HL7 v2.8 chapter 3 gives OBX in ADT to anything observed of the patient. A number is a measurement and no alert; it is remarked, and
/// stays in the message. ZU8-3 says yes or no to an alert of the kind in ZU8-1 and ZU8-2, whose words are not sent.
/// </remarks>
internal static class AlertSegments
{
    private const string NotDescribed = "Alert recorded, not described by the source";

    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        var keys = new Dictionary<string, int>();
        foreach (var obx in hearing.Profile.Alerts.Contains("OBX") ? group.All("OBX") : [])
            HearObservation(obx, keys, hearing, facts);
        foreach (var zu8 in hearing.Profile.Alerts.Contains("ZU8") ? group.All("ZU8") : [])
            HearMark(zu8, hearing, facts);
    }

    private static void HearObservation(Segment obx, Dictionary<string, int> keys, Hearing hearing, ICollection<Fact> facts)
    {
        var type = ResultValue.TypeOf(obx);
        if (!ResultValue.IsNarrative(type) && type is not ("CE" or "CWE" or "CNE" or "CF" or "IS" or "ID"))
        {
            hearing.Remark(Reasons.UnknownType, "OBX-2", $"{type} in ADT is no alert");
            return;
        }

        if (Codings.WordsOrCodeOf(obx[3]) is not { } what)
        {
            hearing.Remark(Reasons.Incomplete, "OBX-3", "no alert");
            return;
        }

        var said = hearing.Text(obx[5][1]) is null && !obx[5][2].HasValue ? null : ResultValue.Of(obx).Text?.Trim();
        var answer = AnswerOf(obx[5].TextOf(1)) ?? AnswerOf(said);
        var key = Numbered(KeyOf(obx, said, answer), keys);
        if (obx[5].IsDeleted || obx[11].TextOf(1)?.ToUpperInvariant() is "D" or "W")
            facts.Add(new Withdrawn(key, typeof(Flag), hearing.Version));
        else
            facts.Add(new Stated(key, Flag(answer is null && said is not null ? $"{what}: {said}" : what, Codings.Of(obx[3]), answer ?? said is not null, hearing)
                with
            { From = hearing.When(obx, 14) }, hearing.Version));
    }

    private static void HearMark(Segment zu8, Hearing hearing, ICollection<Fact> facts)
    {
        var kind = Words.Join(" ", [hearing.Text(zu8[1]), hearing.Text(zu8[2])]);
        var key = Keys.Of("ZU8", kind);
        if (zu8[3].IsDeleted)
            facts.Add(new Withdrawn(key, typeof(Flag), hearing.Version));
        else if (AnswerOf(zu8[3].TextOf(1)) is { } answer)
            facts.Add(new Stated(key, Flag(NotDescribed, kind is null ? null : new Coding(kind, "ZU8", null), answer, hearing), hearing.Version));
        else if (zu8[3].HasValue)
            hearing.Remark(Reasons.UnmappedCode, "ZU8-3", Shapes.Of(zu8[3].TextOf(1) ?? ""));
    }

    private static Flag Flag(string text, Coding? coding, bool active, Hearing hearing) => new()
    {
        Kind = FlagKind.Other,
        Text = text,
        Coding = coding,
        Active = active,
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    /// <summary>By what is asked; where the answer is itself the alert ("ALERT", "MRSA"), by that too.</summary>
    private static string KeyOf(Segment obx, string? said, bool? answer) => Keys.Of(
        "OBX", Codings.Of(obx[3])?.Code ?? Keys.Folded(Codings.WordsOf(obx[3]) ?? ""), obx[4].Text,
        answer is null && !ResultValue.IsNarrative(ResultValue.TypeOf(obx)) ? obx[5].TextOf(1) ?? said : null);

    /// <summary>Lines under one name are further alerts, not the same one said anew.</summary>
    private static string Numbered(string key, Dictionary<string, int> keys) =>
        (keys[key] = keys.GetValueOrDefault(key) + 1) is > 1 and var n ? $"{key}|#{n}" : key;

    /// <summary>HL7 table 0136 and the words of it.</summary>
    private static bool? AnswerOf(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" => true,
        "N" or "NO" or "FALSE" or "NONE" => false,
        _ => null,
    };
}
