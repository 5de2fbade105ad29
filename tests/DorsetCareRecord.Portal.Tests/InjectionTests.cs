using System.Net;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// No word of a request is ever part of a statement (S16; ASVS 5.0, 1.2.4). Every handler of every page is sent the corpus in every field it
/// takes; what the driver then told of the statements themselves must not hold the mark that is in each word, whatever came of it.
/// </summary>
public sealed class InjectionTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Mark = "dcrprobe";

    /// <summary>What ends a literal, a name, a comment or a statement, a pattern, a dollar quote, an escape, a format, a row.</summary>
    private static readonly string[] Corpus =
    [
        $"{Mark}' or '1'='1' -- ", $"{Mark}\"; drop table access.audit; -- ", $"{Mark}') union select null, version() from pg_user -- ",
        $"{Mark}\\'; select pg_sleep(60); -- ", $"{Mark}$$; select 1; $$ {{0}} @person $1 :name ?", $"{Mark}%_*/ /* \\ \r\n;", $"{Mark}\0after", $"id {Mark} desc, (select 1)",
    ];

    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_every_field_of_every_page_is_filled_with_hostile_words_then_no_statement_holds_one_and_nothing_breaks()
    {
        using var statements = new Statements();
        var wrong = new List<string>();
        var fields = 0;
        var handlers = await Handler.OfAsync(_portal);
        Assert.Equal(["Get", "Post"], handlers.Select(handler => handler.Method).Distinct().Order());
        foreach (var group in handlers.GroupBy(handler => handler.User))
        {
            using var client = await _portal.SignInAsync(group.Key);
            var token = await Forms.TokenAsync(client, Cancel);
            foreach (var handler in group.Where(handler => handler is { Page: not "/SignOut", Fields.Count: > 0 }))
            {
                fields += handler.Fields.Count;
                foreach (var words in Corpus)
                {
                    using var answer = await SendAsync(client, handler, token, words);
                    if ((int)answer.StatusCode >= 500)
                        wrong.Add($"{handler.Method} {handler.Page} {handler.Name} with corpus line {Array.IndexOf(Corpus, words)}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.True(fields > 60, $"only {fields} fields were found");
        Assert.NotEmpty(statements.All);
        Assert.DoesNotContain(statements.All, text => text.Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The search is where most is typed: longer, and in each shape that its reader understands.</summary>
    [Fact]
    public async Task When_hostile_words_are_searched_for_then_they_are_looked_for_as_words()
    {
        using var statements = new Statements();
        using var client = await _portal.SignInAsync("clinician.poole");
        var token = await Forms.TokenAsync(client, Cancel);
        string[] shapes = ["{0}", "{0} 14 3 1937", "9990000018{0}", "hardwick{0} 14/03/1937", "14.3.1937 {0} {0}"];
        foreach (var words in Corpus.SelectMany(words => shapes.Select(shape => shape.Replace("{0}", words, StringComparison.Ordinal))))
        {
            await _portal.AskAsync("delete from access.search_miss");
            using var request = Forms.Post(client, "/", token, ("Words", words[..Math.Min(words.Length, 200)]));
            using var answer = await client.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.BadRequest, $"{(int)answer.StatusCode}");
        }

        Assert.DoesNotContain(statements.All, text => text.Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, Handler handler, FormToken token, string words)
    {
        var path = handler.Path(_portal.People[PersonState.Known], _portal.Report);
        if (handler.Method == "Get")
            return await client.GetAsync($"{path}?{string.Join('&', handler.Fields.Select(field => $"{field}={Uri.EscapeDataString(words)}"))}", Cancel);
        if (handler.Page == "/Find")
            await _portal.AskAsync("delete from access.search_miss");
        using var request = Forms.Post(client, handler.Name.Length == 0 ? path : $"{path}?handler={handler.Name}", token,
            [.. handler.Fields.Select(field => (field, words))]);
        return await client.SendAsync(request, Cancel);
    }
}
