using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Tests.Reading;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Directory;

/// <summary>What operators say to everybody: theirs alone, bounded, of no person, noted, and over when its time is.</summary>
public sealed class NoticeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _house = await ReadingHouse.BeginAsync(postgres);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_an_operator_says_something_then_it_is_shown_until_its_time_is_over_and_noted()
    {
        Assert.Null((await SayAsync("operator", " Poole's results are\r\nlate since 09:00. "))!.Problem);

        var notice = Assert.Single(await ShownAsync(TimeSpan.Zero));
        Assert.Equal("Poole's results are late since 09:00.", notice.Text);
        Assert.Equal(TimeSpan.FromHours(4), notice.To - notice.From);
        Assert.Single(await ShownAsync(TimeSpan.FromHours(3.99)));
        Assert.Empty(await ShownAsync(TimeSpan.FromHours(4)));
        Assert.Equal("1", await _house.AskAsync("select count(*) from access.audit where action = 'say-notice' and outcome = 'allowed' and searched = 'Poole''s results are late since 09:00.'"));
        Assert.Equal($"notice:{notice.Id}", await _house.AskAsync("select array_to_string(rules, ' ') from access.audit where action = 'say-notice'"));
    }

    [Fact]
    public async Task When_it_is_taken_back_then_it_is_over_at_once_and_only_once()
    {
        await SayAsync("operator", "The record is read only until 14:00.");
        var notice = Assert.Single(await ShownAsync(TimeSpan.Zero));
        var operators = await Setup.SignInAsync(_house.Access, "operator");

        Assert.Null((await Notices.EndAsync(operators, notice.Id, Setup.Here, Cancel))!.Problem);
        Assert.NotNull((await Notices.EndAsync(operators, notice.Id, Setup.Here, Cancel))!.Problem);

        Assert.Empty(await ShownAsync(TimeSpan.Zero));
        Assert.NotNull(Assert.Single(await Notices.LatelyAsync(Cancel)).EndedBy);
    }

    [Fact]
    public async Task When_it_says_nothing_or_too_long_or_names_somebody_then_it_is_not_said()
    {
        string?[] words = [null, "", " \t\n", new string('a', ServiceNotices.Longest + 1), "Ask for 999 000 0018 at the desk", "Ask for 9990000018", "Ask for 999-000-0018.",
            "Bed 3 999 000 0018", "Bed 3.999.000.0018 9", "26/11 999 000 0018", "26.11. 2026 - 999 - 000 \u2013 0018", "Ward 12 4 9990000018"];
        foreach (var text in words)
            Assert.True((await SayAsync("operator", text))!.Problem is not null, text);
        foreach (var hours in (int[])[0, -1, 169])
            Assert.NotNull((await SayAsync("operator", "Late", hours))!.Problem);

        Assert.Empty(await ShownAsync(TimeSpan.Zero));
        Assert.Equal("0", await _house.AskAsync("select count(searched) from access.audit where action = 'say-notice'"));
    }

    /// <summary>Ten digits that are no NHS number are a telephone number, say.</summary>
    [Fact]
    public async Task When_three_are_shown_then_a_fourth_waits()
    {
        for (var n = 0; n < ServiceNotices.MostAtOnce; n++)
            Assert.Null((await SayAsync("operator", $"Notice {n}: ring 01202 555 012."))!.Problem);

        Assert.Contains("End one first", (await SayAsync("operator", "One more"))!.Problem, StringComparison.Ordinal);
        Assert.Equal(ServiceNotices.MostAtOnce, (await ShownAsync(TimeSpan.Zero)).Count);
    }

    /// <summary>The note of each says what became of it: of what was not said neither words nor a notice.</summary>
    [Fact]
    public async Task When_several_say_something_at_once_then_no_more_are_said_than_there_is_room_for_and_only_they_are_noted_as_said()
    {
        var operators = await Setup.SignInAsync(_house.Access, "operator");
        await SayAsync("operator", "The first");

        var said = await Task.WhenAll(Enumerable.Range(0, 6).Select(n =>
            Notices.SayAsync(operators, $"Notice {n}", TimeSpan.FromHours(1), Setup.Here, Cancel)));

        Assert.Equal(ServiceNotices.MostAtOnce - 1, said.Count(one => one!.Problem is null));
        Assert.Equal(ServiceNotices.MostAtOnce, (await ShownAsync(TimeSpan.Zero)).Count);
        Assert.Equal($"{ServiceNotices.MostAtOnce} 4 0", await _house.AskAsync("""
            select count(*) filter (where n.text = a.searched) || ' ' || count(*) filter (where a.rules = '{not-said}')
                || ' ' || count(a.searched) filter (where n.id is null)
            from access.audit a left join access.service_notice n on a.rules = array['notice:' || n.id] where a.action = 'say-notice'
            """));
    }

    [Theory]
    [InlineData("clinician.dch")]
    [InlineData("admin.dch")]
    [InlineData("privacy.dch")]
    public async Task When_somebody_else_would_say_or_end_something_then_it_is_refused_and_noted(string user)
    {
        Assert.Null(await SayAsync(user, "Believe me"));
        Assert.Null(await Notices.EndAsync(await Setup.SignInAsync(_house.Access, user), Guid.NewGuid(), Setup.Here, Cancel));

        Assert.Equal("0", await _house.AskAsync("select count(*) from access.service_notice"));
        Assert.Equal("2", await _house.AskAsync("select count(*) from access.audit where action in ('say-notice', 'end-notice') and outcome = 'refused'"));
    }

    private ServiceNotices Notices => new(_house.Access, new DeskNotes(_house.Access), TimeProvider.System);

    private async Task<NoticeSaid?> SayAsync(string user, string? text, int hours = 4) =>
        await Notices.SayAsync(await Setup.SignInAsync(_house.Access, user), text, TimeSpan.FromHours(hours), Setup.Here, Cancel);

    /// <summary>What everybody would be shown so much later.</summary>
    private Task<IReadOnlyList<ServiceNotice>> ShownAsync(TimeSpan later) =>
        ServiceNotices.ShownAsync(_house.Access, TimeProvider.System.GetUtcNow() + later, Cancel);
}
