using System.Net;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Simulator.Development;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>A portal behind TLS that is really spoken (S26, S27; ASVS 5.0, 3.3.1 and 3.4.1).</summary>
[Collection(SignInCollection.Name)]
public sealed class TlsTests(SignInHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_portal_is_asked_over_tls_then_browsers_shall_come_so_for_a_year_and_every_cookie_is_of_this_host_alone()
    {
        house.Provider.BeHonest();
        var behind = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var front = new TlsFront(behind);
        await using var app = PortalHost.Build(new Settings
        {
            Database = house.Database.Portal, Listen = behind, Public = front.Address, Providers = [house.Named("standard")], Pace = 0,
        });
        await app.StartAsync(Cancel);
        using var browser = front.Client();

        foreach (var path in (string[])["/", "/health/live", "/css/dcr.css", "/there-is-no-such-page", "/sign-in-failed", "/session"])
        {
            using var answer = await browser.GetAsync(path, Cancel);
            Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        }

        var jar = new Dictionary<string, string>();
        var at = new Uri(front.Address, "/");
        HttpStatusCode status;
        using (var provider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            do
            {
                var isOurs = at.Authority == front.Address.Authority;
                using var request = new HttpRequestMessage(HttpMethod.Get, at);
                if (isOurs && jar.Count > 0)
                    request.Headers.Add("Cookie", string.Join("; ", jar.Select(pair => $"{pair.Key}={pair.Value}")));
                using var answer = await (isOurs ? browser : provider).SendAsync(request, Cancel);
                if (isOurs)
                    Keep(answer, jar);
                status = answer.StatusCode;
                at = answer.Headers.Location is { } next ? new Uri(at, next) : at;
            }
            while (status == HttpStatusCode.Redirect);
        }

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(new Uri(front.Address, "/"), at);
        Assert.Contains("__Host-dcr-session", jar.Keys);
        await app.StopAsync(Cancel);
    }

    /// <summary>Addresses we hand out are those we were told, whatever a request says of itself (ASVS 5.0, 4.1.3).</summary>
    [Fact]
    public async Task When_a_request_claims_another_host_or_scheme_then_the_way_back_leads_to_ours()
    {
        house.Provider.BeHonest();
        var behind = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var app = PortalHost.Build(new Settings
        {
            Database = house.Database.Portal, Listen = behind, Public = new Uri("https://record.test"), Providers = [house.Named("standard")], Pace = 0,
        });
        await app.StartAsync(Cancel);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = behind };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.test";
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("X-Forwarded-Host", "evil.test"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "host=evil.test;proto=http"), ("X-Original-URL", "/admin")])
            request.Headers.TryAddWithoutValidation(name, value);

        using var answer = await client.SendAsync(request, Cancel);

        Assert.Contains($"redirect_uri={Uri.EscapeDataString("https://record.test/signin-oidc")}", answer.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer.Headers.ToString(), StringComparison.Ordinal);
        await app.StopAsync(Cancel);
    }

    private static void Keep(HttpResponseMessage answer, Dictionary<string, string> jar)
    {
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var parts = set.Split(';', StringSplitOptions.TrimEntries);
            Assert.StartsWith("__Host-", parts[0], StringComparison.Ordinal);
            Assert.Contains("secure", parts, StringComparer.OrdinalIgnoreCase);
            Assert.Contains("httponly", parts, StringComparer.OrdinalIgnoreCase);
            Assert.Contains("path=/", parts, StringComparer.OrdinalIgnoreCase);
            Assert.DoesNotContain(parts, part => part.StartsWith("domain=", StringComparison.OrdinalIgnoreCase));
            Assert.Contains(parts, part => part.StartsWith("samesite=", StringComparison.OrdinalIgnoreCase));
            var (name, value) = (parts[0].Split('=', 2)[0], parts[0].Split('=', 2)[1]);
            if (value.Length == 0)
                jar.Remove(name);
            else
                jar[name] = value;
        }
    }
}
