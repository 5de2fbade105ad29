using System.Net;
using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Simulator.Development.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// Every form of the portal, sent by every role: who may is written here, without the code under test, and a form these lines do not
/// know fails. A form without its token, or with another user's, does nothing.
/// </summary>
public sealed partial class FormMatrixTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One of each role; readers are of an organisation that knows the people of this portal.</summary>
    private static readonly (Role Role, string User)[] Users =
    [
        (Role.Clinician, "clinician.dch"), (Role.Nurse, "nurse.dch"), (Role.Pharmacist, "pharmacist"), (Role.SocialWorker, "socialworker.dcc"),
        (Role.Clerical, "clerk.rbch"), (Role.Admin, "admin.dch"), (Role.Privacy, "privacy.dch"), (Role.Operator, "operator"),
    ];

    [Fact]
    public async Task When_every_role_sends_every_form_about_every_person_then_only_those_it_is_for_are_heard()
    {
        var forms = await FormsAsync();
        Assert.Equal([], forms.Where(form => MayNot(form.Page, Role.Clinician) is null).Select(form => $"{form.Page} {form.Handler}: say here who may send it"));
        var wrong = new List<string>();
        foreach (var (role, user) in Users)
        {
            using var client = await _portal.SignInAsync(user);
            var (token, notFound) = await TokenAsync(client);
            foreach (var form in forms.Where(form => form.Page != "/SignOut"))
            {
                PersonState[] states = form.Route.Contains("{person:guid}", StringComparison.Ordinal)
                    ? [PersonState.Known, PersonState.Restricted, PersonState.OptedOut, PersonState.Nobody] : [PersonState.Nobody];
                foreach (var state in states)
                {
                    using var answer = await SendAsync(client, form, state, token);
                    var length = (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length;
                    // Three forms only send the browser on to a page, which then asks the door; they say nothing of anybody.
                    var looksAtNobody = form.Page == "/Record/Search" || form.Handler is "Paper" or "Filter";
                    var isClosed = MayNot(form.Page, role) == true || (states.Length > 1 && state is PersonState.OptedOut or PersonState.Nobody && !looksAtNobody);
                    if (isClosed && (answer.StatusCode != HttpStatusCode.NotFound || length != notFound))
                        wrong.Add($"{role} {form.Page} {form.Handler} {state}: {(int)answer.StatusCode}, {length} bytes, where nothing is {notFound}");
                    else if ((int)answer.StatusCode >= 500 || (state == PersonState.Restricted && answer.Content.Headers.ContentDisposition is not null))
                        wrong.Add($"{role} {form.Page} {form.Handler} {state}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
    }

    /// <summary>ASVS 5.0, 3.5.1; S05.</summary>
    [Fact]
    public async Task When_a_form_has_no_token_or_anothers_then_it_is_refused_whatever_it_is()
    {
        using var another = await _portal.SignInAsync("clinician.poole");
        var (stolen, _) = await TokenAsync(another);
        var heard = new List<string>();
        foreach (var form in await FormsAsync())
        {
            var (_, user) = Users.First(one => MayNot(form.Page, one.Role) == false);
            using var client = await _portal.SignInAsync(user);
            using var bare = await SendAsync(client, form, PersonState.Known, null);
            using var foreign = await SendAsync(client, form, PersonState.Known, stolen);
            if (bare.StatusCode != HttpStatusCode.BadRequest || foreign.StatusCode != HttpStatusCode.BadRequest)
                heard.Add($"{form.Page} {form.Handler}: {(int)bare.StatusCode} without, {(int)foreign.StatusCode} with another's");
        }

        Assert.Equal("", string.Join('\n', heard));
    }

    [Theory]
    [InlineData("Paper")]
    [InlineData("File")]
    public async Task When_no_section_is_chosen_then_nothing_is_made_and_the_page_asks_for_one(string handler)
    {
        using var client = await _portal.SignInAsync("clinician.dch");
        var person = _portal.People[PersonState.Known];
        using var form = Forms.Post(client, $"/record/{person}/print?handler={handler}", await Forms.TokenAsync(client, Cancel), ("of", $"{person}"));

        using var answer = await client.SendAsync(form, Cancel);

        Assert.Contains("choose at least one section", await client.GetStringAsync(answer.Headers.Location, Cancel), StringComparison.Ordinal);
    }

    /// <summary>True when the page's forms are not for the role, null when nobody said.</summary>
    private static bool? MayNot(string page, Role role)
    {
        var reads = role is not (Role.Admin or Role.Privacy or Role.Operator);
        return page switch
        {
            "/SignOut" or "/MySessions" or "/Choose" => false,
            "/Find" => !reads,
            _ when page.StartsWith("/Admin/", StringComparison.Ordinal) => role != Role.Admin,
            _ when page.StartsWith("/Feeds/", StringComparison.Ordinal) => role != Role.Operator,
            "/Cutover/Index" or "/Matches/Index" => role != Role.Operator,
            _ when page.StartsWith("/Privacy/", StringComparison.Ordinal) => role != Role.Privacy,
            "/Work/MyWork" or "/Work/List" => !reads,
            "/Record/Print" or "/Record/Letters" or "/Record/Search" or "/Record/Keep" or "/Record/ReportProblem" or "/BreakGlass/Why" => !reads,
            _ => null,
        };
    }

    private sealed record Form(string Page, string Handler, string Route);

    private async Task<List<Form>> FormsAsync()
    {
        var services = _portal.App.Services;
        var loader = services.GetRequiredService<PageLoader>();
        var forms = new List<Form>();
        foreach (var page in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            forms.AddRange(compiled.HandlerMethods.Where(method => method.HttpMethod == "Post")
                .Select(method => new Form(page.ViewEnginePath, method.Name ?? "", page.AttributeRouteInfo!.Template ?? "")));
        }

        Assert.True(forms.Count > 40, $"only {forms.Count} forms were found");
        // On the doorstep nobody is anybody yet: choosing a provider there is for all, and begins nothing that is not asked for again.
        return [.. forms.Where(form => !form.Page.StartsWith("/Doorstep/", StringComparison.Ordinal)).DistinctBy(form => (form.Page, form.Handler))];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, Form form, PersonState state, (string Field, string Cookie)? token)
    {
        var person = $"{_portal.People[state]}";
        var path = Parameter().Replace(form.Route, match => match.Groups[1].Value switch
        {
            "person" => person,
            "entry" => $"{_portal.Report}",
            "section" => "allergies",
            "source" => "systemc",
            "id" when match.Value.Contains("long", StringComparison.Ordinal) => "1",
            _ => $"{Guid.NewGuid()}",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{path}{(form.Handler.Length > 0 ? $"?handler={form.Handler}" : "")}");
        var fields = new Dictionary<string, string> { ["of"] = person, ["sections"] = "Results", ["report"] = $"{Guid.NewGuid()}" };
        if (token is { } held)
        {
            fields["__RequestVerificationToken"] = held.Field;
            request.Headers.Add("Cookie", $"{client.DefaultRequestHeaders.GetValues("Cookie").First()}; {held.Cookie}");
        }

        request.Content = new FormUrlEncodedContent(fields);
        return await client.SendAsync(request, Cancel);
    }

    /// <summary>The sign-out form stands on every page, so any page lends its token.</summary>
    private static async Task<((string Field, string Cookie) Token, int Length)> TokenAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/there-is-no-such-page", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.Contains("dcr-form", StringComparison.Ordinal)).Split(';')[0];
        return ((Token().Match(page).Groups[1].Value, cookie), System.Text.Encoding.UTF8.GetByteCount(page));
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
