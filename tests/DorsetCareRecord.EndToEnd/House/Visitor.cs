using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>Somebody at a browser. What the browser complains of (scripts, the content policy) is kept.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _portal;
    private readonly List<string> _complaints = [];

    internal Visitor(IBrowserContext context, IPage page, Uri portal)
    {
        (_context, Page, _portal) = (context, page, portal);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("404", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Goes to the first page, through the sign-in where there is no session yet.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> SignInAsync(string user)
    {
        await Page.GotoAsync("/");
        if (IsHere(Page.Url))
            return true;
        await Page.GetByRole(AriaRole.Button, new() { Name = user, Exact = true }).ClickAsync();
        // Its address is all that is asked for: the client can miss that a page has loaded, and then waits for ever.
        await Page.WaitForURLAsync(IsHere, new() { WaitUntil = WaitUntilState.Commit });
        return false;
    }

    public async Task<IResponse> OpenAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException("No answer.");

    /// <summary>Opens a page of somebody who may be a stranger to this viewer's organisation, saying why where that is asked.</summary>
    public async Task<IResponse> EnterAsync(string path)
    {
        var answer = await OpenAsync(path);
        if (!Page.Url.Contains("/why", StringComparison.Ordinal))
            return answer;
        await SayWhyAsync();
        return await OpenAsync(path);
    }

    /// <summary>Says why on the page that asks, where it asks.</summary>
    public async Task SayWhyAsync(string reason = "Direct care, and I have talked with the person or their carer")
    {
        await Page.GetByLabel(reason, new() { Exact = true }).CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Open the record" }).ClickAsync();
    }

    public async Task FindAsync(string words)
    {
        await Page.GetByLabel("Find a person", new() { Exact = true }).FillAsync(words);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
    }

    /// <summary>Each violation of WCAG 2.2 A and AA and of axe's best practices, as rule and place.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        // A letter's frame may run no script at all, the examiner's included, which would wait a minute for its answer.
        await Page.EvaluateAsync("""
            window.papers = [...document.querySelectorAll("iframe.dcr-frame")].map(frame => [frame, document.createElement("div")]);
            window.papers.forEach(([frame, place]) => frame.replaceWith(place));
            """);
        var found = await Page.RunAxe();
        await Page.EvaluateAsync("window.papers.forEach(([frame, place]) => place.replaceWith(frame))");
        return [.. found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}"))];
    }

    /// <summary>Writes what is seen to artifacts/screens.</summary>
    public async Task PhotographAsync(string name, bool whole = false)
    {
        var picture = new PageScreenshotOptions { Path = Path.Combine(HostProcess.Root, "artifacts", "screens", $"{name}.png"), FullPage = whole };
        try
        {
            await Page.ScreenshotAsync(picture);
        }
        catch (PlaywrightException)
        {
            // A browser short of breath may fail to draw once; a picture is not what a test is about.
            await Page.ScreenshotAsync(picture);
        }
    }

    private bool IsHere(string url) => _portal.IsBaseOf(new Uri(url));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
