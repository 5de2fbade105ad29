using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// Orders of tests (ORM, OMG, OML, OMI, and their answers ORL, ORR, ORG with a patient): what is asked for and not yet answered. The key is
/// that of the report to come where the filler's number is known; the report takes the request's place however late the order comes.
/// </summary>
internal static class OrderSegments
{
    /// <summary>ORC-1 (HL7 table 0119): cancelled or discontinued, by whichever side, or replaced by another order.</summary>
    private static readonly string[] Endings = ["CA", "CR", "OC", "DC", "DR", "OD", "RP", "RO", "RQ"];

    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        foreach (var order in ResultOrder.Of(group))
        {
            if (order.Orc[1].TextOf(1)?.ToUpperInvariant() == "DE")
                facts.Add(new Withdrawn(ResultSegments.KeyOf(order, hearing), typeof(Report), hearing.Version));
            else
                facts.Add(new Stated(ResultSegments.KeyOf(order, hearing), Request(order, hearing), hearing.Version));
        }
    }

    private static Report Request(ResultOrder order, Hearing hearing) => new()
    {
        Kind = ReportKinds.Of(order.Obr),
        Title = ResultSegments.TitleOf(order),
        Coding = Codings.Of(order.Obr[4]),
        Status = IsEnded(order) ? ResultStatus.Cancelled : ResultStatus.Registered,
        IsRequest = true,
        OrderNumber = ResultSegments.OrderNumberOf(order),
        RequestedAt = hearing.When(order.Obr, 6) ?? hearing.When(order.Obr, 27, 4) ?? hearing.When(order.Orc, 7, 4) ?? hearing.When(order.Orc, 9),
        Requester = Names.OfFirstClinician(order.Obr[16]) ?? Names.OfFirstClinician(order.Orc[12]),
        Specimen = ResultSet.SpecimenOf(order),
        Notes = order.Notes.Count == 0 ? null : string.Join('\n', order.Notes),
        Confidentiality = Confidentialities.OfCode(order.Orc[28]),
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    private static bool IsEnded(ResultOrder order) =>
        order.Orc[1].TextOf(1)?.ToUpperInvariant() is { } control && Endings.Contains(control)
        || order.Orc[5].TextOf(1)?.ToUpperInvariant() is "CA" or "DC" or "RP"
        || ResultStatuses.OfReport(order.Obr[25].TextOf(1)) == ResultStatus.Cancelled;
}
