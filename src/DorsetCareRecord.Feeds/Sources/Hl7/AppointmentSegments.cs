using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// SCH with its resources (SIU S12 to S26). A past appointment whose outcome was not sent stays planned: attendance is never
/// inferred. The key is the filler's appointment number, else the placer's, else the order's, the visit's or the time, and stays over a rescheduling.
/// </summary>
internal static class AppointmentSegments
{
    public static void Hear(PatientGroup group, string trigger, Hearing hearing, ICollection<Fact> facts)
    {
        var sch = group.First("SCH");
        var number = sch[2].TextOf(1) ?? sch[1].TextOf(1) ?? sch[27].TextOf(1) ?? sch[26].TextOf(1)
            ?? group.First("PV1")[19].TextOf(1) ?? sch[11].TextOf(4) ?? group.First("AIS")[4].Text;
        if (number is null)
        {
            hearing.Remark(Reasons.Incomplete, "SCH-2", "no appointment number");
            return;
        }

        var key = Keys.Of("appointment", number);
        facts.Add(trigger == "S17"
            ? new Withdrawn(key, typeof(Encounter), hearing.Version)
            : new Stated(key, Appointment(group, sch, trigger, hearing), hearing.Version));
    }

    private static Encounter Appointment(PatientGroup group, Segment sch, string trigger, Hearing hearing)
    {
        var (ais, ail, aip) = (group.First("AIS"), group.First("AIL"), group.First("AIP"));
        var (pv1, tq1) = (group.First("PV1"), group.First("TQ1"));
        var place = ail.IsThere ? ail[3] : pv1[3];
        var specialty = pv1[10].TextOf(1);
        return new Encounter
        {
            Kind = EncounterKind.Outpatient,
            Status = StatusOf(trigger, sch[25].TextOf(1)),
            StartAt = hearing.When(sch, 11, 4) ?? hearing.When(tq1, 7) ?? hearing.When(ais, 4) ?? hearing.When(ail, 6) ?? hearing.When(aip, 6),
            EndAt = hearing.When(sch, 11, 5) ?? hearing.When(tq1, 8),
            Location = hearing.Profile.LocationOf(place, EncounterKind.Outpatient),
            Site = Locations.SiteOf(place),
            Specialty = pv1[10].TextOf(2) ?? (specialty is null ? Codings.WordsOf(ais[3]) : Specialties.NameOf(specialty) ?? specialty),
            SpecialtyCode = specialty,
            Clinician = Names.OfFirstClinician(aip[3]) ?? Names.OfFirstClinician(pv1[7]) ?? Names.OfFirstClinician(pv1[9]),
            Reason = Codings.WordsOrCodeOf(sch[7]) ?? Codings.WordsOrCodeOf(sch[6]),
            Outcome = trigger == "S26" || IsNoShow(sch[25].TextOf(1)) ? CodeMaps.Attendance["3"] : null,
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>The trigger, then SCH-25 (HL7 table 0278).</summary>
    private static EncounterStatus? StatusOf(string trigger, string? filler) => trigger switch
    {
        "S15" or "S16" => EncounterStatus.Cancelled,
        "S26" => EncounterStatus.Finished,
        _ => filler?.ToUpperInvariant() switch
        {
            "CANCELLED" or "CANCELED" or "DELETED" or "DC" or "BLOCKED" => EncounterStatus.Cancelled,
            "COMPLETE" or "NOSHOW" => EncounterStatus.Finished,
            "STARTED" => EncounterStatus.InProgress,
            _ when trigger is "S12" or "S13" or "S14" => EncounterStatus.Planned,
            "BOOKED" or "PENDING" or "WAITLIST" or "OVERBOOK" => EncounterStatus.Planned,
            _ => null,
        },
    };

    private static bool IsNoShow(string? filler) => string.Equals(filler, "NOSHOW", StringComparison.OrdinalIgnoreCase);
}
