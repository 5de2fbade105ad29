using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Showing;

public sealed class PersonTests
{
    [Fact]
    public void When_sources_agree_but_for_case_and_detail_then_nothing_differs()
    {
        var who = ConsolidatedPerson.Of([
            Entries.Of(Told.Demographics(Cast.Edith)),
            Entries.Of(Told.Demographics(Cast.Edith) with { FamilyName = "HARDWICK", GivenNames = "Edith", Postcode = "DT11AA", BornOn = ClinicalDate.OfYear(1937) }, "systemc", 5),
        ]);

        Assert.Empty(who.Differences);
    }

    [Fact]
    public void When_sources_differ_then_each_value_is_kept_with_its_source()
    {
        var who = ConsolidatedPerson.Of([
            Entries.Of(Told.Demographics(Cast.Edith)),
            Entries.Of(Told.Demographics(Cast.Edith) with { BornOn = ClinicalDate.OfDay(new DateOnly(1937, 3, 15)), GivenNames = "Margaret" }, "systemc", 5),
        ]);

        Assert.Equal(["Given names", "Date of birth"], who.Differences.Select(d => d.What));
        Assert.Equal(["gp 14-Mar-1937", "systemc 15-Mar-1937"], who.Differences[1].Says.Select(s => $"{s.Source} {s.Value}"));
    }

    [Fact]
    public void When_a_source_is_newer_then_it_counts_but_a_verified_one_counts_first()
    {
        var who = ConsolidatedPerson.Of([
            Entries.Of(Told.Demographics(Cast.Edith) with { Address = "old, verified" }, "gp", 30),
            Entries.Of(Told.Demographics(Cast.Edith) with { NhsNumberStatus = "02", Address = "new", Telephone = "01632 960000" }, "systemc", 1),
        ]);

        Assert.Equal("old, verified", who.Address);
        Assert.Equal("01632 960000", who.Telephone);
        Assert.True(who.IsNhsNumberVerified);
    }

    [Fact]
    public void When_any_source_says_somebody_died_then_they_did() =>
        Assert.True(ConsolidatedPerson.Of([
            Entries.Of(Told.Demographics(Cast.Edith)),
            Entries.Of(Told.Demographics(Cast.Edith) with { DiedOn = ClinicalDate.OfDay(new DateOnly(2026, 5, 9)) }, "systemc", 50),
        ]).IsDeceased);

    [Fact]
    public void When_nothing_is_known_then_nothing_is_invented()
    {
        var who = ConsolidatedPerson.Of([Entries.Of(new Demographics())]);

        Assert.Null(who.NhsNumber);
        Assert.False(who.IsDeceased);
        Assert.Null(who.FamilyName);
    }
}
