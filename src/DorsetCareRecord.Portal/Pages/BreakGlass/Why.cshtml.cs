using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.BreakGlass;

/// <summary>
/// Asks why before a record opens: no relationship known, permission to view, a restricted person, sealed items. Before a seal they
/// prove who they are once more, so that nobody breaks one at a desk that somebody left.
/// </summary>
internal sealed class WhyModel(Reception reception, TimeProvider clock) : PageModel
{
    public Interruption Asked { get; private set; } = null!;

    public Guid Person { get; private set; }

    public bool WantsSealed { get; private set; }

    /// <summary>Where they were going; always a page of this very record.</summary>
    public string Then { get; private set; } = "/";

    public string? Chosen { get; private set; }

    public string? Words { get; private set; }

    /// <summary>What is missing, by field.</summary>
    public string? ReasonProblem { get; private set; }

    public string? WordsProblem { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid person, [FromQuery] string? then, [FromQuery] bool seal, CancellationToken cancel) =>
        !await AskAsync(person, then, seal, cancel) ? NotFound()
            : Asked is { Asking: Asking.Seal, MayOpen: true } && !HttpContext.Viewer().HasProved(Proof.ToBegin, Now) ? await ProveAsync()
            : Page();

    public async Task<IActionResult> OnPostAsync(Guid person, [FromQuery] string? then, [FromQuery] bool seal,
        [FromForm] string? why, [FromForm] string? words, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        var said = await reception.SayAsync(viewer, person, Purposes.Of(viewer.Role), seal, why, words, HttpContext.Origin(), cancel);
        if (said == Declared.Open)
            return LocalRedirect(Target(person, then));
        if (said == Declared.ProveAgain)
            return await ProveAsync();
        if (said == Declared.NothingForYou || !await AskAsync(person, then, seal, cancel))
            return NotFound();
        (Chosen, Words) = (why, words);
        ReasonProblem = Reasons.Find(Asked.Asking, why) is null ? "Choose a reason" : null;
        WordsProblem = words?.Trim().Length > Reception.LongestWords ? $"Use {Reception.LongestWords} characters or fewer"
            : Asked.Asking == Asking.Seal && (words?.Trim().Length ?? 0) < Reception.ShortestWords ? "Say why in a sentence"
            : null;
        return Page();
    }

    private Task<IActionResult> ProveAsync() => FreshSignIn.AskAsync(HttpContext, $"{Request.Path}{Request.QueryString}");

    private async Task<bool> AskAsync(Guid person, string? then, bool seal, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        if (await reception.AskAsync(viewer, person, Purposes.Of(viewer.Role), seal, HttpContext.Origin(), cancel) is not { } asked)
            return false;
        (Asked, Person, WantsSealed, Then) = (asked, person, seal, Target(person, then));
        return true;
    }

    /// <summary>An address out of a query leads nowhere but into the record it is about.</summary>
    private string Target(Guid person, string? then)
    {
        var record = $"/record/{person}";
        return then is not null && Url.IsLocalUrl(then) && !then.Contains("..", StringComparison.Ordinal)
            && (then == record || then.StartsWith(record + "/", StringComparison.OrdinalIgnoreCase)) ? then : record;
    }
}
