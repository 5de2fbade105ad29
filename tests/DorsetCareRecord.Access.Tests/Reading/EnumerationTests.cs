using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>Walking through numbers or names comes to an end (S21, P9), and tells nothing on the way.</summary>
public sealed class EnumerationTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string There = "hardwick 14 3 1937";

    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        await _house.Told.SayAsync(SourceCodes.SystemC, Cast.Edith.HospitalNumber,
            Told.State(Demographics.Key, Told.Demographics(Cast.Edith), TimeProvider.System.GetUtcNow()));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task S21_When_somebody_tries_name_after_name_then_thirty_an_hour_are_answered_and_a_privacy_officer_is_told_once()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var answered = 0;
        for (var i = 0; i < 60; i++)
        {
            answered += await FindAsync(viewer, Nobody(i)) is SearchAnswer.Found ? 1 : 0;
            _house.Clock.Advance(SearchMisses.Pause);
        }

        Assert.Equal(SearchMisses.Most, answered);
        Assert.IsType<SearchAnswer.TooMany>(await FindAsync(viewer, There)); // also for one who is there
        Assert.Equal("P9 dch 1", await _house.AskAsync("select string_agg(rule || ' ' || organisation_code, ' ') || ' ' || count(*) from access.alert"));
        Assert.Equal("search refused {P9} 0", await _house.AskAsync(
            "select concat_ws(' ', action, outcome, rules, cardinality(found)) from access.audit order by seq desc limit 1"));
        Assert.IsType<SearchAnswer.Found>(await FindAsync(await Setup.SignInAsync(_house.Access, "nurse.dch"), There)); // a colleague

        _house.Clock.Advance(SearchMisses.Window);
        Assert.IsType<SearchAnswer.Found>(await FindAsync(viewer, There));
    }

    [Fact]
    public async Task When_half_of_what_is_allowed_was_missed_then_the_rest_comes_slowly()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        for (var i = 0; i < SearchMisses.Slow; i++)
            Assert.IsType<SearchAnswer.Found>(await FindAsync(viewer, Nobody(i)));

        var wait = Assert.IsType<SearchAnswer.TooMany>(await FindAsync(viewer, Nobody(98))).Wait;
        Assert.Equal(SearchMisses.Pause.TotalSeconds, wait.TotalSeconds, tolerance: 0.001); // the database keeps microseconds
        Assert.Equal("{P9:slow}", await _house.AskAsync("select rules::text from access.audit order by seq desc limit 1"));
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.alert"));
        _house.Clock.Advance(SearchMisses.Pause);
        Assert.IsType<SearchAnswer.Found>(await FindAsync(viewer, Nobody(99)));
    }

    [Fact]
    public async Task When_many_are_sent_at_once_then_no_more_of_them_are_answered()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");

        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => FindAsync(viewer, Nobody(i))));

        Assert.InRange(answers.Count(answer => answer is SearchAnswer.Found), 1, SearchMisses.Most);
    }

    [Fact]
    public async Task When_searches_find_somebody_or_only_show_the_same_again_then_they_do_not_count()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        for (var i = 0; i < SearchMisses.Slow + 5; i++)
            Assert.IsType<SearchAnswer.Found>(await FindAsync(viewer, There));
        for (var i = 0; i < SearchMisses.Slow + 5; i++)
            Assert.IsType<SearchAnswer.Found>(await FindAsync(viewer, Nobody(1), isRepeat: true));

        Assert.Equal("0", await _house.AskAsync("select count(*) from access.search_miss"));
    }

    private static string Nobody(int i) => $"nobody {1 + (i % 28)} 1 {1920 + (i / 28)}";

    private Task<SearchAnswer> FindAsync(Viewer viewer, string words, bool isRepeat = false) =>
        _house.Search.FindAsync(viewer, Sought.Read(words, new DateOnly(2026, 11, 23)), words, Purposes.Of(viewer.Role), Setup.Here, Cancel, isRepeat);
}
