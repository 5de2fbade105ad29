using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>UK display rules, as tables.</summary>
public sealed class DisplayTests
{
    [Theory]
    [InlineData("1945", "1945")]
    [InlineData("1945-07", "Jul-1945")]
    [InlineData("1945-07-04", "04-Jul-1945")]
    [InlineData("2026-11-23T06:10Z", "23-Nov-2026 06:10")]
    [InlineData("2026-07-01T23:30Z", "02-Jul-2026 00:30")]
    [InlineData("2026-07-01T23:00:59Z", "02-Jul-2026 00:00")]
    public void When_a_date_is_shown_then_it_is_as_precise_as_it_came(string stored, string shown)
    {
        Assert.True(ClinicalDate.TryParse(stored, out var date));

        Assert.Equal(shown, Dates.Text(date.Value));
    }

    [Fact]
    public void When_what_was_to_come_is_cancelled_then_it_is_neither_next_nor_past()
    {
        var visits = new[] { (EncounterStatus.Finished, -9), (EncounterStatus.Cancelled, 70), (EncounterStatus.Planned, 30), (EncounterStatus.Cancelled, -5), (EncounterStatus.InProgress, -1) }
            .Select(one => Entries.Of(new Encounter { Status = one.Item1, StartAt = ClinicalDate.OfInstant(Entries.Now.AddDays(one.Item2)) })).ToArray();

        Assert.Equal(["Now", "Next", "Off", "Past", "Past"], Lists.Ordered(Entries.Read(Section.Encounters, visits), Entries.Now).Select(line => line.When));
    }

    [Theory]
    [InlineData("1945-07-14", "2026-11-23", "81y")]
    [InlineData("1945-11-24", "2026-11-23", "80y")]
    [InlineData("2008-11-24", "2026-11-23", "17y 11m")]
    [InlineData("2008-11-23", "2026-11-23", "18y")]
    [InlineData("2024-02-29", "2026-02-28", "2y")]
    [InlineData("2025-10-20", "2026-11-23", "13m 3d")]
    [InlineData("2026-09-01", "2026-11-23", "11w 6d")]
    [InlineData("2026-11-09", "2026-11-23", "14d")]
    [InlineData("2026-11-23", "2026-11-23", "0d")]
    [InlineData("1945-07", "2026-11-23", null)]
    [InlineData("2026-11-24", "2026-11-23", null)]
    public void When_an_age_is_shown_then_its_units_fit_it(string born, string on, string? shown)
    {
        Assert.True(ClinicalDate.TryParse(born, out var date));

        Assert.Equal(shown, Age.Of(date.Value, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Hardwick", "Edith Mary", "Mrs", "HARDWICK, Edith Mary (Mrs)")]
    [InlineData("o'connor", "Zoë", null, "O'CONNOR, Zoë")]
    [InlineData("Legg", null, "Mr", "LEGG (Mr)")]
    [InlineData(null, null, null, "Not Known")]
    [InlineData(" ", "Baby", null, "NOT KNOWN, Baby")]
    public void When_a_name_is_shown_then_the_family_comes_first_in_capitals(string? family, string? given, string? title, string shown) =>
        Assert.Equal(shown, PersonName.Of(family, given, title), ignoreCase: family?.Trim().Length == 0);

    [Fact]
    public void When_a_medicine_has_its_parts_then_they_stand_in_the_order_of_the_rules()
    {
        var medicine = new Medicine
        {
            Name = "Denosumab", Brand = "Prolia", Strength = "60 mg", Form = "injection", Dose = "60 mg", Route = "subcutaneous",
            Frequency = "every 6 months", Kind = MedicineKind.Hospital, Status = MedicineStatus.Active, DosageText = "not repeated",
        };

        Assert.Equal("denosumab — PROLIA — 60 mg — injection — DOSE 60 mg — subcutaneous — every 6 months", Line(medicine));
    }

    [Theory]
    [InlineData("Atorvastatin 20mg tablets", "20 mg", null, "atorvastatin 20mg tablets — “take one at night”")]
    [InlineData("Amoxicillin 500mg capsules", null, null, "amoxicillin 500mg capsules — “take one at night”")]
    [InlineData("NovoRapid FlexPen", "100 units/ml", null, "NovoRapid FlexPen — 100 units/ml — “take one at night”")]
    [InlineData("Ramipril", "5 mg", "5 mg", "ramipril — 5 mg — DOSE 5 mg — “take one at night”")]
    public void When_the_name_says_it_already_or_parts_are_missing_then_nothing_is_said_twice_or_lost(
        string name, string? strength, string? dose, string line) =>
        Assert.Equal(line, Line(new Medicine
        {
            Name = name, Strength = strength, Dose = dose, DosageText = "take one at night",
            Kind = MedicineKind.Repeat, Status = MedicineStatus.Active,
        }));

    [Theory]
    [InlineData("H", "High", true, false)]
    [InlineData("LL", "Critically low", true, true)]
    [InlineData("N", "", false, false)]
    [InlineData(null, "", false, false)]
    [InlineData("*", "Flagged by the laboratory", true, false)]
    public void When_a_laboratory_flags_then_letter_symbol_and_word_say_so(string? flag, string word, bool abnormal, bool critical)
    {
        var shown = ResultFlag.Of(flag);

        Assert.Equal((word, abnormal, critical), (shown.Word, shown.IsAbnormal, shown.IsCritical));
        Assert.Equal(abnormal, shown.Letter.Length > 0 && shown.Symbol.Length > 0);
    }

    [Fact]
    public void When_sources_stand_differently_then_the_foot_says_each()
    {
        var now = Entries.Now;
        var heard = new Dictionary<string, Heard>
        {
            ["systemc"] = new(now.AddMinutes(-3), Standing.Received), ["camis"] = new(now.AddHours(-5), Standing.Late), ["gp"] = new(now.AddHours(-5), Standing.Received),
        };

        var medicines = Completeness.Of(Section.Medicines, heard);
        var results = Completeness.Of(Section.Results, heard);

        Assert.Equal(["DCH Received", "GP Received", "RBCH NotShared", "Poole NotShared"], medicines.Select(s => $"{s.Brief} {s.Standing}"));
        Assert.Equal(["DCH Received", "GP Received", "RBCH Late", "Poole NotConnected"], results.Select(s => $"{s.Brief} {s.Standing}"));
    }

    [Fact]
    public void When_a_source_can_feed_a_section_then_it_is_named_for_it()
    {
        var hospitals = new[] { SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric, SourceCodes.CareCentricBournemouth };
        var councils = new[] { SourceCodes.SocialCareDorset, SourceCodes.SocialCareBournemouth, SourceCodes.SocialCarePoole };
        // HL7 v2 messages, GP bundles and extracts: what their adapters make items of.
        var notOfCouncils = new[] { Section.Problems, Section.Medicines, Section.Allergies, Section.Results, Section.Letters, Section.Immunisations };

        foreach (var section in Enum.GetValues<Section>())
        {
            var named = Shares.Of(section).Select(share => share.Source).Order(StringComparer.Ordinal);
            Assert.Equal(hospitals.Append(SourceCodes.Gp).Concat(notOfCouncils.Contains(section) ? [] : councils).Order(StringComparer.Ordinal), named);
        }
    }

    [Theory]
    [InlineData(null, "camis Late")] // not announced, or the viewer does not see it yet
    [InlineData(false, "camis Late")]
    [InlineData(true, "carecentric-rbch Received")]
    public void When_one_source_takes_anothers_place_then_the_one_with_the_word_is_named(bool? hasTheWord, string named)
    {
        var now = Entries.Now;
        var heard = new Dictionary<string, Heard> { ["camis"] = new(now.AddDays(-5), Standing.Late) };
        if (hasTheWord is { } word)
            heard["carecentric-rbch"] = new(now, Standing.Received, HasTheWord: word);

        var standings = Completeness.Of(Section.Results, heard).Where(s => s.Brief == "RBCH");

        Assert.Equal([named.Split(' ')[1]], standings.Select(s => s.Standing.ToString()));
    }

    [Theory]
    [InlineData(false, "camis Silent")] // the new one is no loss before it has the word
    [InlineData(true, "carecentric-rbch Late")]
    public void When_one_source_took_anothers_place_then_only_the_one_with_the_word_can_be_missing_today(bool hasTheWord, string missing)
    {
        var now = Entries.Now;
        var heard = Dorset.Sources.ToDictionary(source => source.Code, _ => new Heard(now, Standing.Received));
        heard["camis"] = new(now.AddDays(-5), Standing.Silent);
        heard["carecentric-rbch"] = new(now.AddHours(-1), Standing.Late, HasTheWord: hasTheWord);

        Assert.Equal([missing], Completeness.Missing(heard).Select(one => $"{one.Source.Code} {one.Heard?.Standing}"));
    }

    [Fact]
    public void When_sources_are_missing_then_the_worst_come_first_and_a_paused_one_is_among_them()
    {
        var now = Entries.Now;
        var heard = Dorset.Sources.Where(source => source.Code is not (SourceCodes.Gp or SourceCodes.CareCentricBournemouth)).ToDictionary(source => source.Code, _ => new Heard(now, Standing.Received));
        heard["camis"] = new(now.AddHours(-1), Standing.Late);
        heard["systemc"] = new(now.AddHours(-1), Standing.Paused);

        Assert.Equal(["systemc Paused", "camis Late", "gp "], Completeness.Missing(heard).Select(one => $"{one.Source.Code} {one.Heard?.Standing}"));
    }

    [Fact]
    public void When_something_of_a_source_stands_in_a_section_then_it_is_not_said_that_it_does_not_share()
    {
        var heard = new Dictionary<string, Heard> { ["camis"] = new(Entries.Now, Standing.Received) };

        Assert.Contains(Completeness.Of(Section.Medicines, heard), s => s is { Brief: "RBCH", Standing: Standing.NotShared });
        Assert.Contains(Completeness.Of(Section.Medicines, heard, sent: ["camis"]), s => s is { Brief: "RBCH", Standing: Standing.Received });
        Assert.Contains(Completeness.Of(Section.Medicines, heard, notAgreed: ["camis"], sent: ["camis"]), s => s is { Brief: "RBCH", Standing: Standing.NotShared });
    }

    private static string Line(Medicine medicine) => MedicineLine.Text(medicine);
}
