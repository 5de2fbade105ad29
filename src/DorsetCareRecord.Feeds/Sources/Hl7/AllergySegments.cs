using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// AL1, the whole list whenever it is sent, and IAM, one change at a time (feeds table 4.6). No AL1 at all says nothing;
/// AL1 with <c>""</c> for its allergy empties the list.
/// </summary>
internal static class AllergySegments
{
    private const string List = "AL1";

    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        HearList(group.All("AL1"), hearing, hearing.Profile.ModeOf("AL1") == ListMode.Snapshot, facts);
        HearChanges(group, hearing, facts);
    }

    private static void HearList(List<Segment> segments, Hearing hearing, bool isWhole, ICollection<Fact> facts)
    {
        var keys = new StatedKeys();
        var isEmptied = false;
        foreach (var al1 in segments)
        {
            isEmptied |= al1[3].IsDeleted || al1[3][1].IsDeleted && !al1[3][2].HasValue;
            if (KeyOf(al1[3]) is not { } key)
                continue;
            keys.TryAdd(key);
            facts.Add(new Stated(key, OfAl1(al1, hearing), hearing.Version, isWhole ? List : null));
        }

        // A segment nobody could read is no reason to end what was known.
        var isReadable = keys.Count > 0 || isEmptied;
        if (segments.Count > 0 && !isReadable)
            hearing.Remark(Reasons.Incomplete, "AL1-3", "no allergy");
        if (isWhole && isReadable)
            facts.Add(new ListStated(List, typeof(Allergy), keys.All, hearing.Version));
    }

    private static Allergy OfAl1(Segment al1, Hearing hearing) => new()
    {
        Kind = NoKnownAllergy.IsStatedBy(al1[3]) ? AllergyKind.NoKnownAllergies : KindOf(al1[2].TextOf(1)),
        Substance = Codings.WordsOrCodeOf(al1[3]) ?? "",
        Coding = Codings.Of(al1[3]),
        Reaction = Reactions(al1[5]),
        Severity = SeverityOf(al1[4]),
        SeverityText = SeverityText(al1[4]),
        Status = AllergyStatus.Active,
        RecordedOn = hearing.Day(al1, 6),
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    private static void HearChanges(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        foreach (var iam in group.All("IAM"))
        {
            // IAM-7 names the allergy over its changes; without it the allergy is what it is an allergy to.
            var unique = iam[7].TextOf(1);
            var key = unique is null ? KeyOf(iam[3]) : Keys.Of("IAM", unique);
            var action = iam[6].TextOf(1)?.ToUpperInvariant();
            if (key is null)
                hearing.Remark(Reasons.Incomplete, "IAM-3", "no allergy");
            else if (action == "D")
                facts.Add(new Withdrawn(key, typeof(Allergy), hearing.Version));
            else if (action != "X" && Codings.WordsOrCodeOf(iam[3]) is { } substance)
                facts.Add(new Stated(key, OfIam(iam, substance, hearing), hearing.Version));
        }
    }

    private static Allergy OfIam(Segment iam, string substance, Hearing hearing) => new()
    {
        Kind = NoKnownAllergy.IsStatedBy(iam[3]) ? AllergyKind.NoKnownAllergies
            : iam[9].TextOf(1) == "IN" ? AllergyKind.Intolerance
            : KindOf(iam[2].TextOf(1)),
        Substance = substance,
        Coding = Codings.Of(iam[3]),
        Reaction = Reactions(iam[5]),
        Severity = SeverityOf(iam[4]),
        SeverityText = SeverityText(iam[4]),
        Status = StatusOf(iam[17].TextOf(1)),
        OnsetOn = hearing.Day(iam, 11),
        RecordedOn = hearing.Day(iam, 13),
        Certainty = Certainty(iam[17]),
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    /// <summary>What the allergy is to; set ids change from message to message.</summary>
    private static string? KeyOf(Piece allergen) =>
        Codings.Of(allergen) is { } coding ? Keys.Of(coding.System, coding.Code)
        : Codings.WordsOf(allergen) is { } words ? Keys.Of("text", Keys.Folded(words))
        : null;

    /// <summary>HL7 table 0127; a contraindication is neither.</summary>
    private static AllergyKind KindOf(string? type) => type?.ToUpperInvariant() switch
    {
        "DA" or "FA" or "MA" or "EA" or "AA" or "PA" or "LA" => AllergyKind.Allergy,
        "IN" or "DI" or "FI" => AllergyKind.Intolerance,
        _ => AllergyKind.NotStated,
    };

    /// <summary>HL7 table 0128.</summary>
    private static AllergySeverity? SeverityOf(Piece severity) => severity.TextOf(1)?.ToUpperInvariant() switch
    {
        "MI" => AllergySeverity.Mild,
        "MO" => AllergySeverity.Moderate,
        "SV" => AllergySeverity.Severe,
        "LT" => AllergySeverity.LifeThreatening,
        _ => null,
    };

    private static string? SeverityText(Piece severity) =>
        severity.TextOf(2) ?? (SeverityOf(severity) is null && severity.TextOf(1) is { } word && word != "U" ? word : null);

    /// <summary>HL7 table 0438.</summary>
    private static AllergyStatus StatusOf(string? status) => status?.ToUpperInvariant() switch
    {
        "E" => AllergyStatus.EnteredInError,
        "I" => AllergyStatus.Resolved,
        _ => AllergyStatus.Active,
    };

    private static string? Certainty(Piece status) => status.TextOf(2) ?? status.TextOf(1)?.ToUpperInvariant() switch
    {
        "C" => "Confirmed",
        "U" => "Unconfirmed",
        "P" => "Pending",
        "S" => "Suspected",
        "D" => "Doubted",
        _ => null,
    };

    private static string? Reactions(Piece field)
    {
        var reactions = field.Repetitions.ToList().Select(Codings.WordsOrCodeOf).Where(w => w is not null).ToList();
        return reactions.Count == 0 ? null : string.Join(", ", reactions);
    }
}
