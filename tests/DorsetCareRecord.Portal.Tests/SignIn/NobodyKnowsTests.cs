using System.Net;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>
/// Who asks cannot be found out, for the sessions cannot be read. That is a fault and told as one: were it taken for nobody being signed in,
/// everybody at work would be sent away to sign in, and every open page would empty itself as if its session were over.
/// </summary>
[Collection(SignInCollection.Name)]
public sealed class NobodyKnowsTests(SignInHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_sessions_cannot_be_read_then_nobody_is_sent_to_sign_in_and_what_is_for_all_is_answered()
    {
        using var caller = new Caller(await house.OpenAsync("standard"));
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync("/", Cancel));
        await house.AskAsync("alter table access.session rename to session_gone");
        try
        {
            foreach (var path in (string[])["/", $"/record/{house.Edith}", $"/record/{house.Edith}/live", "/session", "/my-work"])
                Assert.Equal((path, HttpStatusCode.InternalServerError), await AskAsync(path));
            foreach (var path in (string[])["/signed-out", "/health/live", "/css/dcr.css"])
                Assert.Equal((path, HttpStatusCode.OK), await AskAsync(path));
        }
        finally
        {
            await house.AskAsync("alter table access.session_gone rename to session");
        }

        Assert.Equal(("/", HttpStatusCode.OK), await AskAsync("/")); // the cookie of before, and nobody signed in anew

        async Task<(string, HttpStatusCode)> AskAsync(string path)
        {
            using var answer = await caller.GetAsync(path, Cancel);
            return (path, answer.StatusCode);
        }
    }
}
