using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DorsetCareRecord.Portal.Hosting;

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

    /// <summary>What is logged is the name of a directive, the one that was broken, and never a word of whoever sent the report.</summary>
    [Theory]
    [InlineData("""{"csp-report":{"effective-directive":"script-src-elem","violated-directive":"script-src 'self'"}}""", "script-src-elem")]
    [InlineData("""{"csp-report":{"effective-directive":"style-src-attr","document-uri":"script-src"}}""", "style-src-attr")]
    [InlineData("""{"csp-report":{"effective-directive":7,"violated-directive":"script-src 'self'"}}""", "script-src")]
    [InlineData("""{"csp-report":{"violated-directive":"img-src 'self' data:"}}""", "img-src")]
    [InlineData("""{"csp-report":{"effective-directive":"script-srcery"}}""", "other")]
    [InlineData("""{"csp-report":{"effective-directive":"Edith Hardwick"}}""", "other")]
    [InlineData("""{"csp-report":{"effective-directive":"script-src\r\nforged line"}}""", "other")]
    [InlineData("""{"csp-report":{}}""", "other")]
    [InlineData("""{"effective-directive":"script-src"}""", null)]
    [InlineData("""{"csp-report":"script-src"}""", null)]
    public void S25_When_a_report_names_what_was_broken_then_that_is_what_is_told(string report, string? told) =>
        Assert.Equal(told, PolicyReports.Read(Encoding.UTF8.GetBytes(report)));

    /// <summary>A directive that is added to the policy and not to the list would be reported as "other".</summary>
    [Fact]
    public async Task S25_When_any_directive_of_the_policy_is_broken_then_it_is_told_by_its_name()
    {
        using var client = new HttpClient { BaseAddress = _portal.Address };
        using var page = await client.GetAsync("/signed-out", Cancel);
        var directives = Assert.Single(page.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries)
            .Select(directive => directive.Split(' ')[0]).Where(name => name != "report-uri").ToList();

        Assert.InRange(directives.Count, 9, 20);
        Assert.All(directives, name => Assert.Equal(name,
            PolicyReports.Read(Encoding.UTF8.GetBytes($$$"""{"csp-report":{"effective-directive":"{{{name}}}"}}"""))));
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
