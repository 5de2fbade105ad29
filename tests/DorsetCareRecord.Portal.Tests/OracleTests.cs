using System.Net;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// Forbidden is not found, in time too (S01, S21). A clock cannot prove that on a machine that does other things; what can be proved is that
/// the very same statements are asked, as many and in the same order, whoever it is about. The times themselves are measured in pairs by
/// <c>./dcr bench --only refusals</c>.
/// </summary>
public sealed class OracleTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private static readonly string[] Pages =
    [
        "", "/results", "/medicines", "/problems", "/people", "/encounters", "/letters", "/timeline", "/search", "/print", "/why", "/live", "/as-known-at", "/keep",
        "/letters/{letter}", "/letters/{letter}/original", "/report/{report}", "/changes/results/{report}", "/report-problem/results/{report}",
    ];

    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("clinician.dch")]
    [InlineData("clinician.rbch")]
    [InlineData("clerk.rbch")]
    [InlineData("socialworker.dcc")]
    public async Task When_there_is_nothing_for_somebody_then_the_same_is_asked_of_the_database_whoever_it_is_about(string user)
    {
        using var statements = new Statements();
        using var client = await _portal.SignInAsync(user);
        var wrong = new List<string>();
        foreach (var page in Pages)
        {
            await AskAsync(page, PersonState.Nobody); // what is read once only has been read then
            var (nobody, asked) = await AskAsync(page, PersonState.Nobody);
            Assert.Equal(HttpStatusCode.NotFound, nobody);
            Assert.NotEmpty(asked);
            foreach (var state in (PersonState[])[PersonState.OptedOut, PersonState.MergedAway])
            {
                var (status, other) = await AskAsync(page, state);
                if (status != nobody || !asked.SequenceEqual(other))
                    wrong.Add($"{page} {state}: {(int)status}, {other.Count} statements where nobody has {asked.Count}");
            }
        }

        Assert.Equal("", string.Join('\n', wrong));

        async Task<(HttpStatusCode Status, IReadOnlyList<string> Asked)> AskAsync(string page, PersonState state)
        {
            var path = $"/record/{_portal.People[state]}{page}".Replace("{letter}", $"{_portal.Letter}", StringComparison.Ordinal)
                .Replace("{report}", $"{_portal.Report}", StringComparison.Ordinal);
            return await SendAsync(statements, client, new HttpRequestMessage(HttpMethod.Get, path));
        }
    }

    /// <summary>Whoever opted out is looked for as somebody who was never there: by number, and by name and birthday.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_search_finds_nobody_then_the_same_is_asked_of_the_database_whether_there_is_somebody_or_not(bool byNumber)
    {
        using var statements = new Statements();
        using var client = await _portal.SignInAsync("gp.ccg");
        await _portal.AskAsync("delete from access.search_miss");
        var token = await Forms.TokenAsync(client, Cancel);
        var zoe = Cast.Zoe;
        var (there, absent) = byNumber
            ? (zoe.NhsNumber!.Value.Digits, "9990009872")
            : ($"{zoe.FamilyName} {zoe.BornOn:dd MM yyyy}", $"Notthere {zoe.BornOn:dd MM yyyy}");

        await FindAsync(absent);
        var nobody = await FindAsync(absent);
        var optedOut = await FindAsync(there);

        Assert.Equal(nobody.Status, optedOut.Status);
        Assert.Equal(nobody.Asked, optedOut.Asked);
        Assert.Contains(nobody.Asked, text => text.Contains("record.", StringComparison.Ordinal));

        async Task<(HttpStatusCode Status, IReadOnlyList<string> Asked)> FindAsync(string words)
        {
            var request = Forms.Post(client, "/", token, ("Words", words));
            return await SendAsync(statements, client, request);
        }
    }

    private static async Task<(HttpStatusCode Status, IReadOnlyList<string> Asked)> SendAsync(Statements statements, HttpClient client, HttpRequestMessage request)
    {
        var (id, header) = Statements.Trace();
        using (request)
        {
            request.Headers.Add("traceparent", header);
            using var answer = await client.SendAsync(request, Cancel);
            return (answer.StatusCode, statements.Of(id));
        }
    }
}
