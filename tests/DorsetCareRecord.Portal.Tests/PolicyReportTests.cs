using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>Reports of the content policy (S25): heard from whoever sends them, however they are made, and nothing else than heard.</summary>
public sealed class PolicyReportTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/csp-report", """{"csp-report":{"effective-directive":"script-src-elem","document-uri":"x","script-sample":"x"}}""")]
    [InlineData("application/csp-report", """{"csp-report":{"violated-directive":"script-src 'self'"}}""")]
    [InlineData("application/reports+json", """[{"type":"csp-violation","body":{"effectiveDirective":"img-src"}},{"body":7},3]""")]
    [InlineData("application/json", """{"csp-report":{"effective-directive":["script-src"]}}""")]
    [InlineData("application/json", "{\"csp-report\":")]
    [InlineData("application/json", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]")]
    [InlineData("text/html", "<script>x()</script>")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "\"\\ud800\"")]
    public async Task When_a_report_comes_then_it_is_heard_and_answered_with_nothing(string type, string body)
    {
        using var client = new HttpClient { BaseAddress = _portal.Address };

        using var answer = await client.PostAsync("/csp-report", Content(type, body), Cancel);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task When_a_report_is_larger_than_any_true_one_then_nothing_of_it_is_read_and_beyond_the_bound_of_all_requests_it_is_refused()
    {
        using var client = new HttpClient { BaseAddress = _portal.Address };

        using var large = await client.PostAsync("/csp-report", Content("application/json", new string('[', 40_000)), Cancel);
        using var larger = await client.PostAsync("/csp-report", Content("application/json", new string('[', 70_000)), Cancel);

        Assert.Equal(HttpStatusCode.NoContent, large.StatusCode);
        Assert.Contains(larger.StatusCode, (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.RequestEntityTooLarge]);
    }

    /// <summary>A page that complains by itself is not somebody who is there.</summary>
    [Fact]
    public async Task When_a_page_reports_then_its_session_lasts_no_longer_for_it()
    {
        using var client = await _portal.SignInAsync("clinician.poole");
        const string seen = "from access.session s join access.account a on a.id = s.account_id where a.subject = 'clinician.poole'";
        await _portal.AskAsync("update access.session set seen_at = now() - interval '5 minutes' where account_id = (select id from access.account where subject = 'clinician.poole')");
        var before = await _portal.AskAsync($"select max(s.seen_at) {seen}");

        using var answer = await client.PostAsync("/csp-report", Content("application/csp-report", """{"csp-report":{"effective-directive":"img-src"}}"""), Cancel);

        Assert.Equal(before, await _portal.AskAsync($"select max(s.seen_at) {seen}"));
        using var page = await client.GetAsync("/", Cancel);
        Assert.NotEqual(before, await _portal.AskAsync($"select max(s.seen_at) {seen}"));
    }

    private static ByteArrayContent Content(string type, string body) =>
        new(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
}
