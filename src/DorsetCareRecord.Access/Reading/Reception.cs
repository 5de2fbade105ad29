using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What stands on the page that asks for a reason.</summary>
/// <param name="Who">Name, date of birth and NHS number; nothing else of them is shown before the record is open.</param>
/// <param name="MayOpen">The role is one that may; others are told whom to ask.</param>
public sealed record Interruption(Asking Asking, ConsolidatedPerson Who, bool MayOpen, TimeSpan Lasts);

/// <summary>What came of saying why.</summary>
public enum Declared
{
    Open,

    /// <summary>A reason must be chosen from those offered; a seal needs a sentence too.</summary>
    SayMore,

    /// <summary>A seal needs a proof of who they are that is younger than <see cref="Proof.ToFinish"/>.</summary>
    ProveAgain,
    NothingForYou,
}

/// <summary>
/// Before a closed record: whose it is, and why somebody wants it open. Both the asking and the answer are noted, and every
/// declaration raises its alert.
/// </summary>
public sealed class Reception(AccessDatabase database, Door door, TimeProvider clock)
{
    /// <summary>What a sentence that a privacy officer understands takes at least.</summary>
    public const int ShortestWords = 10;

    public const int LongestWords = 500;

    private static readonly string WhoIsIt = $"""
        select {ItemTables.Demographics.Quoted} from record.demographics where home = any($1) and identity_id = any($2) and source = any($3)
        """;

    /// <summary>Null when nothing is asked of this viewer: the record is open to them, or there is nothing for them.</summary>
    /// <param name="seal">They want sealed items of a record that is open to them.</param>
    public async Task<Interruption?> AskAsync(Viewer viewer, Guid person, Purpose purpose, bool seal, Origin origin, CancellationToken cancel)
    {
        var (question, places, _) = await door.KnockAsync(viewer, person, purpose, cancel);
        if (AskingOf(question, seal) is not { } asking)
        {
            await NoteAsync(Act.AskReason, Outcome.Refused, viewer, person, purpose, Decide.Of(question).Rules, origin, cancel);
            return null;
        }

        await NoteAsync(Act.AskReason, Outcome.Allowed, viewer, person, purpose, Decide.Of(question).Rules, origin, cancel);
        var who = await WhoAsync(question, places, cancel);
        return new Interruption(asking, who.OnlyName(), MayOpen(question, asking), Lasts(question, asking));
    }

    /// <summary>Keeps the reason; the record is then open to this session until its time is over.</summary>
    public async Task<Declared> SayAsync(Viewer viewer, Guid person, Purpose purpose, bool seal, string? reasonCode, string? words,
        Origin origin, CancellationToken cancel)
    {
        var (question, _, _) = await door.KnockAsync(viewer, person, purpose, cancel);
        var rules = Decide.Of(question).Rules;
        if (AskingOf(question, seal) is not { } asking || !MayOpen(question, asking))
        {
            await NoteAsync(seal ? Act.BreakGlass : Act.DeclareRelationship, Outcome.Refused, viewer, person, purpose, rules, origin, cancel);
            return Declared.NothingForYou;
        }

        if (asking == Asking.Seal && !viewer.HasProved(Proof.ToFinish, clock.GetUtcNow()))
            return Declared.ProveAgain;
        var sentence = words?.Trim();
        if (Reasons.Find(asking, reasonCode) is not { } reason
            || (asking == Asking.Seal && sentence is not { Length: >= ShortestWords }) || sentence is { Length: > LongestWords })
            return Declared.SayMore;

        // Noted first: should the note fail, nothing opens.
        var act = asking == Asking.Seal ? Act.BreakGlass : Act.DeclareRelationship;
        await NoteAsync(act, Outcome.Allowed, viewer, person, purpose, [.. rules, $"reason:{reason.Code}"], origin, cancel, sentence);
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Declarations.WriteAsync(connection, transaction, viewer, person, asking, reason, sentence, clock.GetUtcNow(),
            Lasts(question, asking), cancel);
        await transaction.CommitAsync(cancel);
        return Declared.Open;
    }

    private static Asking? AskingOf(Question question, bool seal)
    {
        var answer = Decide.Of(question);
        return Door.AskingOf(answer) ?? (seal && answer.IsAllowed && !question.Person.IsSealBroken
            && Scope.Of(question, [Section.Demographics]).HasSealed ? Asking.Seal : null);
    }

    private static bool MayOpen(Question question, Asking asking) => asking != Asking.Seal
        || (question.Policy.MayBreakSeal(question.Viewer.Role, question.Viewer.Organisation, question.At)
            && question.Policy.BreakGlassFor(question.Viewer.Organisation, question.At) > TimeSpan.Zero);

    private static TimeSpan Lasts(Question question, Asking asking) => asking == Asking.Seal
        ? question.Policy.BreakGlassFor(question.Viewer.Organisation, question.At)
        : Sessions.AbsoluteLimit;

    private async Task<ConsolidatedPerson> WhoAsync(Question question, Places places, CancellationToken cancel)
    {
        // Asked of the record as if it were open: whose it is may be known before why is said.
        var open = question with { Person = question.Person with { IsSealBroken = true, IsDeclared = true, IsRestricted = false } };
        await using var command = database.Source.CreateCommand(WhoIsIt);
        places.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Scope.Of(open, [Section.Demographics]).Who });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var entries = new List<Entry<Demographics>>();
        while (await row.ReadAsync(cancel))
        {
            var read = ItemTables.Demographics.Read(row);
            entries.Add(new(read.Id, read.SourceKey, read.Source, read.Version.At, read.RecordedAt, read.MessageId, read.Ended, read.Item));
        }

        return ConsolidatedPerson.Of(entries);
    }

    private async Task NoteAsync(Act act, Outcome outcome, Viewer viewer, Guid person, Purpose purpose, IReadOnlyList<string> rules,
        Origin origin, CancellationToken cancel, string? words = null)
    {
        var note = new Note
        {
            Act = act, Outcome = outcome, Viewer = viewer, Origin = origin, Purpose = purpose, Person = person, Rules = rules, Searched = words,
        };
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
