using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// DG1, the diagnoses of an encounter: its whole list, or single changes where the sender fills DG1-21. PRB, the problem list:
/// one change at a time (feeds table 4.6).
/// </summary>
internal static class ProblemSegments
{
    public static void HearDiagnoses(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        var segments = group.All("DG1");
        if (segments.Count == 0)
            return;
        var encounter = EncounterSegments.KeyOf(group, hearing);
        var mode = hearing.Profile.ModeOf("DG1");
        var list = mode == ListMode.Snapshot && !segments.Exists(s => s[21].HasValue) ? Keys.Of("DG1", encounter) : null;
        var keys = new StatedKeys();
        foreach (var dg1 in segments)
        {
            var words = hearing.Text(dg1[4]) ?? Codings.WordsOrCodeOf(dg1[3]);
            if (words is null)
                continue;
            var key = dg1[20].TextOf(1) is { } id ? Keys.Of("id", id) : Keys.Of(encounter, CodeOrWords(dg1[3], words));
            if (dg1[21].TextOf(1) == "D")
            {
                facts.Add(new Withdrawn(key, typeof(Problem), hearing.Version));
                continue;
            }

            if (keys.TryAdd(key))
                facts.Add(new Stated(key, Diagnosis(dg1, words, encounter, hearing), hearing.Version, list));
        }

        if (list is not null && (keys.Count > 0 || segments.Exists(s => s[3].IsDeleted || s[3][1].IsDeleted)))
            facts.Add(new ListStated(list, typeof(Problem), keys.All, hearing.Version));
    }

    /// <param name="group">The patient's segments.</param>
    /// <param name="isDeleted">The message deletes problems (PPR^PC3), whatever PRB-1 says.</param>
    /// <param name="hearing">The message.</param>
    /// <param name="facts">Where to.</param>
    public static void HearProblems(PatientGroup group, bool isDeleted, Hearing hearing, ICollection<Fact> facts)
    {
        foreach (var prb in group.All("PRB"))
        {
            if (Codings.WordsOrCodeOf(prb[3]) is not { } words)
            {
                hearing.Remark(Reasons.Incomplete, "PRB-3", "no problem");
                continue;
            }

            // One PRB-4 with several codes occurs, so the code belongs to the key.
            var key = Keys.Of("PRB", prb[4].TextOf(1), CodeOrWords(prb[3], words));
            facts.Add(isDeleted || prb[1].TextOf(1) == "DE"
                ? new Withdrawn(key, typeof(Problem), hearing.Version)
                : new Stated(key, OfPrb(prb, words, hearing), hearing.Version));
        }
    }

    private static Problem Diagnosis(Segment dg1, string words, string? encounter, Hearing hearing) => new()
    {
        Kind = ProblemKind.Diagnosis,
        Text = words,
        Coding = Codings.Of(dg1[3]),
        Status = ProblemStatus.NotStated,
        RecordedOn = hearing.When(dg1, 5) ?? hearing.When(dg1, 19),
        RecordedBy = Names.OfFirstClinician(dg1[16]),
        Significance = Significance(dg1),
        Confidentiality = Confidentialities.OfIndicator(dg1[18]),
        EncounterKey = encounter,
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };

    private static Problem OfPrb(Segment prb, string words, Hearing hearing)
    {
        var ended = hearing.When(prb, 9);
        return new Problem
        {
            Kind = ProblemKind.Problem,
            Text = words,
            Coding = Codings.Of(prb[3]),
            Status = StatusOf(prb, ended),
            OnsetOn = hearing.When(prb, 16),
            EndedOn = ended,
            RecordedOn = hearing.When(prb, 7) ?? hearing.When(prb, 2),
            Significance = Codings.WordsOf(prb[18]) ?? Codings.WordsOf(prb[11]),
            Notes = prb[17].Text,
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>PRB-14 in the words of FHIR's clinical status, which senders borrow; PRB-13 for what was never so.</summary>
    private static ProblemStatus StatusOf(Segment prb, ClinicalDate? ended)
    {
        var confirmation = Keys.Folded(Codings.WordsOrCodeOf(prb[13]));
        if (confirmation is "entered-in-error" or "entered in error" or "refuted")
            return ProblemStatus.EnteredInError;
        return Keys.Folded(prb[14].TextOf(1)) switch
        {
            "active" or "recurrence" or "relapse" or "a" => ProblemStatus.Active,
            "inactive" or "resolved" or "remission" or "i" or "r" => ProblemStatus.Resolved,
            _ => ended is null ? ProblemStatus.NotStated : ProblemStatus.Resolved,
        };
    }

    /// <summary>DG1-15 (1 is primary) and DG1-6 (HL7 table 0052).</summary>
    private static string? Significance(Segment dg1)
    {
        var priority = dg1[15].TextOf(1) switch { null or "0" => null, "1" => "Primary", _ => "Secondary" };
        var type = dg1[6].TextOf(1) switch { "A" => "admitting", "W" => "working", "F" => "final", _ => null };
        return priority is not null && type is not null ? $"{priority}, {type}"
            : priority ?? (type is null ? null : char.ToUpperInvariant(type[0]) + type[1..]);
    }

    private static string CodeOrWords(Piece element, string words) =>
        Codings.Of(element) is { } coding ? Keys.Of(coding.System, coding.Code) : Keys.Folded(words);
}
