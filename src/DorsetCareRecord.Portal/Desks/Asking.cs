using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.SignIn;

namespace DorsetCareRecord.Portal.Desks;

/// <summary>
/// How every desk page asks the worker for something: the note first, then the row, then a moment's patience for the outcome. The page
/// gives the act's id with its form, so that a form sent twice is one act.
/// </summary>
internal sealed class Asking(DeskNotes notes, ActDesk acts, TimeProvider clock)
{
    /// <summary>Most acts take milliseconds; a page that waited this long says that it is still being done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="about">What it is about, of our own making: a source, <c>message 123</c>.</param>
    /// <returns>The act as it stands; null when the viewer's role may not ask, which is noted.</returns>
    internal async Task<AskedAct?> AskAsync(
        HttpContext http, Guid id, string kind, string about, object args, string why, CancellationToken cancel)
    {
        var viewer = http.Viewer();
        if (await notes.WriteAsync(viewer, Access.Audit.Act.AskAct, $"{kind}:{about}", why, http.Origin(), cancel) is null)
            return null;
        await acts.AskAsync(id, kind, about, args, new Asker(viewer.Account, viewer.Name, viewer.Organisation), why, cancel);
        return await acts.AwaitAsync(id, Patience, clock, cancel);
    }
}
