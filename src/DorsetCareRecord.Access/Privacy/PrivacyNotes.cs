using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Notes of what privacy officers do, committed before it is done; a refusal is noted as one.</summary>
internal static class PrivacyNotes
{
    /// <exception cref="NotNotedException">The audit did not take the note; nothing may be told or done.</exception>
    internal static async Task<long> WriteAsync(AccessDatabase database, Viewer viewer, Act act, Guid? person, string? words, Guid[] about,
        string[] rules, Origin origin, CancellationToken cancel)
    {
        try
        {
            return await AuditLog.WriteAsync(database, new Note
            {
                Act = act, Outcome = Decide.MayWatchOverAccess(viewer.Role) ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin,
                Person = person, Searched = words, Found = about, Rules = rules,
            }, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }
}
