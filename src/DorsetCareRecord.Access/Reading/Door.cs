using System.Globalization;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What came of knocking. There is one refusal, so that it tells nobody whether a person is known.</summary>
public abstract record Opening
{
    public sealed record Opened(RecordLens Lens) : Opening;

    /// <summary>Say why first. Only somebody who may know who the person is comes this far.</summary>
    public sealed record ReasonNeeded(Asking Asking) : Opening;

    public sealed record NothingForYou : Opening;
}

/// <summary>The note of an opening could not be committed, so nothing was read.</summary>
public sealed class NotNotedException(Exception cause) : Exception("The access could not be recorded, so nothing was shown.", cause);

/// <summary>
/// The only way to a record: decide, note, and only then a lens. The note is committed before this method returns; there is
/// no other way to make a lens, and no other reader of the record's tables.
/// </summary>
public sealed class Door(AccessDatabase database, PolicyBook book, TimeProvider clock)
{
    /// <exception cref="NotNotedException">The audit did not take the note.</exception>
    public async Task<Opening> OpenAsync(
        Viewer viewer, Guid person, Purpose purpose, Errand errand, Origin origin, CancellationToken cancel)
    {
        var (question, places, number) = await KnockAsync(viewer, person, purpose, cancel);
        var answer = Decide.Of(question);
        var scope = answer.IsAllowed ? Scope.Of(question, errand.Sections) : null;
        var note = new Note
        {
            Act = errand.Act,
            Number = number,
            Outcome = answer.IsAllowed ? Outcome.Allowed : Outcome.Refused,
            Viewer = viewer,
            Origin = origin,
            Purpose = purpose,
            Person = person,
            Entry = errand.Entry,
            Searched = errand.Searched,
            Sections = scope is null ? [] : [.. errand.Sections.Where(section => scope.Of(section).Extent != Extent.None)],
            Rules = [.. answer.Rules, .. scope?.Rules ?? [], .. Moment(errand.Then)],
        };
        await NoteAsync(note, cancel);
        if (scope is null)
            return AskingOf(answer) is { } asking ? new Opening.ReasonNeeded(asking) : new Opening.NothingForYou();
        var past = errand.Then is { } then ? await PastPlaces.OfAsync(database, person, then, places, cancel) : null;
        return new Opening.Opened(new RecordLens(
            database, clock, viewer, person, places, past, question.Person.IsRestricted, errand, scope, number));
    }

    /// <summary>
    /// May the viewer still see the person, and which sections? For what tells no more than that something changed; it is not a
    /// view, so it is not noted.
    /// </summary>
    public async Task<IReadOnlySet<Section>?> SectionsAsync(Viewer viewer, Guid person, Purpose purpose, CancellationToken cancel)
    {
        var (question, _, _) = await KnockAsync(viewer, person, purpose, cancel);
        if (!Decide.Of(question).IsAllowed)
            return null;
        var scope = Scope.Of(question, Enum.GetValues<Section>());
        return Enum.GetValues<Section>().Where(section => scope.Of(section).Extent != Extent.None).ToHashSet();
    }

    internal static Asking? AskingOf(Answer answer) => answer switch
    {
        { Verdict: Verdict.Sealed } => Asking.Seal,
        { Verdict: Verdict.AskReason } => answer.Rules.Contains("4:permission-needed") ? Asking.Permission : Asking.Discussion,
        _ => null,
    };

    /// <summary>Everything the decision is made of, read afresh for this request.</summary>
    /// <exception cref="RecordUnavailableException">It could not be read, so nothing is decided and nothing shown.</exception>
    internal async Task<(Question Question, Places Places, long Note)> KnockAsync(
        Viewer viewer, Guid person, Purpose purpose, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var policy = await book.ReadAsync(viewer.PolicyVersion, cancel);
        Acquaintance known;
        try
        {
            known = await Acquaintance.OfAsync(database, viewer, person, policy.RelationshipMonths(viewer.Organisation, now), now, cancel);
        }
        catch (Npgsql.NpgsqlException fault)
        {
            throw new RecordUnavailableException(fault);
        }

        return (new Question { Viewer = viewer, Person = known.Facts, Purpose = purpose, Policy = policy, At = now }, known.Places, known.Note);
    }

    private static IEnumerable<string> Moment(DateTimeOffset? then) =>
        then is { } at ? [$"as-known-at:{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}"] : [];

    private async Task NoteAsync(Note note, CancellationToken cancel)
    {
        try
        {
            await AuditLog.WriteAsync(database, note, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }
}
