using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// Readers who leave while their page is made, at every moment of it, spoil nobody else's: each page holds the same items afterwards, and is
/// made at all (decision 0027).
/// </summary>
public sealed partial class AbandonedTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const int Rounds = 4;
    private const int LeftEachRound = 60;

    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_readers_leave_while_their_pages_are_made_then_the_next_find_what_was_there_before()
    {
        var random = new Random(27);
        var record = $"/record/{_portal.People[PersonState.Known]}";
        var pages = new[] { "", "/results", "/medicines", "/problems", "/people", "/letters", "/encounters", "/timeline", "/print?sections=Results&sections=Medicines" }
            .Select(page => record + page).ToList();
        using var doctor = await _portal.SignInAsync("clinician.dch");
        using var pharmacist = await _portal.SignInAsync("pharmacist");
        using var worker = await _portal.SignInAsync("socialworker.dcc");
        HttpClient[] readers = [doctor, pharmacist, worker];
        var before = await AllAsync();
        var left = 0;

        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < LeftEachRound; i++)
            {
                // On new connections the statements of a page are prepared, which is when leaving did harm.
                if (i % 12 == 0)
                    await _portal.AskAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'dcr-portal' and datname = current_database() and state = 'idle'");
                left += await LeaveAsync(readers[random.Next(readers.Length)], pages[random.Next(pages.Count)], TimeSpan.FromMicroseconds(random.Next(200, 40_000))) ? 1 : 0;
            }

            Assert.Equal(before, await AllAsync());
        }

        TestContext.Current.SendDiagnosticMessage($"{left} of {Rounds * LeftEachRound} left before their page came");
        Assert.True(left > Rounds, $"only {left} left");

        // The items of each page for each reader, in their order.
        async Task<string> AllAsync()
        {
            var all = new List<string>();
            foreach (var reader in readers)
            {
                foreach (var page in pages)
                {
                    using var answer = await reader.GetAsync(page, Cancel);
                    all.Add($"{page} {(int)answer.StatusCode} {string.Join(' ', Item().Matches(await answer.Content.ReadAsStringAsync(Cancel)).Select(item => item.Value))}");
                }
            }

            return string.Join('\n', all);
        }
    }

    private static async Task<bool> LeaveAsync(HttpClient reader, string page, TimeSpan after)
    {
        using var patience = new CancellationTokenSource(after);
        try
        {
            using var answer = await reader.GetAsync(page, patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    [GeneratedRegex("""data-entry="[^"]*""")]
    private static partial Regex Item();
}
