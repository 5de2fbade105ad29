using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DorsetCareRecord.Portal.SignIn.Providers;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>
/// Signing in before a provider that may be hostile (trust rules ID-1 to ID-5; test S09): a real socket, a real directory, and a token
/// for each way to be wrong.
/// </summary>
[Collection(SignInCollection.Name)]
public sealed class ProviderTests(SignInHouse house)
{
    private Uri _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StrangeProvider Provider => house.Provider;

    [Fact]
    public async Task ID_5_When_a_token_is_honest_then_its_person_is_let_in_and_otherwise_not()
    {
        _portal = await house.OpenAsync("standard");
        Assert.Equal(("/", HttpStatusCode.OK), await SignInAsync());

        foreach (var (wrong, lie) in Lies)
        {
            Provider.BeHonest();
            lie(Provider);
            var (path, _) = await SignInAsync();
            Assert.True(path is "/not-enabled" or "/sign-in-failed" or "/sign-in-short/assurance", $"{wrong} was let in: {path}");
        }
    }

    [Fact]
    public async Task ID_1_When_assurance_is_missing_or_low_then_cis2_is_refused()
    {
        _portal = await house.OpenAsync("cis2");
        Provider.BeHonest();
        Cis2(Provider);
        Assert.Equal(("/", HttpStatusCode.OK), await SignInAsync());

        foreach (var (name, value, page) in ((string, JsonNode?, string)[])[
            ("id_assurance_level", null, "assurance"), ("id_assurance_level", "2", "assurance"), ("id_assurance_level", "", "assurance"),
            ("authentication_assurance_level", null, "assurance"), ("authentication_assurance_level", "1", "assurance"),
            ("acr", null, "assurance"), ("acr", "AAL1_USERPASS", "assurance"), ("selected_roleid", null, "role")])
        {
            Provider.BeHonest();
            Cis2(Provider);
            var before = Provider.Claims;
            Provider.Claims = claims => { before(claims); Put(claims, name, value); };
            Assert.Equal(($"/sign-in-short/{page}", HttpStatusCode.OK), await SignInAsync());
        }

        Assert.Equal("sign-in refused clinician.dch {sign-in-short:Role}", await house.AskAsync(
            "select concat_ws(' ', action, outcome, subject, rules) from access.audit order by seq desc limit 1"));
    }

    [Fact]
    public async Task ID_2_When_the_selected_role_is_another_than_the_first_then_it_is_the_one_that_counts()
    {
        _portal = await house.OpenAsync("cis2");
        Provider.BeHonest();
        Cis2(Provider, selected: "role-b", ("role-a", "RDZ", "S8000:G8000:R8010"), ("role-b", "RBD", "S8000:G8000:R8000"));
        Assert.Equal("/", (await SignInAsync()).Path);

        Cis2(Provider, selected: "role-a", ("role-a", "RDZ", "S8000:G8000:R8000"), ("role-b", "RBD", "S8000:G8000:R8000"));
        Assert.Equal("/sign-in-short/other-role", (await SignInAsync()).Path); // another organisation than the directory's

        Cis2(Provider, selected: "role-a", ("role-a", "RBD", "S8000:G8000:R8010"));
        Assert.Equal("/sign-in-short/other-role", (await SignInAsync()).Path); // a clerk's role does not make a clinician

        Cis2(Provider, selected: "role-a", ("role-a", "RBD", "S9999:G9999:R9999"));
        Assert.Equal("/sign-in-short/other-role", (await SignInAsync()).Path); // an unknown code means nothing

        Cis2(Provider, selected: "role-c", ("role-a", "RBD", "S8000:G8000:R8000"));
        Assert.Equal("/sign-in-short/role", (await SignInAsync()).Path); // none matches
    }

    /// <summary>The policy's tables decide what a code is worth, and an installation's own row counts at the next sign-in.</summary>
    [Fact]
    public async Task When_an_activity_includes_another_and_a_table_maps_it_then_the_role_it_permits_is_let_in()
    {
        _portal = await house.OpenAsync("cis2");
        Cis2(Provider, selected: "role-a", ("role-a", "RBD", "S9999:G9999:R9999"));
        var before = Provider.UserInformation;
        Provider.UserInformation = () =>
        {
            var said = before();
            said["nhsid_nrbac_roles"]![0]!["activity_codes"] = new JsonArray("B9001");
            return said;
        };
        Assert.Equal("/sign-in-short/other-role", (await SignInAsync()).Path);

        await house.AskAsync("""
            insert into access.national_inclusion (code, includes) values ('B9001', 'B9002');
            insert into access.national_code (code, permission) values ('B9002', 'role:clinician')
            """);
        Assert.Equal("/", (await SignInAsync()).Path);
        await house.AskAsync("delete from access.national_code where code = 'B9002'; delete from access.national_inclusion where code = 'B9001'");
        Assert.Equal("/sign-in-short/other-role", (await SignInAsync()).Path);
    }

    [Fact]
    public async Task ID_11_When_somebody_changes_role_then_the_provider_asks_anew_and_the_session_of_before_is_over()
    {
        using var caller = new Caller(await house.OpenAsync("cis2"));
        Cis2(Provider);
        var (_, page) = await caller.FormAsync("/", Cancel);
        Assert.Contains("Change role", page, StringComparison.Ordinal);
        using var older = new Caller(caller.Portal, caller.Cookies);
        Cis2(Provider, selected: "role-b", ("role-a", "RBD", "S8000:G8000:R8000"), ("role-b", "RBD", "S8000:G8000:R8010"));

        using var chosen = await caller.PostAsync("/sign-in", [new("provider", "1"), new("again", "true")], Cancel);
        Assert.Equal("/sign-in-short/other-role", (await caller.FollowAsync(chosen.Headers.Location!.ToString(), Cancel)).Path);

        Assert.Equal("login", Provider.LastAsked["prompt"]);
        using var left = await older.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    [Fact]
    public async Task ID_3_When_the_user_information_is_of_somebody_else_then_sign_in_fails()
    {
        _portal = await house.OpenAsync("standard");
        Provider.BeHonest();
        Provider.UserInformation = () => new JsonObject { ["sub"] = "admin.dch" };

        Assert.Equal("/sign-in-failed", (await SignInAsync()).Path);
    }

    [Fact]
    public async Task When_entra_says_the_tenant_and_the_person_then_they_are_let_in_and_without_a_second_factor_they_are_not()
    {
        _portal = await house.OpenAsync("entra");
        var tenant = "127.0.0.1"; // the issuer must name it
        void Say(params (string Name, JsonNode? Value)[] claims) => Provider.Claims = said =>
        {
            said.Remove("acr");
            said["sub"] = "pairwise";
            foreach (var (name, value) in claims)
                Put(said, name, value);
        };

        Say(("tid", tenant), ("oid", "clinician.dch"), ("amr", new JsonArray("pwd", "mfa")));
        Assert.Equal("/", (await SignInAsync()).Path);
        Say(("tid", tenant), ("oid", "clinician.dch"), ("amr", new JsonArray("pwd")));
        Assert.Equal("/sign-in-short/assurance", (await SignInAsync()).Path);
        Say(("tid", "another-tenant"), ("oid", "clinician.dch"), ("amr", new JsonArray("mfa")));
        Assert.Equal("/not-enabled", (await SignInAsync()).Path);
        Say(("tid", tenant), ("oid", "clinician.dch"), ("amr", new JsonArray("mfa")), ("roles", new JsonArray("clerical")));
        Assert.Equal("/not-enabled", (await SignInAsync()).Path);
    }

    [Fact]
    public async Task When_the_portal_has_a_key_then_it_signs_its_exchange_and_sends_no_secret()
    {
        using var rsa = RSA.Create(2048);
        var file = Path.Combine(Path.GetTempPath(), $"dcr-key-{Guid.NewGuid():n}.pem");
        await File.WriteAllTextAsync(file, rsa.ExportPkcs8PrivateKeyPem(), Cancel);
        _portal = await house.OpenAsync("with a key", pace: 0, house.Named("standard") with { Key = ClientKey.Load("DCR_OIDC_CLIENT_KEY", file) });
        File.Delete(file);

        Assert.Equal("/", (await SignInAsync()).Path);

        var asked = Provider.LastExchange;
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", asked["client_assertion_type"]);
        Assert.False(asked.TryGetValue("client_secret", out var secret) && secret.Length > 0);
        var parts = asked["client_assertion"].Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA512, RSASignaturePadding.Pss));
        using var said = JsonDocument.Parse(Bytes(parts[1]));
        Assert.Equal("dcr-portal", said.RootElement.GetProperty("sub").GetString());
        Assert.Equal($"{Provider.Address}token", said.RootElement.GetProperty("aud").GetString());
    }

    /// <summary>Providers refuse an algorithm they do not take, and say in their document which they do.</summary>
    [Theory]
    [InlineData("PS512")]
    [InlineData("PS256", "HS256", "RS256", "PS256", "ES256")]
    [InlineData("RS512", "RS256", "RS512")]
    [InlineData("PS512", "none", "HS512", "ES256")]
    public void When_a_provider_says_what_it_takes_then_the_portal_signs_so_and_never_with_less_than_a_key(string chosen, params string[] taken) =>
        Assert.Equal(chosen, ClientKey.AlgorithmFor(taken));

    private static IEnumerable<(string Wrong, Action<StrangeProvider> Lie)> Lies =>
    [
        ("no acr", p => p.Claims = c => c.Remove("acr")),
        ("a weak acr", p => p.Claims = c => c["acr"] = "AAL1_USERPASS"),
        ("two acr", p => p.Claims = c => c["acr"] = new JsonArray("AAL3_ANY", "AAL1_USERPASS")),
        ("no subject", p => p.Claims = c => c.Remove("sub")),
        ("an unknown subject", p => p.Claims = c => c["sub"] = "nobody"),
        ("another issuer", p => p.Claims = c => c["iss"] = "http://127.0.0.1:9"),
        ("an issuer with a slash more", p => p.Claims = c => c["iss"] = $"{p.Address}"),
        ("another audience", p => p.Claims = c => c["aud"] = "another-portal"),
        ("for two, and meant for the other", p => p.Claims = c => { c["aud"] = new JsonArray("dcr-portal", "another-portal"); c["azp"] = "another-portal"; }),
        ("no nonce", p => p.Claims = c => c.Remove("nonce")),
        ("another nonce", p => p.Claims = c => c["nonce"] = "1234"),
        ("a nonce of before", p => p.Claims = c => c["nonce"] = p.Nonces[0]),
        ("over", p => p.Claims = c => c["exp"] = StrangeProvider.Now - 120),
        ("not yet", p => p.Claims = c => c["nbf"] = StrangeProvider.Now + 300),
        ("no end", p => p.Claims = c => c.Remove("exp")),
        ("unsigned", p => { p.Header = h => { h["alg"] = "none"; h.Remove("kid"); }; p.Signature = _ => ""; }),
        ("its signature cut off", p => p.Signature = _ => ""),
        ("signed by a secret", p => { p.Header = h => h["alg"] = "HS256"; p.Signature = text => StrangeProvider.Encode(HMACSHA256.HashData("dcr-portal"u8.ToArray(), Encoding.ASCII.GetBytes(text))); }),
        ("signed by another", p => p.Signature = StrangeProvider.Forge),
        ("signed by a key it brings along", p => WithItsOwnKey(p)),
        ("a broken signature", p => p.Signature = _ => "AAAA"),
        ("another role", p => p.UserInformation = () => new JsonObject { ["dcr_role"] = "admin" }),
        ("another organisation", p => p.UserInformation = () => new JsonObject { ["dcr_org"] = "poole" }),
    ];

    /// <summary>A key inside the header is the forger's (RFC 8725, 3.10): it must not be looked at.</summary>
    private static void WithItsOwnKey(StrangeProvider provider)
    {
        var key = RSA.Create(2048);
        var half = key.ExportParameters(includePrivateParameters: false);
        provider.Header = header =>
        {
            header["kid"] = "own";
            header["jwk"] = new JsonObject { ["kty"] = "RSA", ["kid"] = "own", ["n"] = StrangeProvider.Encode(half.Modulus!), ["e"] = StrangeProvider.Encode(half.Exponent!) };
        };
        provider.Signature = text => StrangeProvider.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static void Cis2(StrangeProvider provider, string selected = "role-a", params (string Id, string Ods, string Code)[] roles)
    {
        provider.Claims = claims =>
        {
            claims["id_assurance_level"] = "3";
            claims["authentication_assurance_level"] = "3";
            claims["selected_roleid"] = selected;
        };
        (string Id, string Ods, string Code)[] held = roles.Length > 0 ? roles : [("role-a", "RBD", "S8000:G8000:R8000")];
        provider.UserInformation = () => new JsonObject
        {
            ["nhsid_nrbac_roles"] = new JsonArray([.. held.Select(role => new JsonObject
            {
                ["person_roleid"] = role.Id, ["org_code"] = role.Ods, ["role_code"] = role.Code,
            })]),
        };
    }

    private static void Put(JsonObject claims, string name, JsonNode? value)
    {
        claims.Remove(name);
        if (value is not null)
            claims[name] = value.DeepClone();
    }

    private async Task<(string Path, HttpStatusCode Status)> SignInAsync()
    {
        using var caller = new Caller(_portal);
        return await caller.FollowAsync("/", Cancel);
    }

    private static byte[] Bytes(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
