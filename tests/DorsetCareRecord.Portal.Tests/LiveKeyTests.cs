using System.Net;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>Nobody looks at a record under the name of a page that refreshes itself: those who watch over access look past refreshes.</summary>
public sealed partial class LiveKeyTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_an_open_page_asks_for_itself_then_it_is_a_refresh_and_for_nothing_else()
    {
        using var client = await _portal.SignInAsync("clinician.dch");
        using var colleague = await _portal.SignInAsync("nurse.dch");
        var record = $"/record/{_portal.People[PersonState.Known]}";
        var key = Key().Match(await client.GetStringAsync(record, Cancel)).Groups[1].Value;
        Assert.NotEqual("", key);

        Assert.Equal("live-refresh", await ActOfAsync(client, record, key));
        Assert.Equal("live-refresh", await ActOfAsync(client, $"{record}?print=1", key)); // the same page
        Assert.Equal("view", await ActOfAsync(client, record, "1"));
        Assert.Equal("view", await ActOfAsync(client, record, ""));
        Assert.Equal("view", await ActOfAsync(client, record, $"{key}x"));
        Assert.Equal("view", await ActOfAsync(client, $"{record}/results", key));
        Assert.Equal("view", await ActOfAsync(client, $"/record/{_portal.People[PersonState.Deceased]}", key));
        Assert.Equal("view", await ActOfAsync(colleague, record, key));
        Assert.Equal("open-letter", await ActOfAsync(client, $"{record}/letters/{_portal.Letter}", key));
        Assert.Equal("download-letter", await ActOfAsync(client, $"{record}/letters/{_portal.Letter}/original", key));
        Assert.Equal("open-report", await ActOfAsync(client, $"{record}/report/{_portal.Report}", "1"));
    }

    private async Task<string?> ActOfAsync(HttpClient client, string path, string key)
    {
        var before = await _portal.AskAsync("select max(seq) from access.audit");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Dcr-Live", key);
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await _portal.AskAsync($"select action from access.audit where seq > {before} order by seq limit 1");
    }

    [GeneratedRegex("data-live-key=\"([^\"]+)\"")]
    private static partial Regex Key();
}
