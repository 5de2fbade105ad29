using System.Net;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Simulator.Development.SignIn;
using DorsetCareRecord.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// Every route of the portal by every demo user of every organisation by every state a person can be in. What is expected comes
/// from the few lines of <see cref="Expected"/>, written without the code under test; a route they do not know fails.
/// </summary>
public sealed class RouteMatrixTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>Everything a person decides; what is kept of looking itself (notes, visits, what was read) is not among it.</summary>
    private const string WhatFormsChange = """
        select concat_ws(' ', (select count(*) from access.alert where once is null), (select count(*) from access.alert_step), (select count(*) from access.declaration),
            (select count(*) from access.correction_step), (select count(*) from access.people_list), (select count(*) from access.people_list_member), (select count(*) from access.proposal),
            (select count(*) from access.watched_person), (select count(*) from access.feed_stage), (select count(*) from access.service_notice), (select count(*) from access.team where closed_at is null), (select count(*) from inbox.act),
            (select md5(string_agg(t::text, '|' order by id)) from (select id, role, disabled_at, trained_until, expires_on, team_id from access.account) t),
            (select md5(string_agg(t::text, '|' order by id)) from (select id, valid_to from access.sharing_agreement) t))
        """;

    private const string Stranger = "no rule: say in Expected who may open this route";

    private static readonly string[] Public =
        ["not-enabled", "signed-out", "sign-in", "sign-in-failed", "sign-in-short/{lack}", "error", "status/{code:int}", "health/live", "health/ready"];

    private OpenPortal _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await OpenPortal.BeginAsync(postgres);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public void When_a_route_is_mapped_then_it_names_its_policy_or_says_that_it_is_for_all()
    {
        var silent = Routes()
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(Pattern).Distinct()
            .Except(["", "Find", "sign-out", "SignOut"]); // for whoever is signed in; each asks the role itself

        Assert.Empty(silent);
    }

    [Fact]
    public async Task When_every_user_asks_for_every_route_about_every_person_then_no_cell_is_wrong()
    {
        var patterns = Routes().Select(Pattern).Distinct().Where(pattern => !IsStatic(pattern)).Order(StringComparer.Ordinal).ToList();
        var wrong = new List<string>();
        var cells = 0;
        var before = await _portal.AskAsync(WhatFormsChange);
        foreach (var user in DemoDirectory.Load().Users)
        {
            using var client = await _portal.SignInAsync(user.Subject, user.Organisation);
            foreach (var pattern in patterns)
            {
                var states = pattern.Contains("{person", StringComparison.Ordinal) ? Enum.GetValues<PersonState>() : [PersonState.Nobody];
                foreach (var state in states)
                {
                    cells++;
                    var expected = Expected(pattern, user, state);
                    var (status, length) = await AskAsync(client, Fill(pattern, state));
                    if (expected == Stranger || !expected.Split(' ').Contains($"{(int)status}"))
                        wrong.Add($"{user.Subject} of {user.Organisation} /{pattern} {state}: {(int)status}, expected {expected}");
                    // Forbidden is not found: the same page to the byte, but for the reference on it.
                    else if (status == HttpStatusCode.NotFound && !pattern.StartsWith("status", StringComparison.Ordinal)
                        && !pattern.EndsWith("/live", StringComparison.Ordinal) && length != await NotFoundLengthAsync(client))
                        wrong.Add($"{user.Subject} of {user.Organisation} /{pattern} {state}: {length} bytes where a page that does not exist has {await NotFoundLengthAsync(client)}");
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{cells} cells, {patterns.Count} routes");
        Assert.Equal("", string.Join('\n', wrong));
        Assert.True(cells > 1000, $"only {cells} cells");
        Assert.Equal(before, await _portal.AskAsync(WhatFormsChange)); // S05: no page that is merely asked for changes anything
    }

    /// <summary>What each role's summary holds of a record full of marks; the rest must be nowhere in the page.</summary>
    [Fact]
    public async Task When_a_summary_is_opened_then_each_role_finds_what_is_for_it_and_nothing_else()
    {
        (string Mark, Role[] For)[] marks =
        [
            ("Penicillin", [Role.Clinician, Role.Nurse, Role.Pharmacist, Role.SocialWorker]),
            ("bisoprolol", [Role.Clinician, Role.Nurse, Role.Pharmacist, Role.SocialWorker]),
            ("Atrial fibrillation", [Role.Clinician, Role.Nurse, Role.Pharmacist, Role.SocialWorker]),
            ("Cholecystitis", [Role.Clinician, Role.Nurse, Role.Pharmacist]),
            ("umol/L", [Role.Clinician, Role.Nurse, Role.Pharmacist]),
            ("Heart failure clinic letter", [Role.Clinician, Role.Nurse]),
            ("Specimen Home Care", [Role.Clinician, Role.Nurse, Role.SocialWorker]),
            ("DNACPR recorded", [Role.Clinician, Role.Nurse, Role.Pharmacist, Role.SocialWorker, Role.Clerical]),
        ];
        foreach (var user in DemoDirectory.Load().Users.Where(user => Opens(user) && IsRelated(user)))
        {
            using var client = await _portal.SignInAsync(user.Subject, user.Organisation);
            var page = await client.GetStringAsync($"/record/{_portal.People[PersonState.Known]}", Cancel);
            foreach (var (mark, roles) in marks)
                Assert.True(roles.Contains(RoleOf(user)) == page.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{user.Subject}: {mark}");
        }
    }

    /// <summary>Whatever shows somebody on a screen takes it away when the session is over; a file cannot.</summary>
    [Fact]
    public async Task When_a_page_shows_somebody_then_it_has_what_empties_it()
    {
        using var client = await _portal.SignInAsync("clinician.dch");
        string[] pages = ["", "/results", "/medicines", "/problems", "/people", "/encounters", "/timeline", "/search", "/print", "/print?sections=Medicines", "/letters",
            $"/letters/{_portal.Letter}", $"/report/{_portal.Report}", "/keep", "/as-known-at", $"/print?letter={_portal.Letter}"];
        foreach (var page in pages)
            Assert.Contains("data-session-warning", await client.GetStringAsync($"/record/{_portal.People[PersonState.Known]}{page}", Cancel), StringComparison.Ordinal);
    }

    private static string Expected(string pattern, DemoUser user, PersonState state)
    {
        if (Public.Contains(pattern))
            return pattern.StartsWith("status", StringComparison.Ordinal) ? "200 404" : "200 500 503";
        if (pattern is "" or "Find" or "sign-out" or "SignOut")
            return "200 302";
        if (pattern is "session" or "my-sessions" or "help" or "choose")
            return "200";
        if (pattern is "signout-backchannel" or "csp-report") // by what is sent to them only
            return "404 405";
        if (pattern.StartsWith("admin", StringComparison.OrdinalIgnoreCase))
            return RoleOf(user) == Role.Admin ? "200" : "404";
        if (pattern.StartsWith("feeds", StringComparison.OrdinalIgnoreCase))
            return RoleOf(user) is Role.Admin or Role.Operator ? "200 302 404" : "404";
        if (pattern.StartsWith("cutover", StringComparison.Ordinal) || pattern.StartsWith("matches", StringComparison.Ordinal))
            return RoleOf(user) == Role.Operator ? "200 302 404" : "404";
        if (pattern.StartsWith("privacy", StringComparison.Ordinal))
            return RoleOf(user) == Role.Privacy ? "200 404" : "404";
        if (pattern is "my-work" or "my-work/list/{list:guid}")
            return !Opens(user) ? "404" : pattern == "my-work" ? "200" : "404";
        if (!pattern.StartsWith("record/{person", StringComparison.Ordinal))
            return Stranger;
        if (!Opens(user) || state is PersonState.OptedOut or PersonState.MergedAway or PersonState.Nobody)
            return "404";

        var isClosed = state == PersonState.Restricted || !IsRelated(user);
        var page = pattern[(pattern.IndexOf('}', StringComparison.Ordinal) + 1)..].TrimStart('/');
        return page switch
        {
            "why" => isClosed ? "200" : "404",
            "live" => isClosed ? "404" : "200",
            _ when isClosed => page is "keep" ? "302 404" : "302",
            "letters/{entry:guid?}" or "letters/{entry:guid}/original" =>
                state == PersonState.Known && RoleOf(user) is Role.Clinician or Role.Nurse ? "200" : "404",
            "report/{entry:guid}" => state == PersonState.Known && RoleOf(user) is Role.Clinician or Role.Nurse or Role.Pharmacist ? "200" : "404",
            // What they take beside the person decides too; that they never open a closed record is what counts here.
            "as-known-at" or "keep" or "changes/{section}/{entry:guid}" or "report-problem/{section}/{entry:guid}" => "200 302 404",
            "" or "results" or "medicines" or "problems" or "people" or "encounters" or "timeline" or "search" or "print" => "200",
            _ => Stranger,
        };
    }

    private static bool Opens(DemoUser user) => RoleOf(user) is Role.Clinician or Role.Nurse or Role.Pharmacist or Role.SocialWorker or Role.Clerical;

    /// <summary>Everybody here is told of by these organisations' feeds and by no others.</summary>
    private static bool IsRelated(DemoUser user) => user.Organisation is "dch" or "poole" or "ccg" or "dcc";

    private static Role RoleOf(DemoUser user) => RoleNames.Find(user.Role)!.Value;

    private string Fill(string pattern, PersonState state) => "/" + pattern
        .Replace("{person:guid}", $"{_portal.People[state]}", StringComparison.Ordinal)
        .Replace("letters/{entry:guid?}", $"letters/{_portal.Letter}", StringComparison.Ordinal)
        .Replace("letters/{entry:guid}", $"letters/{_portal.Letter}", StringComparison.Ordinal)
        .Replace("{entry:guid}", $"{_portal.Report}", StringComparison.Ordinal)
        .Replace("{section}", "allergies", StringComparison.Ordinal)
        .Replace("{review:guid?}", $"{Guid.NewGuid()}", StringComparison.Ordinal)
        .Replace("{id:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal)
        .Replace("{person:guid?}", $"{_portal.People[state]}", StringComparison.Ordinal)
        .Replace("{list:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal)
        .Replace("{id:long}", "1", StringComparison.Ordinal)
        .Replace("{lack}", "role", StringComparison.Ordinal)
        .Replace("{source}", "systemc", StringComparison.Ordinal)
        .Replace("{code:int}", "404", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Status, int Length)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return (answer.StatusCode, 0);
        return (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length);
    }

    private readonly Dictionary<HttpClient, int> _notFound = [];

    private async Task<int> NotFoundLengthAsync(HttpClient client)
    {
        if (!_notFound.TryGetValue(client, out var length))
            _notFound[client] = length = (await AskAsync(client, "/there-is-no-such-page")).Length;
        return length;
    }

    private List<RouteEndpoint> Routes() => [.. _portal.App.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)_portal.App).DataSources)
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().DistinctBy(route => (Pattern(route), route.DisplayName))];

    private static string Pattern(RouteEndpoint route) => route.RoutePattern.RawText?.TrimStart('/') ?? "";

    /// <summary>Style sheets, scripts and pictures of the site itself: for all, and of nobody.</summary>
    private static bool IsStatic(string pattern) =>
        pattern.StartsWith("css/", StringComparison.Ordinal) || pattern.StartsWith("js/", StringComparison.Ordinal) || pattern.StartsWith("lib/", StringComparison.Ordinal)
        || pattern.StartsWith("fonts/", StringComparison.Ordinal) || pattern.StartsWith("images/", StringComparison.Ordinal) || pattern.Contains("{**", StringComparison.Ordinal);
}
