using System.Net;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Benchmarks;

/// <summary>One signed-in user: goes the whole way of OpenID Connect once, then asks for pages with its cookie.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseCookies = true, AllowAutoRedirect = true })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public static async Task<Browser> SignInAsync(Uri portal, string user)
    {
        var browser = new Browser();
        using var choice = await browser._client.GetAsync(portal);
        var page = await choice.Content.ReadAsStringAsync();
        var form = Form().Match(page);
        if (!form.Success)
            throw new InvalidOperationException("The sign-in page has no form.");
        var fields = Hidden().Matches(page)
            .Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(KeyValuePair.Create("demo_user", user));
        var target = new Uri(choice.RequestMessage!.RequestUri!, WebUtility.HtmlDecode(form.Groups[1].Value));
        using var answer = await browser._client.PostAsync(target, new FormUrlEncodedContent(fields));
        if (answer.RequestMessage!.RequestUri!.Authority != portal.Authority || !answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"Signing in ended with {(int)answer.StatusCode}.");
        return browser;
    }

    /// <summary>Bytes of the page; 0 when it was refused.</summary>
    public async Task<int> GetAsync(Uri page)
    {
        using var answer = await _client.GetAsync(page);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? bytes.Length : 0;
    }

    public async Task<HttpStatusCode> StatusAsync(Uri page)
    {
        using var answer = await _client.GetAsync(page);
        return answer.StatusCode;
    }

    /// <summary>The stream of a page's live events.</summary>
    public async Task<LivePage> OpenLiveAsync(Uri address, CancellationToken cancel)
    {
        var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
        return new LivePage(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(cancel)));
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<form[^>]*action=\"([^\"]*)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

/// <summary>What an open page hears.</summary>
internal sealed class LivePage(HttpResponseMessage answer, StreamReader events) : IDisposable
{
    /// <summary>Completes when the page is told that something changed.</summary>
    public async Task ChangedAsync(CancellationToken cancel)
    {
        while (await events.ReadLineAsync(cancel) is { } line)
        {
            if (line == "event: changed")
                return;
        }

        throw new IOException("The live stream ended.");
    }

    public void Dispose()
    {
        events.Dispose();
        answer.Dispose();
    }
}
