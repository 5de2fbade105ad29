using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What came of knocking. There is one refusal, so that it tells nobody whether a person is known.</summary>
public abstract record Opening
{
    public sealed record Opened(RecordLens Lens) : Opening;

    public sealed record NothingForYou : Opening;
}

/// <summary>The note of an opening could not be committed, so nothing was read.</summary>
public sealed class NotNotedException(Exception cause) : Exception("The access could not be recorded, so nothing was shown.", cause);

/// <summary>
/// The only way to a record: decide, note, and only then a lens. The note is committed before this method returns; there is
/// no other way to make a lens, and no other reader of the record's tables.
/// </summary>
public sealed class Door(AccessDatabase database, TimeProvider clock)
{
    /// <exception cref="NotNotedException">The audit did not take the note.</exception>
    public async Task<Opening> OpenAsync(
        Viewer viewer, Guid person, Purpose purpose, Errand errand, Origin origin, CancellationToken cancel)
    {
        var decisions = errand.Sections.ToDictionary(section => section, section => Decide.Of(viewer.Role, section));
        var may = Decide.MayOpenRecords(viewer.Role);
        var note = new Note
        {
            Act = errand.Act,
            Outcome = may ? Outcome.Allowed : Outcome.Refused,
            Viewer = viewer,
            Origin = origin,
            Purpose = purpose,
            Person = person,
            Entry = errand.Entry,
            Sections = may ? [.. errand.Sections.Where(section => decisions[section].IsAllowed)] : [],
            Rules = [.. decisions.Values.Select(decision => decision.Rule).Distinct()],
        };
        var number = await NoteAsync(note, cancel);
        if (!may)
            return new Opening.NothingForYou();

        var places = await Places.OfAsync(database, person, viewer, cancel);
        return places.IsEmpty
            ? new Opening.NothingForYou()
            : new Opening.Opened(new RecordLens(database, clock, person, places, errand, decisions, number));
    }

    private async Task<long> NoteAsync(Note note, CancellationToken cancel)
    {
        try
        {
            return await AuditLog.WriteAsync(database, note, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }
}
