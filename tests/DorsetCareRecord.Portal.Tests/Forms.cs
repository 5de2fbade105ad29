using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>What a form needs to be heard: the token in it, and the cookie beside it.</summary>
internal sealed record FormToken(string Field, string Cookie);

/// <summary>Forms as a browser would send them.</summary>
internal static partial class Forms
{
    /// <summary>The sign-out form stands on every page, so any page lends its token.</summary>
    internal static async Task<FormToken> TokenAsync(HttpClient client, CancellationToken cancel)
    {
        using var answer = await client.GetAsync("/there-is-no-such-page", cancel);
        var page = await answer.Content.ReadAsStringAsync(cancel);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.Contains("dcr-form", StringComparison.Ordinal)).Split(';')[0];
        return new FormToken(Token().Match(page).Groups[1].Value, cookie);
    }

    internal static HttpRequestMessage Post(HttpClient client, string path, FormToken token, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token.Field), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        request.Headers.Add("Cookie", $"{client.DefaultRequestHeaders.GetValues("Cookie").First()}; {token.Cookie}");
        return request;
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
