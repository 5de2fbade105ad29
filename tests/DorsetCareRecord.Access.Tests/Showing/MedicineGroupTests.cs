using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>One list over practice and hospitals: alike is shown once, different is shown twice, and nothing is lost.</summary>
public sealed class MedicineGroupTests
{
    private static readonly Medicine Bisoprolol = Of("Bisoprolol", "2.5 mg", "2.5 mg", "once a day");

    [Fact]
    public void MEDv_198_When_practice_and_hospital_list_a_medicine_alike_then_it_is_one_row_with_both_sources()
    {
        var group = Assert.Single(Current(Entries.Of(Bisoprolol), Entries.Of(Bisoprolol with { Name = "bisoprolol", Kind = MedicineKind.Discharge }, "systemc")));

        Assert.Equal(["gp", "systemc"], group.Sources);
        Assert.Equal(2, group.Entries.Count());
        Assert.False(group.Differs);
    }

    [Theory]
    [InlineData("5 mg", "2.5 mg", "once a day")]
    [InlineData("2.5 mg", "5 mg", "once a day")]
    [InlineData("2.5 mg", "2.5 mg", "twice a day")]
    public void When_sources_state_a_medicine_differently_then_it_is_one_row_that_shows_both_ways(string strength, string dose, string frequency)
    {
        var group = Assert.Single(Current(Entries.Of(Bisoprolol, daysAgo: 9), Entries.Of(Of("Bisoprolol", strength, dose, frequency), "systemc", 2)));

        Assert.True(group.Differs);
        Assert.Equal(["systemc", "gp"], group.Statements.Select(statement => statement.Lead.Source));
    }

    [Fact]
    public void When_one_has_it_in_words_and_the_other_apart_then_both_stand_and_no_difference_is_claimed()
    {
        var words = Of("Bisoprolol 2.5mg tablets", null, null, null) with { DosageText = "Take ONE tablet ONCE a day" };

        var group = Assert.Single(Current(Entries.Of(words), Entries.Of(Bisoprolol, "systemc")));

        Assert.Equal(2, group.Statements.Count);
        Assert.False(group.Differs);
    }

    [Fact]
    public void When_one_source_lists_two_strengths_then_they_are_two_medicines()
    {
        var groups = Current(Entries.Of(Of("Warfarin 1mg tablets", null, null, null)), Entries.Of(Of("Warfarin 3mg tablets", null, null, null)),
            Entries.Of(Of("Warfarin", "3 mg", null, null), "systemc"));

        Assert.Equal(2, groups.Count);
        Assert.Contains(groups, group => group.Sources.Count == 2);
    }

    [Fact]
    public void When_a_hospital_stopped_at_discharge_what_the_practice_still_lists_then_the_row_says_so_and_stays()
    {
        var stop = Of("Amlodipine", "5 mg", null, null) with { Status = MedicineStatus.Stopped, Change = MedicineChange.Stopped, ChangeReason = "ankle swelling" };

        var group = Assert.Single(Current(Entries.Of(Of("Amlodipine 5mg tablets", null, null, null) with { StartedOn = Day(900) }), Entries.Of(stop, "systemc", 20)));

        Assert.Equal("ankle swelling", group.StoppedAtDischarge?.Item.ChangeReason);
    }

    [Theory]
    [InlineData("gp", 900)]
    [InlineData("systemc", 5)]
    public void When_the_stop_is_its_own_sources_or_older_than_the_start_then_nothing_is_claimed(string stoppedBy, int startedDaysAgo)
    {
        var stop = Of("Amlodipine", "5 mg", null, null) with { Status = MedicineStatus.Stopped, Change = MedicineChange.Stopped };

        Assert.Null(Assert.Single(Current(Entries.Of(Of("Amlodipine", "5 mg", null, null) with { StartedOn = Day(startedDaysAgo) }), Entries.Of(stop, stoppedBy, 20))).StoppedAtDischarge);
    }

    [Fact]
    public void MEDv_062_When_a_medicine_is_past_at_one_source_and_current_at_another_then_they_are_never_one_row()
    {
        var section = Read(Entries.Of(Bisoprolol), Entries.Of(Bisoprolol with { Status = MedicineStatus.Completed }, "systemc"));

        Assert.Equal(["gp"], Assert.Single(MedicineGroup.Current(section)).Sources);
        Assert.Equal(["systemc"], Assert.Single(MedicineGroup.Past(section)).Sources);
    }

    [Fact]
    public void MEDv_042_When_a_medicine_is_suspended_at_one_source_then_it_is_not_laid_under_the_other()
    {
        var group = Assert.Single(Current(Entries.Of(Bisoprolol), Entries.Of(Bisoprolol with { Status = MedicineStatus.Suspended }, "systemc")));

        Assert.Equal(2, group.Statements.Count);
        Assert.True(group.Differs);
    }

    [Fact]
    public void When_the_practices_list_was_received_then_what_it_does_not_have_is_known()
    {
        var spironolactone = Entries.Of(Of("Spironolactone", "25 mg", "25 mg", "once a day"), "systemc");

        Assert.False(Assert.Single(Current(spironolactone)).IsMissingFromPractice);
        Assert.True(Current(spironolactone, Entries.Of(Bisoprolol)).Single(group => group.Lead.Source == SourceCodes.SystemC).IsMissingFromPractice);
    }

    [Fact]
    public void When_a_discharge_changed_medicines_then_what_it_started_changed_and_stopped_is_told_with_its_reasons()
    {
        var discharges = DischargeChanges.Of(Read(
            Entries.Of(Of("Spironolactone", "25 mg", null, null) with { Change = MedicineChange.Started, ChangeReason = "heart failure" }, "systemc", 20),
            Entries.Of(Of("Amlodipine", "5 mg", null, null) with { Change = MedicineChange.Stopped, ChangeReason = "swelling", Status = MedicineStatus.Stopped }, "systemc", 20),
            Entries.Of(Of("Apixaban", "5 mg", null, null) with { Change = MedicineChange.Changed }, "camis", 400),
            Entries.Of(Bisoprolol)));

        Assert.Equal(["systemc", "camis"], discharges.Select(discharge => discharge.Source));
        Assert.Equal(["Started", "Stopped"], discharges[0].Changes.Select(change => change.Change));
        Assert.Equal("heart failure", discharges[0].Changes[0].Entries[0].Item.ChangeReason);
    }

    [Theory]
    [InlineData("Penicillin", "Amoxicillin 500mg capsules", "both penicillins")]
    [InlineData("Penicillin", "Co-amoxiclav 500mg/125mg tablets", "both penicillins")]
    [InlineData("Allergy to trimethoprim", "Trimethoprim 200mg tablets", "same name")]
    [InlineData("NSAIDs", "Naproxen 250mg tablets", "both non-steroidal anti-inflammatories")]
    [InlineData("Penicillins", "Bisoprolol 2.5mg tablets", null)]
    [InlineData("Statins", "Nystatin 100,000units/ml oral suspension", null)]
    [InlineData("Latex", "Apixaban 5mg tablets", null)]
    public void When_an_allergy_and_a_current_medicine_are_alike_then_it_is_pointed_out(string substance, string medicine, string? why)
    {
        var known = AllergyGroup.Of([Entries.Of(new Allergy { Kind = AllergyKind.Allergy, Substance = substance, Status = AllergyStatus.Active })]);

        Assert.Equal(why, AllergyConflict.Find(Current(Entries.Of(Of(medicine, null, null, null))), known).SingleOrDefault()?.Why);
    }

    [Fact]
    public void When_codes_are_the_same_then_names_need_not_be()
    {
        var code = new Coding("27658006", CodeSystems.SnomedCt, null);
        var known = AllergyGroup.Of([Entries.Of(new Allergy { Kind = AllergyKind.Allergy, Substance = "Amoxil", Coding = code, Status = AllergyStatus.Active })]);

        Assert.Equal("same code", Assert.Single(AllergyConflict.Find(Current(Entries.Of(Of("A capsule", null, null, null) with { Coding = code })), known)).Why);
    }

    private static IReadOnlyList<MedicineGroup> Current(params Entry<Medicine>[] entries) => MedicineGroup.Current(Read(entries));

    private static SectionView<Medicine> Read(params Entry<Medicine>[] entries) => Entries.Read(Section.Medicines, entries);

    private static ClinicalDate Day(int daysAgo) => ClinicalDate.OfDay(DateOnly.FromDateTime(Entries.Now.AddDays(-daysAgo).Date));

    private static Medicine Of(string name, string? strength, string? dose, string? frequency) => new()
    {
        Name = name, Strength = strength, Dose = dose, Frequency = frequency, Kind = MedicineKind.Repeat, Status = MedicineStatus.Active,
    };
}
