using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Notes of what is done at the operators' desks. Each is committed before it is acted upon; refusals are noted too.</summary>
public sealed class DeskNotes(AccessDatabase database)
{
    /// <param name="about">What it is about, of our own making: <c>message:123</c>, <c>replay:message 123</c>.</param>
    /// <param name="words">As typed: the reason, or what was looked for; nowhere else are these kept.</param>
    /// <returns>The note's number; null when the role may not, which is then what was noted.</returns>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing may be done.</exception>
    public async Task<long?> WriteAsync(Viewer viewer, Act act, string about, string? words, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var may = Decide.MayWorkFeeds(viewer.Role);
        var note = new Note
        {
            Act = act,
            Outcome = may ? Outcome.Allowed : Outcome.Refused,
            Viewer = viewer,
            Origin = origin,
            Rules = [about],
            Searched = words,
        };
        try
        {
            var number = await AuditLog.WriteAsync(database, note, cancel);
            return may ? number : null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }
}
