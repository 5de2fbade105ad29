using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// PV1 and PV2 of an ADT message. Each trigger states only what it knows; the record lays the statements over each other, so a
/// discharge may come before its admission, and an update of a visit never heard of makes a placeholder (R10).
/// </summary>
internal static class EncounterSegments
{
    public static void Hear(PatientGroup group, string trigger, Hearing hearing, ICollection<Fact> facts)
    {
        var pv1 = group.First("PV1");
        if (!pv1.IsThere)
            return;
        if (KeyOf(group, hearing) is not { } key)
        {
            hearing.Remark(Reasons.Incomplete, "PV1-19", "no visit number and no admission time");
            return;
        }

        facts.Add(trigger == "A23"
            ? new Withdrawn(key, typeof(Encounter), hearing.Version)
            : new Stated(key, Encounter(group, pv1, trigger, hearing), hearing.Version));
    }

    /// <summary>
    /// The visit's number (PV1-19, PV1-50), else that of its account (PID-18), else when it began. Null when none is sent.
    /// </summary>
    public static string? KeyOf(PatientGroup group, Hearing hearing) => group.First("PV1") is not { IsThere: true } pv1 ? null
        : KeyOf(pv1[19], hearing) ?? KeyOf(pv1[50], hearing) ?? KeyOf(group.Pid[18], hearing) ?? (pv1[44].Text is { } began ? Keys.Of("at", began) : null);

    /// <summary>A visit's or account's number, with its authority when that is not the source's own.</summary>
    public static string? KeyOf(Piece visit, Hearing hearing)
    {
        if (visit.TextOf(1) is not { } number)
            return null;
        var authority = visit[4][1].Text;
        return authority is null || hearing.Profile.IsOwnNamespace(authority) ? Keys.Of(number) : Keys.Of(authority, number);
    }

    private static Encounter Encounter(PatientGroup group, Segment pv1, string trigger, Hearing hearing)
    {
        var pv2 = group.First("PV2");
        var clearing = new Clearing(hearing);
        var kind = KindOf(pv1, trigger, hearing);
        var status = StatusOf(trigger, pv1);
        ClearEnd(trigger, pv1, clearing);
        clearing.If(pv2[22].IsDeleted, nameof(Record.Sections.Encounter.Confidentiality));
        clearing.If(pv1[44].IsDeleted, nameof(Record.Sections.Encounter.StartAt));
        var isCancelled = status == EncounterStatus.Cancelled;
        var specialty = pv1[10].TextOf(1);
        return new Encounter
        {
            Kind = kind,
            Status = status,
            StartAt = hearing.When(pv1, 44) ?? ExpectedStart(pv2, kind, status, hearing),
            EndAt = isCancelled ? null : hearing.When(pv1, 45),
            Location = hearing.Profile.LocationOf(pv1[3], kind),
            Site = Locations.SiteOf(pv1[3]),
            Specialty = pv1[10].TextOf(2) ?? (specialty is null ? null : Specialties.NameOf(specialty) ?? specialty),
            SpecialtyCode = specialty,
            Clinician = Names.OfFirstClinician(pv1[7]) ?? Names.OfFirstClinician(pv1[9]) ?? Names.OfFirstClinician(pv1[17]),
            Reason = Codings.WordsOrCodeOf(pv2[3]),
            AdmissionMethod = Meaning(pv1[4], CodeMaps.AdmissionMethods, nameof(Record.Sections.Encounter.AdmissionMethod), clearing),
            DischargeMethod = Meaning(pv1[36], CodeMaps.DischargeMethods, nameof(Record.Sections.Encounter.DischargeMethod), clearing),
            DischargeDestination = Meaning(pv1[37], CodeMaps.DischargeDestinations, nameof(Record.Sections.Encounter.DischargeDestination), clearing),
            Outcome = hearing.Profile.OutcomeOf(group.Segments),
            Confidentiality = Confidentialities.OfIndicator(pv2[22]),
            Organisation = hearing.Profile.OriginOf(hearing.Message),
            Cleared = clearing.Names,
        };
    }

    private static EncounterKind? KindOf(Segment pv1, string trigger, Hearing hearing)
    {
        if (trigger == "A06")
            return EncounterKind.Inpatient;
        if (trigger == "A07")
            return EncounterKind.Outpatient;
        if (pv1[2].TextOf(1) is not { } code || code == "N")
            return null;
        if (hearing.Profile.EncounterKinds.TryGetValue(code, out var kind))
            return kind;
        hearing.Remark(Reasons.UnmappedCode, "PV1-2", Shapes.Of(code));
        return EncounterKind.Other;
    }

    /// <summary>HL7 table 0003. A trigger that says nothing of how far the visit is leaves it as it was.</summary>
    private static EncounterStatus? StatusOf(string trigger, Segment pv1) => trigger switch
    {
        "A05" or "A14" => EncounterStatus.Planned,
        "A01" or "A04" or "A02" or "A06" or "A07" or "A12" or "A13" => EncounterStatus.InProgress,
        "A03" => EncounterStatus.Finished,
        "A11" or "A38" or "A27" => EncounterStatus.Cancelled,
        _ => pv1[45].HasValue ? EncounterStatus.Finished : null,
    };

    /// <summary>A13 takes a discharge back.</summary>
    private static void ClearEnd(string trigger, Segment pv1, Clearing clearing) => clearing.If(
        trigger == "A13" || pv1[45].IsDeleted,
        nameof(Record.Sections.Encounter.EndAt),
        nameof(Record.Sections.Encounter.DischargeMethod),
        nameof(Record.Sections.Encounter.DischargeDestination));

    /// <summary>PV2-8: an appointment's time, or that of a planned admission; for an inpatient who has come, PV1-44 alone counts.</summary>
    private static ClinicalDate? ExpectedStart(Segment pv2, EncounterKind? kind, EncounterStatus? status, Hearing hearing) =>
        kind == EncounterKind.Outpatient || status is EncounterStatus.Planned or EncounterStatus.Cancelled
            ? hearing.When(pv2, 8)
            : null;

    private static string? Meaning(Piece field, IReadOnlyDictionary<string, string> meanings, string property, Clearing clearing)
    {
        if (field.TextOf(2) is { } words)
            return words;
        return clearing.Text(field[1], property) is { } code
            ? meanings.TryGetValue(code, out var meaning) ? meaning : code
            : null;
    }
}
