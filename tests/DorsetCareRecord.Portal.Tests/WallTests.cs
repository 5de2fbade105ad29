using System.Net;
using System.Text.RegularExpressions;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>What every answer must be, whatever it answers (docs/security/tests.md).</summary>
public sealed partial class WallTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>S24, S25, S26, S23: pages, errors, static files and the answer to nobody alike.</summary>
    [Theory]
    [InlineData("clinician.dch", "/record/{known}", "/record/{known}/letters", "/record/{known}/print", "/record/{known}/timeline", "/my-work", "/", "/nothing-here", "/record/{restricted}/why")]
    [InlineData("admin.dch", "/admin", "/admin/agreements", "/admin/why", "/feeds", "/record/{known}")]
    [InlineData("operator", "/feeds/messages", "/matches", "/cutover", "/feeds/day")]
    [InlineData("privacy.dch", "/privacy", "/privacy/watch", "/privacy/figures", "/privacy/person/{known}", "/css/dcr.css", "/health/live")]
    public async Task When_anything_is_answered_then_the_wall_stands(string user, params string[] paths)
    {
        using var client = await _portal.SignInAsync(user);
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path.Replace("{known}", $"{_portal.People[PersonState.Known]}", StringComparison.Ordinal)
                .Replace("{restricted}", $"{_portal.People[PersonState.Restricted]}", StringComparison.Ordinal), Cancel);
            var body = await answer.Content.ReadAsStringAsync(Cancel);

            var policy = Header(answer, "Content-Security-Policy");
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("report-uri /csp-report", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"), path);
            if (path.StartsWith("/css", StringComparison.Ordinal))
                continue;
            Assert.Equal("no-store", Header(answer, "Cache-Control"));
            Assert.Equal("", Inline().Match(body).Value);
            Assert.DoesNotMatch("(?i)hardwick|edith|999[ 0-9]{7,}", Title().Match(body).Value);
            Assert.Equal([], Address().Matches(body).Select(match => match.Value).Where(link => PersonsWords().IsMatch(link)));
        }
    }

    /// <summary>S27: over TLS every cookie is one that no other host and no plain page can set (RFC 6265bis, 4.1.3.2).</summary>
    [Fact]
    public async Task When_the_portal_is_behind_tls_then_every_cookie_is_of_this_host_alone()
    {
        await using var app = PortalHost.Build(new Settings
        {
            Database = "Host=127.0.0.1", Listen = new Uri("http://127.0.0.1:1"), Public = new Uri("https://record.test"), Providers = [OpenPortal.Nobody],
        });
        var session = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme).Cookie;
        var form = app.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;
        var next = app.Services.GetRequiredService<IOptions<CookieTempDataProviderOptions>>().Value.Cookie;

        Assert.All([session, form, next], cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
            Assert.Equal(CookieSecurePolicy.Always, cookie.SecurePolicy);
            Assert.True(cookie.HttpOnly);
            Assert.NotEqual(SameSiteMode.None, cookie.SameSite);
            Assert.Null(cookie.Domain);
            Assert.Equal("/", cookie.Path ?? "/");
        });
    }

    /// <summary>S32: the answer to broken machinery says nothing of it; what it was is in the log under the reference.</summary>
    [Fact]
    public async Task When_machinery_breaks_then_the_page_tells_nothing_of_it()
    {
        using var client = await _portal.SignInAsync("admin.dch");
        await _portal.AskAsync("alter table access.correction rename to correction_gone");
        try
        {
            using var answer = await client.GetAsync("/admin/corrections", Cancel);

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Equal("no-store", Header(answer, "Cache-Control"));
            Assert.DoesNotMatch("(?i)npgsql|postgres|correction|exception|dorsetcarerecord\\.|stack| at line |/src/",
                Content().Match(await answer.Content.ReadAsStringAsync(Cancel)).Value);
        }
        finally
        {
            await _portal.AskAsync("alter table access.correction_gone rename to correction");
        }
    }

    /// <summary>S08: the way back from the page that asks for a reason leads into the record and nowhere else.</summary>
    [Theory]
    [InlineData("//evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("https://evil.test")]
    [InlineData("javascript:alert(1)")]
    [InlineData("%2f%2fevil.test")]
    [InlineData("/record/{person}/../../admin")]
    [InlineData("/record/{person}@evil.test")]
    public async Task When_the_way_back_leads_elsewhere_then_it_leads_to_the_record(string then)
    {
        var person = _portal.People[PersonState.Restricted];
        using var client = await _portal.SignInAsync("nurse.dch");
        var target = then.Replace("{person}", $"{person}", StringComparison.Ordinal);

        var page = await client.GetStringAsync($"/record/{person}/why?then={Uri.EscapeDataString(target)}", Cancel);

        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin", page, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", page, StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    [GeneratedRegex("""<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+\s*=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<title>.*?</title>", RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Content();

    [GeneratedRegex("""(?:href|action|src|formaction)="[^"]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    /// <summary>A number of ten digits is not a part of an id, which may hold the same digits by chance.</summary>
    [GeneratedRegex("hardwick|edith|(?<![0-9a-f-])999[ %0-9]{7,}", RegexOptions.IgnoreCase)]
    private static partial Regex PersonsWords();
}
