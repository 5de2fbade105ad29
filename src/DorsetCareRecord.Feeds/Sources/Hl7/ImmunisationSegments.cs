using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// RXA with its RXR (VXU^V04). The key is the order's number, else the vaccine and the day; RXA-21 D takes it back. RXA-20 says whether it
/// was given at all: a refusal is a statement, not a gap.
/// </summary>
internal static class ImmunisationSegments
{
    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        Segment orc = default;
        for (var i = 0; i < group.Segments.Count; i++)
        {
            var segment = group.Segments[i];
            if (segment.Is("ORC"))
                orc = segment;
            if (!segment.Is("RXA"))
                continue;
            if (Codings.WordsOrCodeOf(segment[5]) is not { } vaccine)
                hearing.Remark(Reasons.Incomplete, "RXA-5", "no vaccine");
            else if (segment[21].TextOf(1)?.ToUpperInvariant() == "D")
                facts.Add(new Withdrawn(KeyOf(orc, segment, vaccine), typeof(Immunisation), hearing.Version));
            else
                facts.Add(new Stated(KeyOf(orc, segment, vaccine), Immunisation(segment, RouteAfter(group, i), vaccine, hearing), hearing.Version));
            orc = default;
        }
    }

    private static string KeyOf(Segment orc, Segment rxa, string vaccine) =>
        orc[3].TextOf(1) is { } filler ? Keys.Of("RXA", filler, orc[3].TextOf(2))
        : orc[2].TextOf(1) is { } placer ? Keys.Of("RXA", "placer", placer, orc[2].TextOf(2))
        : Keys.Of("RXA", rxa[5].TextOf(1) ?? Keys.Folded(vaccine), rxa[3].Text);

    private static Segment RouteAfter(PatientGroup group, int rxa)
    {
        for (var i = rxa + 1; i < group.Segments.Count && !group.Segments[i].Is("RXA"); i++)
        {
            if (group.Segments[i].Is("RXR"))
                return group.Segments[i];
        }

        return default;
    }

    private static Immunisation Immunisation(Segment rxa, Segment rxr, string vaccine, Hearing hearing) => new()
    {
        Vaccine = vaccine,
        Coding = Codings.Of(rxa[5]),
        Status = StatusOf(rxa),
        GivenOn = hearing.When(rxa, 3),
        RecordedOn = hearing.When(rxa, 22),
        Dose = DoseOf(rxa),
        DoseNumber = rxa[2].TextOf(1) is { } number && number is not "0" and not "999" ? number : null,
        BatchNumber = rxa[15].TextOf(1),
        ExpiresOn = hearing.Day(rxa, 16),
        Manufacturer = Codings.WordsOrCodeOf(rxa[17]),
        Site = Codings.WordsOrCodeOf(rxr[2]),
        Route = Codings.WordsOrCodeOf(rxr[1]),
        GivenBy = Names.OfFirstClinician(rxa[10]),
        Place = rxa[11].TextOf(4) ?? rxa[11].TextOf(1),
        Reason = Codings.WordsOrCodeOf(rxa[18]) ?? Codings.WordsOrCodeOf(rxa[19]),
        // NIP001: 00 is a new record, 01 to 08 what others wrote or told.
        IsFirstHand = rxa[9].TextOf(1) switch { "00" => true, "01" or "02" or "03" or "04" or "05" or "06" or "07" or "08" => false, _ => null },
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    /// <summary>HL7 table 0322; 998 and 999 in RXA-6 mean that no amount was noted.</summary>
    private static ImmunisationStatus StatusOf(Segment rxa) => rxa[20].TextOf(1)?.ToUpperInvariant() switch
    {
        "CP" or "PA" => ImmunisationStatus.Given,
        "RE" or "NA" => ImmunisationStatus.NotGiven,
        _ => rxa[18].HasValue ? ImmunisationStatus.NotGiven : ImmunisationStatus.NotStated,
    };

    private static string? DoseOf(Segment rxa) => rxa[6].TextOf(1) is { } amount && amount is not ("998" or "999" or "0")
        ? Codings.WordsOrCodeOf(rxa[7]) is { } unit ? $"{amount} {unit}" : amount
        : null;
}
