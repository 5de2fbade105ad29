using System.Net;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>Somebody with a cookie jar and no browser, who is shown each step of signing in.</summary>
internal sealed partial class Caller : IDisposable
{
    private readonly CookieContainer _jar = new();
    private readonly HttpClient _client;

    /// <param name="cookies">What the jar holds at the start.</param>
    public Caller(Uri portal, IEnumerable<Cookie>? cookies = null)
    {
        Portal = portal;
        foreach (var cookie in cookies ?? [])
            _jar.Add(portal, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _jar }) { BaseAddress = portal };
    }

    public Uri Portal { get; }

    /// <summary>Copies: what the jar holds at this moment.</summary>
    public IReadOnlyList<Cookie> Cookies => [.. _jar.GetAllCookies().Select(cookie => new Cookie(cookie.Name, cookie.Value, cookie.Path))];

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancel) => _client.GetAsync(new Uri(Portal, path), cancel);

    /// <summary>As soon as the answer has begun.</summary>
    public Task<HttpResponseMessage> ListenAsync(string path, CancellationToken cancel) =>
        _client.GetAsync(new Uri(Portal, path), HttpCompletionOption.ResponseHeadersRead, cancel);

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancel) =>
        _client.PostAsync(new Uri(Portal, path), new FormUrlEncodedContent(form), cancel);

    /// <summary>Opens a page and follows until an answer is no redirect; gives where that was and what it said.</summary>
    public async Task<(string Path, HttpStatusCode Status)> FollowAsync(string path, CancellationToken cancel)
    {
        var (at, answer) = await WalkAsync(path, null, cancel);
        using (answer)
            return (at.AbsolutePath, answer!.StatusCode);
    }

    /// <summary>The page it leads to, and the token that its forms want.</summary>
    public async Task<(string Token, string Page)> FormAsync(string path, CancellationToken cancel)
    {
        var (_, answer) = await WalkAsync(path, null, cancel);
        using (answer)
        {
            var page = await answer!.Content.ReadAsStringAsync(cancel);
            return (FormToken().Match(page).Groups[1].Value, page);
        }
    }

    /// <summary>Follows, and stops before it would open <paramref name="stop"/>; gives that address with its query.</summary>
    public async Task<string> UntilAsync(string path, string stop, CancellationToken cancel) => (await WalkAsync(path, stop, cancel)).At.PathAndQuery;

    public void Dispose() => _client.Dispose();

    private async Task<(Uri At, HttpResponseMessage? Answer)> WalkAsync(string path, string? stop, CancellationToken cancel)
    {
        var at = new Uri(Portal, path);
        for (var step = 0; step < 12; step++)
        {
            if (at.AbsolutePath == stop)
                return (at, null);
            var answer = await _client.GetAsync(at, cancel);
            if (answer.Headers.Location is not { } next)
                return (at, answer);
            answer.Dispose();
            at = new Uri(at, next);
        }

        throw new InvalidOperationException("It goes round in circles.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
