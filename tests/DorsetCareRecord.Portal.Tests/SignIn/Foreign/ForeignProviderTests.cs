using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests.SignIn.Foreign;

/// <summary>
/// Signing in and out before providers made by others (trust rules ID-1 to ID-11; S06, S07, S09): discovery, keys, pushed requests, the exchange
/// of codes, the user information endpoint and logout tokens are all of a certified provider's code, in a process of its own.
/// </summary>
[Collection(SignInCollection.Name)]
public sealed partial class ForeignProviderTests(SignInHouse house, ForeignProvider foreign) : IClassFixture<ForeignProvider>, IAsyncLifetime
{
    private const string Doctor = "clinician.dch";

    private Uri _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await house.OpenAsync("foreign", pace: 0, foreign.Settings);
        await foreign.BeginAsync(_portal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("keycloak", "POST /realms/dorset/request", "POST /realms/dorset/token", "GET /realms/dorset/me")]
    [InlineData("cis2", "POST /cis2/request", "POST /cis2/token", "GET /cis2/me")]
    [InlineData("entra", $"POST /{ForeignProvider.Tenant}/v2.0/token")]
    public async Task When_a_provider_made_by_others_vouches_for_somebody_then_they_are_let_in(string kind, params string[] asked)
    {
        await foreign.KnowAsync(PersonOf(kind));
        using var caller = new Caller(_portal);

        var (path, page, times) = await SignInAsync(caller, kind);

        Assert.Equal(("/", 1), (path, times));
        Assert.Contains("Dr Anna Lovell", page, StringComparison.Ordinal);
        Assert.Equal([], asked.Except(await foreign.HeardAsync()));
        Assert.Equal($"sign-in allowed {Doctor} dch clinician", await house.AskAsync(
            "select concat_ws(' ', action, outcome, subject, organisation, role) from access.audit where action = 'sign-in' order by seq desc limit 1"));
    }

    public static TheoryData<string, string, string> Short => new()
    {
        { "keycloak", "acr:", "/sign-in-short/assurance" },
        { "keycloak", "acr:AAL1_USERPASS", "/sign-in-short/assurance" },
        { "keycloak", "dcr_role:admin", "/not-enabled" },
        { "keycloak", "who:stranger", "/not-enabled" },
        { "cis2", "acr:", "/sign-in-short/assurance" },
        { "cis2", "acr:AAL1_USERPASS", "/sign-in-short/assurance" },
        { "cis2", "id_assurance_level:2", "/sign-in-short/assurance" },
        { "cis2", "authentication_assurance_level:1", "/sign-in-short/assurance" },
        { "cis2", "authentication_assurance_level:", "/sign-in-short/assurance" },
        { "cis2", "selected_roleid:", "/sign-in-short/role" },
        { "cis2", "selected_roleid:role-of-nobody", "/sign-in-short/role" },
        { "cis2", "selected_roleid:role-b", "/sign-in-short/other-role" },
        { "entra", "amr:pwd", "/sign-in-short/assurance" },
        { "entra", "tid:another-tenant", "/not-enabled" },
        { "entra", "oid:", "/not-enabled" },
        { "entra", "roles:clerical", "/not-enabled" },
    };

    [Theory]
    [MemberData(nameof(Short))]
    public async Task When_what_it_says_of_somebody_is_short_or_of_another_then_they_are_refused(string kind, string wrong, string path)
    {
        var (name, value) = (wrong.Split(':')[0], wrong.Split(':')[1]);
        var person = PersonOf(kind);
        person = name switch
        {
            "acr" => person with { Acr = value.Length > 0 ? value : null },
            "amr" => person with { Amr = [value] },
            "who" => person with { Who = value },
            _ => person,
        };
        if (person == PersonOf(kind) || name is not ("acr" or "amr" or "who"))
            person.Claims[name] = value.Length == 0 ? null : name == "roles" ? new JsonArray(value) : value;
        await foreign.KnowAsync(person);
        using var caller = new Caller(_portal);

        Assert.Equal(path, (await SignInAsync(caller, kind, person.Who)).Path);
        using var left = await caller.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    /// <summary>It knows the person from an hour ago, and asks them all the same; what it says of an hour ago is no proof.</summary>
    [Theory]
    [InlineData("keycloak")]
    [InlineData("cis2")]
    [InlineData("entra")]
    public async Task ID_10_When_a_new_proof_is_needed_then_it_asks_anew_and_only_what_is_fresh_is_believed(string kind)
    {
        var why = $"/record/{house.Hidden}/why";
        await foreign.KnowAsync(PersonOf(kind) with { Ago = 3600 });
        using var caller = new Caller(_portal);
        await SignInAsync(caller, kind);
        using var older = new Caller(_portal, caller.Cookies);

        var stale = await WalkAsync(caller, await caller.GetAsync(why, Cancel), Doctor);
        Assert.Equal(("/sign-in-short/proof", 1), (stale.Path, stale.Asked));

        await foreign.KnowAsync(PersonOf(kind) with { Ago = 3600 });
        await SignInAsync(caller, kind);
        await foreign.KnowAsync(PersonOf(kind));
        var fresh = await WalkAsync(caller, await caller.GetAsync(why, Cancel), Doctor);
        Assert.Equal((why, 1), (fresh.Path, fresh.Asked));
        using var again = await caller.GetAsync(why, Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var left = await older.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    /// <summary>The key is new and the old one is gone; nobody starts anything again, and nobody's sign-in fails for it.</summary>
    [Theory]
    [InlineData("keycloak")]
    [InlineData("cis2")]
    public async Task When_its_key_changes_then_the_next_sign_in_and_the_next_sign_out_are_believed(string kind)
    {
        await foreign.KnowAsync(PersonOf(kind));
        using var caller = new Caller(_portal);
        await SignInAsync(caller, kind);

        await foreign.ChangeKeyAsync(kind);
        using var next = new Caller(_portal);
        Assert.Equal("/", (await SignInAsync(next, kind)).Path);

        await foreign.ChangeKeyAsync(kind);
        await foreign.EndSessionAsync(kind, Doctor);
        using var left = await next.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    [Theory]
    [InlineData("keycloak")]
    [InlineData("cis2")]
    [InlineData("entra")]
    public async Task ID_6_When_its_administrator_ends_a_session_then_that_one_ends_and_its_open_page_is_told(string kind)
    {
        await foreign.KnowAsync(PersonOf(kind), PersonOf(kind, "nurse.dch"));
        using var caller = new Caller(_portal);
        using var other = new Caller(_portal);
        await SignInAsync(caller, kind);
        await SignInAsync(other, kind, "nurse.dch");
        using var live = await caller.ListenAsync($"/record/{house.Edith}/live", Cancel);
        using var events = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));

        await foreign.EndSessionAsync(kind, Doctor);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60)); // else a page that is never told would be listened to for ever
        while (await events.ReadLineAsync(patience.Token) is var line && line != "event: over")
            Assert.NotNull(line);
        using var left = await caller.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using var stays = await other.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
    }

    [Theory]
    [InlineData("keycloak")]
    [InlineData("cis2")]
    [InlineData("entra")]
    public async Task When_somebody_signs_out_then_they_are_signed_out_there_too_and_come_back_to_a_page_of_ours(string kind)
    {
        await foreign.KnowAsync(PersonOf(kind));
        using var caller = new Caller(_portal);
        await SignInAsync(caller, kind);
        using var older = new Caller(_portal, caller.Cookies);
        Assert.Equal(0, (await SignInAsync(caller, kind)).Asked); // it knows them
        var (token, _) = await caller.FormAsync("/", Cancel);

        var end = await WalkAsync(caller, await caller.PostAsync("/sign-out", [new("__RequestVerificationToken", token)], Cancel), Doctor);

        Assert.Equal(("/signed-out", 1), (end.Path, end.Asked)); // whether they mean it
        Assert.Equal(1, (await SignInAsync(caller, kind)).Asked); // it knows them no more
        using var left = await older.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    /// <summary>Of two portals one has heard of it, and another was started after it went. It comes back with other keys, and nothing of ours is started again.</summary>
    [Fact]
    public async Task When_it_is_down_then_a_page_says_so_open_sessions_go_on_and_can_be_ended()
    {
        string[] kinds = ["keycloak", "cis2", "entra"];
        var later = await house.OpenAsync("foreign, later", pace: 0, foreign.Settings);
        var (there, under) = (new Dictionary<string, Caller>(), new Dictionary<string, (Caller Caller, string Back)>());
        foreach (var kind in kinds)
        {
            await foreign.KnowAsync(PersonOf(kind));
            await SignInAsync(there[kind] = new Caller(_portal), kind);
            var unfinished = new Caller(_portal);
            under[kind] = (unfinished, await UntilBackAsync(unfinished, await AskAsync(unfinished, kind)));
        }

        await house.AskAsync("update access.session set authenticated_at = now() - interval '16 minutes' where ended_at is null");
        await foreign.StopAsync();
        try
        {
            foreach (var kind in kinds)
            {
                using (var caller = under[kind].Caller)
                    Assert.Equal("/sign-in-failed", (await WalkAsync(caller, await caller.GetAsync(under[kind].Back, Cancel), Doctor)).Path);
                foreach (var portal in (Uri[])[_portal, later])
                {
                    using var newcomer = new Caller(portal);
                    using var begun = await AskAsync(newcomer, kind);
                    Assert.True(IsPlain(begun), $"{kind}: {(int)begun.StatusCode} {begun.Headers.Location}");
                    using var known = new Caller(portal, there[kind].Cookies);
                    using var proof = await known.GetAsync($"/record/{house.Hidden}/why", Cancel);
                    Assert.True(IsPlain(proof), $"{kind}: {(int)proof.StatusCode} {proof.Headers.Location}");
                    using var goesOn = await known.GetAsync($"/record/{house.Edith}", Cancel);
                    Assert.Equal(HttpStatusCode.OK, goesOn.StatusCode);
                }

                using var leaving = new Caller(later, there[kind].Cookies);
                var (token, _) = await leaving.FormAsync("/", Cancel);
                using var signedOut = await leaving.PostAsync("/sign-out", [new("__RequestVerificationToken", token)], Cancel);
                Assert.Equal("/signed-out", signedOut.Headers.Location?.ToString());
                using var left = await there[kind].GetAsync("/", Cancel);
                Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
                there[kind].Dispose();
            }
        }
        finally
        {
            await foreign.BeginAsync(_portal);
        }

        foreach (var kind in kinds)
        {
            await foreign.KnowAsync(PersonOf(kind));
            using var anew = new Caller(_portal);
            Assert.Equal((kind, "/"), (kind, (await SignInAsync(anew, kind)).Path));
        }

        // To the provider itself, which the browser will find down, or to the page that says so.
        bool IsPlain(HttpResponseMessage answer) =>
            answer.Headers.Location is { } next && ((next.IsAbsoluteUri && foreign.Is(next)) || next.ToString() == "/sign-in-failed");
    }

    private static int NumberOf(string kind) => kind switch { "keycloak" => 1, "cis2" => 2, _ => 3 };

    private static ForeignPerson PersonOf(string kind, string who = Doctor) => kind switch
    {
        // Of the realm's roles nothing is believed: a role is what the directory gave.
        "keycloak" => new(who) { Acr = "AAL2_TOTP", Claims = new() { ["realm_access"] = new JsonObject { ["roles"] = new JsonArray("admin", "offline_access") } } },
        "cis2" => new(who)
        {
            Acr = "AAL3_ANY", Amr = ["N3_SMARTCARD"],
            Claims = new()
            {
                ["uid"] = who, ["id_assurance_level"] = "3", ["authentication_assurance_level"] = "3", ["selected_roleid"] = "role-a",
                ["nhsid_nrbac_roles"] = new JsonArray(
                    new JsonObject { ["person_roleid"] = "role-b", ["org_code"] = "RDZ", ["role_code"] = "S8000:G8000:R8010" },
                    new JsonObject { ["person_roleid"] = "role-a", ["org_code"] = "RBD", ["role_code"] = who == Doctor ? "S8000:G8000:R8000" : "S8000:G8000:R8001", ["activity_codes"] = new JsonArray("B0360") }),
            },
        },
        _ => new(who) { Amr = ["pwd", "mfa"], Claims = new() { ["oid"] = who, ["tid"] = ForeignProvider.Tenant } },
    };

    /// <summary>The page that offers the providers, this one chosen, and all that follows.</summary>
    /// <returns>Where it ended, what stood there, and how often the provider asked who they are.</returns>
    private async Task<(string Path, string Page, int Asked)> SignInAsync(Caller caller, string kind, string who = Doctor) =>
        await WalkAsync(caller, await AskAsync(caller, kind), who);

    private static Task<HttpResponseMessage> AskAsync(Caller caller, string kind) => caller.PostAsync("/sign-in", [new("provider", $"{NumberOf(kind)}")], Cancel);

    private async Task<(string Path, string Page, int Asked)> WalkAsync(Caller caller, HttpResponseMessage answer, string who)
    {
        var asked = 0;
        for (var step = 0; step < 20; step++)
        {
            using var here = answer;
            var page = await here.Content.ReadAsStringAsync(Cancel);
            if (await NextAsync(caller, here, page, who) is not { } next)
                return (here.RequestMessage!.RequestUri!.AbsolutePath, page, asked);
            asked += here.Headers.Location is null ? 1 : 0;
            answer = next;
        }

        throw new InvalidOperationException("It goes round in circles.");
    }

    /// <summary>Follows a redirect, or fills in a form of the provider's; null where the way ends.</summary>
    private async Task<HttpResponseMessage?> NextAsync(Caller caller, HttpResponseMessage answer, string page, string who)
    {
        var at = answer.RequestMessage!.RequestUri!;
        if (answer.Headers.Location is { } next)
            return await caller.GetAsync(new Uri(at, next).ToString(), Cancel);
        if (!foreign.Is(at) || Form().Match(page) is not { Success: true } form)
            return null;
        return await caller.PostAsync(new Uri(at, form.Groups[1].Value).ToString(),
            [new("who", who), new("logout", "yes"), .. Hidden().Matches(page).Select(field => KeyValuePair.Create(field.Groups[1].Value, field.Groups[2].Value))], Cancel);
    }

    /// <summary>Signs in at the provider and stops with its answer in hand, before the portal has it.</summary>
    private async Task<string> UntilBackAsync(Caller caller, HttpResponseMessage answer)
    {
        for (var step = 0; step < 20; step++)
        {
            if (answer.Headers.Location is { } next && next.IsAbsoluteUri && next.AbsolutePath.StartsWith("/signin-oidc", StringComparison.Ordinal))
                return next.ToString();
            answer = await NextAsync(caller, answer, await answer.Content.ReadAsStringAsync(Cancel), Doctor) ?? throw new InvalidOperationException("It led nowhere.");
        }

        throw new InvalidOperationException("It goes round in circles.");
    }

    [GeneratedRegex("<form[^>]*action=\"([^\"]+)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
