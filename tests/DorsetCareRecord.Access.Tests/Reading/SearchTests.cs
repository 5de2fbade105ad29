using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

public sealed class SearchTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        foreach (var member in Cast.All)
            await TellAsync(SourceCodes.SystemC, member.HospitalNumber, Told.Demographics(member));
        await TellAsync(SourceCodes.CareCentric, "P-edith", Told.Demographics(Cast.Edith));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("9990000018")]
    [InlineData("999 000 0018")]
    [InlineData(" 99-90000-018 ")]
    [InlineData("hardwick 14 3 1937")]
    [InlineData("HARDWICK 14/03/1937")]
    [InlineData("14-Mar-1937 Hardwick")]
    [InlineData("hardwick, 1937-03-14")]
    public async Task When_somebody_is_looked_for_then_they_are_found_once_over_all_sources(string words)
    {
        var found = await FindAsync("clinician.dch", words);

        var edith = Assert.Single(found.People);
        Assert.Equal("Edith Mary", edith.Who.GivenNames);
        Assert.Equal(["systemc", "carecentric"], edith.Who.Sources.Order().Reverse());
    }

    [Fact]
    public async Task When_twins_share_name_and_birthday_then_both_are_listed()
    {
        var found = await FindAsync("clinician.dch", "rahman 31 10 2021");

        Assert.Equal(["Idris", "Noor"], found.People.Select(person => person.Who.GivenNames));
    }

    /// <summary>People type a forename too: it counts, and a wrong one is said and makes nobody of somebody.</summary>
    [Fact]
    public async Task When_a_forename_is_typed_as_well_then_it_counts_and_a_wrong_one_is_said()
    {
        foreach (var (words, expected, isOther) in ((string, string, bool)[])
            [
                ("rahman noor 31 10 2021", "Noor", false), ("Noor Rahman 31/10/2021", "Noor", false), ("rahman, i 31 10 2021", "Idris", false),
                ("rahman nigel 31 10 2021", "Idris Noor", true), ("hardwick nigel 14 3 1937", "Edith Mary", true), ("hardwick mary 14 3 1937", "Edith Mary", false),
            ])
        {
            var found = await FindAsync("clinician.dch", words);
            Assert.Equal((words, expected, isOther), (words, string.Join(' ', found.People.Select(person => person.Who.GivenNames).Order()), found.IsOtherForename));
        }
    }

    [Theory]
    [InlineData("o'connor 29 2 1992")]
    [InlineData("OConnor 29.2.92")]
    public async Task When_a_name_has_an_apostrophe_then_it_is_found_with_and_without(string words) =>
        Assert.Single((await FindAsync("clinician.dch", words)).People);

    [Fact]
    public async Task When_nobody_matches_then_the_search_is_noted_all_the_same()
    {
        var found = await FindAsync("clinician.dch", "nobody 1 1 1950");

        Assert.Empty(found.People);
        Assert.Equal("search allowed nobody 1 1 1950 0", await LastAsync());
    }

    [Fact]
    public async Task When_people_are_shown_then_the_note_names_them()
    {
        await FindAsync("clerk.dch", "rahman 31 10 2021");

        Assert.Equal("search allowed rahman 31 10 2021 2", await LastAsync());
    }

    [Fact]
    public async Task When_the_role_opens_no_records_then_it_finds_nobody_and_that_is_noted()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "operator");

        var answer = await _house.Search.FindAsync(viewer, Read("9990000018"), "9990000018", Purposes.Of(viewer.Role), Setup.Here, Cancel);

        Assert.IsType<SearchAnswer.NotForYourRole>(answer);
        Assert.Equal("search refused 9990000018 0", await LastAsync());
    }

    [Fact]
    public async Task When_the_note_cannot_be_committed_then_nobody_is_shown()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        await _house.AskAsync("alter table access.audit add constraint broken check (action <> 'search') not valid");

        await Assert.ThrowsAsync<NotNotedException>(() =>
            _house.Search.FindAsync(viewer, Read("9990000018"), "9990000018", Purposes.Of(viewer.Role), Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_too_many_match_then_the_list_is_cut_and_says_so()
    {
        for (var i = 0; i < PersonSearch.Limit + 3; i++)
        {
            await TellAsync(SourceCodes.Camis, $"R{i}", new Demographics
            {
                FamilyName = "Manyfold", GivenNames = $"Person {i}", BornOn = ClinicalDate.OfDay(new DateOnly(1970, 1, 1)), Postcode = $"BH{i} 1AA",
            });
        }

        var found = await FindAsync("clinician.dch", "manyfold 1/1/1970");

        Assert.Equal((PersonSearch.Limit, true), (found.People.Count, found.IsCut));
    }

    [Fact]
    public async Task When_a_person_is_restricted_then_no_whereabouts_are_shown_anywhere()
    {
        await TellAsync(SourceCodes.Gp, "g1", Told.Demographics(Cast.Thomas) with
        {
            Restricted = true,
            Address = "1 Hidden Close",
            Telephone = "01632 960000",
            PracticeName = "Hidden Surgery",
        });
        await TellAsync(SourceCodes.SystemC, Cast.Thomas.HospitalNumber, Told.Demographics(Cast.Thomas) with { Address = "1 Hidden Close" });

        var found = Assert.Single((await FindAsync("clinician.dch", "9990000026")).People);
        var view = await _house.ReadAsync("clinician.dch", found.Person);

        Assert.True(found.Who.IsRestricted);
        Assert.All([found.Who, view.Who], who =>
            Assert.Null(who.Address ?? who.Postcode ?? who.Telephone ?? who.Mobile ?? who.PracticeName ?? who.GpName));
        Assert.All(view.Demographics.Entries, entry => Assert.Null(entry.Item.Address ?? entry.Item.Postcode ?? entry.Item.Telephone));
        Assert.Equal(SectionState.Withheld, view.NextOfKin.State);
        Assert.Equal(SectionState.Withheld, view.Letters.State);
        Assert.Equal(SectionState.Read, view.Medicines.State);
    }

    private async Task<SearchAnswer.Found> FindAsync(string user, string words)
    {
        var viewer = await Setup.SignInAsync(_house.Access, user);
        return Assert.IsType<SearchAnswer.Found>(await _house.Search.FindAsync(viewer, Read(words), words, Purposes.Of(viewer.Role), Setup.Here, Cancel));
    }

    private static Sought Read(string words) => Sought.Read(words, new DateOnly(2026, 11, 23));

    private Task TellAsync(string source, string localId, Demographics person) =>
        _house.Told.SayAsync(source, localId, Told.State("person", person, TimeProvider.System.GetUtcNow()));

    private Task<string?> LastAsync() => _house.AskAsync("""
        select concat_ws(' ', action, outcome, searched, cardinality(found)) from access.audit order by seq desc limit 1
        """);
}
