using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// Whatever fails, and wherever, the answer says nothing of it (S32; ASVS 5.0, 16.5.1): each class of fault a database has, in each kind of
/// place, on every page; and each class of fault a request has.
/// </summary>
public sealed partial class FaultTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>What the fault says for itself: were it a row of a patient's, it would stand on the page.</summary>
    private const string Secret = "faultsecret";

    /// <summary>Statement timeout, deadlock, no memory, no more connections, ended by the administrator, broken data, a bug.</summary>
    private static readonly string[] Classes = ["57014", "40P01", "53200", "53300", "57P01", "XX001", "XX000"];

    private OpenPortal _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await OpenPortal.BeginAsync(postgres);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task When_a_database_fails_in_any_way_in_any_place_then_no_page_tells_anything_of_it()
    {
        var pages = (await Handler.OfAsync(_portal)).Where(handler => handler.Method == "Get").ToList();
        var clients = new Dictionary<string, HttpClient>();
        foreach (var user in pages.Select(page => page.User).Distinct())
            clients[user] = await _portal.SignInAsync(user);
        var (failed, wrong) = (0, new List<string>());
        await _portal.AskAsync($"""
            create table access.fault (code text);
            create function access.fail() returns boolean language plpgsql stable security definer as $$
            declare asked text; begin
              select code into asked from access.fault;
              if asked is not null then raise exception '{Secret}' using errcode = asked, detail = '{Secret}', hint = '{Secret}'; end if;
              return true; end $$;
            """);
        // Who somebody is, whether they are let in, and what is noted of them.
        foreach (var table in (string[])["record.demographics", "access.session", "access.audit_head"])
        {
            var (schema, name) = (table.Split('.')[0], table.Split('.')[1]);
            await _portal.AskAsync($"""
                alter table {table} rename to {name}_kept;
                create view {table} as select * from {schema}.{name}_kept where access.fail();
                grant select, insert, update on {table} to dcr_portal;
                """);
            for (var i = 0; i < pages.Count; i++)
            {
                // Every page in each place, with the classes going round: all meet all over the three places and the pages of a kind.
                var code = Classes[i % Classes.Length];
                await _portal.AskAsync($"delete from access.fault; insert into access.fault values ('{code}')");
                using var answer = await clients[pages[i].User].GetAsync(pages[i].Path(_portal.People[PersonState.Known], _portal.Report), Cancel);
                failed += (int)answer.StatusCode >= 500 ? 1 : 0;
                if (await SaysTooMuchAsync(answer) || ((int)answer.StatusCode >= 500 && !await IsThePageAsync(answer)))
                    wrong.Add($"{pages[i].Page} {table} {code}: {(int)answer.StatusCode}");
            }

            await _portal.AskAsync($"delete from access.fault; drop view {table}; alter table {schema}.{name}_kept rename to {name}");
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.True(failed > pages.Count, $"only {failed} answers failed");
        foreach (var (user, client) in clients)
        {
            using var answer = await client.GetAsync(user == "clinician.dch" ? $"/record/{_portal.People[PersonState.Known]}" : "/there-is-no-such-page", Cancel);
            Assert.True((int)answer.StatusCode < 500, $"{user}: {(int)answer.StatusCode} after all was whole again");
            client.Dispose();
        }
    }

    /// <summary>The fault is in the request: too large, too long, of another type, half a header, another method, no token.</summary>
    [Fact]
    public async Task When_a_request_is_wrong_in_any_way_then_the_answer_tells_nothing_and_carries_the_wall()
    {
        using var client = await _portal.SignInAsync("clinician.dch");
        var token = await Forms.TokenAsync(client, Cancel);
        var person = _portal.People[PersonState.Known];
        (string Name, HttpRequestMessage Request, int[] Expected)[] requests =
        [
            ("too large", Forms.Post(client, "/", token, ("Words", new string('x', 70_000))), [400, 413]),
            ("too many fields", Forms.Post(client, "/", token, [.. Enumerable.Range(0, 1100).Select(i => ($"f{i}", "x"))]), [400]),
            ("another type", With(new(HttpMethod.Post, "/"), new StringContent("{\"a\":", MediaTypeHeaderValue.Parse("application/json"))), [400, 415]),
            ("a broken type", With(new(HttpMethod.Post, "/"), new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "multipart/form-data" } } }), [400]),
            ("another method", new(HttpMethod.Delete, $"/record/{person}"), [400, 404, 405]),
            ("no such handler", new(HttpMethod.Get, $"/record/{person}?handler=Nothing"), [200, 404]),
            ("an id that is none", new(HttpMethod.Get, "/record/not-an-id"), [404]),
            ("an id too long", new(HttpMethod.Get, $"/record/{new string('9', 4000)}"), [404, 414]),
            ("a file below a page", new(HttpMethod.Get, $"/record/{person}/x.css"), [404]),
            ("NUL in the query", new(HttpMethod.Get, $"/record/{person}/results?from=%00&to=%00"), [400]),
            ("half a character", new(HttpMethod.Get, $"/record/{person}/search?q=%c3"), [200, 302, 400]),
            ("a form to a page that takes none", Forms.Post(client, $"/record/{person}/encounters", token), [405]),
            ("a form to the past", Forms.Post(client, $"/record/{person}/timeline?handler=Paper", token), [405]),
            ("a method of its own", new(new HttpMethod("PAGE"), $"/record/{person}?handler=HandlerExecution"), [400, 404, 405]),
            ("a token for a provider, too large", With(new(HttpMethod.Post, "/signout-backchannel"), new FormUrlEncodedContent([new("logout_token", new string('x', 70_000))])), [400, 413]),
            ("a path upwards", new(HttpMethod.Get, "/css/..%2f..%2fappsettings.json"), [400, 404]),
            ("no route at all", new(HttpMethod.Get, "/.git/config"), [404]),
        ];
        foreach (var (name, request, expected) in requests)
        {
            using (request)
            {
                using var answer = await client.SendAsync(request, Cancel);
                Assert.True(expected.Contains((int)answer.StatusCode), $"{name}: {(int)answer.StatusCode}");
                Assert.False(await SaysTooMuchAsync(answer), name);
                Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Which a clinician must see, whatever failed: that nothing is shown does not mean that nothing is there.</summary>
    private static async Task<bool> IsThePageAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync(Cancel)).Contains("Do not assume that nothing is recorded", StringComparison.Ordinal);

    private static HttpRequestMessage With(HttpRequestMessage request, HttpContent content)
    {
        request.Content = content;
        return request;
    }

    private static async Task<bool> SaysTooMuchAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        return body.Contains(Secret, StringComparison.Ordinal) || ((int)answer.StatusCode >= 400 && Telling().IsMatch(body));
    }

    [GeneratedRegex(@"(?i)npgsql|postgres|sqlstate|exception|dorsetcarerecord\.|stack ?trace| at line |/src/|\.cs:|kestrel|asp\.net")]
    private static partial Regex Telling();
}
