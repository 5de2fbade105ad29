using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;
using Agreement = DorsetCareRecord.Projection.Matching.Agreement;

namespace DorsetCareRecord.Access.Matching;

/// <summary>
/// What a human needs to say whether two records are one person: who they are, side by side, and nothing clinical. Operators see no person
/// elsewhere, so every look here is noted first, with both persons.
/// </summary>
public sealed class MatchDesk(AccessDatabase database, TimeProvider clock)
{
    private const int Most = 200;

    private const string Waiting = """
        select r.id, coalesce(a.family_name, b.family_name, '(no surname)'), r.evidence, r.raised_at,
          (select count(*) from record.decision d where d.decision = 'later'
            and ((d.identity_id = r.identity_id and d.other_identity_id = r.other_identity_id) or (d.identity_id = r.other_identity_id and d.other_identity_id = r.identity_id))),
          count(*) over (), l.person_id, m.person_id
        from record.review r
        left join record.trait a on a.identity_id = r.identity_id left join record.trait b on b.identity_id = r.other_identity_id
        left join record.person_link l on l.identity_id = r.identity_id and l.ended_at is null
        left join record.person_link m on m.identity_id = r.other_identity_id and m.ended_at is null
        where r.decided_at is null order by r.raised_at, r.id limit 200
        """;

    private const string Decided = """
        select r.id, coalesce(a.family_name, '(no surname)'), coalesce(b.family_name, '(no surname)'), r.decision = 'same', r.decided_at, r.decided_by, r.why,
          r.lifted_at, r.lifted_by, r.lifted_why, l.person_id, m.person_id
        from record.review r
        left join record.trait a on a.identity_id = r.identity_id left join record.trait b on b.identity_id = r.other_identity_id
        left join record.person_link l on l.identity_id = r.identity_id and l.ended_at is null
        left join record.person_link m on m.identity_id = r.other_identity_id and m.ended_at is null
        where r.decision in ('same', 'apart') order by coalesce(r.lifted_at, r.decided_at) desc, r.id limit 50
        """;

    private const string Month = """
        select count(*) filter (where decision = 'same'), count(*) filter (where decision = 'apart'),
          (select count(*) from record.review where lifted_at >= $1)
        from record.decision where decided_at >= $1
        """;

    private const string Pair = """
        select r.evidence, r.raised_at, r.decision, r.decided_at is null or (r.decision in ('same', 'apart') and r.lifted_at is null),
          r.identity_id, r.other_identity_id, l.person_id, m.person_id
        from record.review r
        left join record.person_link l on l.identity_id = r.identity_id and l.ended_at is null
        left join record.person_link m on m.identity_id = r.other_identity_id and m.ended_at is null
        where r.id = $1
        """;

    private static readonly string Items = string.Join(" + ", ItemTables.All.Select(
        t => $"(select count(*) from record.{t.Name} x where x.home = d.home and x.identity_id = d.id)"));

    private static readonly string Side = $"""
        select d.source, d.local_id, d.first_seen_at, {Items} from record.identity d where d.id = $1
        """;

    private static readonly string Person = $"""
        select {ItemTables.Demographics.Quoted} from record.demographics
        where home = (select home from record.identity where id = $1) and identity_id = $1 and source_key = '{Demographics.Key}'
        """;

    private const string Former = """
        select nhs_number, held_from, held_until from record.former_number
        where home = (select home from record.identity where id = $1) and identity_id = $1 order by held_until
        """;

    private const string Words = """
        select decision, decided_at, decided_by, why from record.decision
        where (identity_id = $1 and other_identity_id = $2) or (identity_id = $2 and other_identity_id = $1) order by decided_at
        """;

    /// <summary>The pairs that wait, oldest first; null when the role may not, which is noted.</summary>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing is shown.</exception>
    public async Task<MatchList?> ListAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!Decide.MayDecideMatches(viewer.Role))
        {
            await NoteAsync(viewer, Outcome.Refused, "matches", [], origin, cancel);
            return null;
        }

        var (waiting, decided, persons, total) = (new List<WaitingPair>(), new List<DecidedPair>(), new HashSet<Guid>(), 0);
        await using (var command = database.Source.CreateCommand(Waiting))
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                waiting.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), Instant(row, 3), (int)row.GetInt64(4)));
                total = (int)row.GetInt64(5);
                AddPersons(persons, row, 6);
            }
        }

        await using (var command = database.Source.CreateCommand(Decided))
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                decided.Add(new(
                    row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), Instant(row, 4), row.GetString(5), Text(row, 6),
                    row.IsDBNull(7) ? null : Instant(row, 7), Text(row, 8), Text(row, 9)));
                AddPersons(persons, row, 10);
            }
        }

        var (linked, apart, ended) = await MonthAsync(cancel);
        var at = await NoteAsync(viewer, Outcome.Allowed, "matches", [.. persons], origin, cancel);
        return new MatchList(at, total, waiting, decided, linked, apart, ended);
    }

    /// <summary>One pair side by side; null when there is none, or none for this role.</summary>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing is shown.</exception>
    public async Task<MatchPair?> ReadAsync(Viewer viewer, Guid review, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!Decide.MayDecideMatches(viewer.Role))
        {
            await NoteAsync(viewer, Outcome.Refused, $"match:{review}", [], origin, cancel);
            return null;
        }

        string rule;
        string? decision;
        DateTimeOffset raised;
        bool isOpen;
        Guid one, other;
        var persons = new HashSet<Guid>();
        await using (var command = database.Source.CreateCommand(Pair))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = review });
            await using var row = await command.ExecuteReaderAsync(cancel);
            if (!await row.ReadAsync(cancel))
                return null;
            (rule, raised, decision, isOpen, one, other) = (row.GetString(0), Instant(row, 1), Text(row, 2), row.GetBoolean(3), row.GetGuid(4), row.GetGuid(5));
            AddPersons(persons, row, 6);
        }

        await NoteAsync(viewer, Outcome.Allowed, $"match:{review}", [.. persons], origin, cancel);
        var (first, second) = (await PersonAsync(one, cancel), await PersonAsync(other, cancel));
        return new MatchPair(
            review, rule, raised, await SideAsync(one, cancel), await SideAsync(other, cancel), [.. Evidence.Of(first, second).Select(LineOf)],
            await WordsAsync(one, other, cancel), decision, isOpen);
    }

    private static EvidenceLine LineOf(EvidenceRow row) => new(
        row.Detail, row.One, row.Other,
        row.Agreement switch
        {
            Agreement.Same => Likeness.Same,
            Agreement.Close => Likeness.Close,
            Agreement.Differs => Likeness.Differs,
            Agreement.Missing => Likeness.Missing,
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        },
        row.Weight switch
        {
            Weight.None or Weight.Little => Bearing.None,
            Weight.For or Weight.StrongFor => Bearing.For,
            Weight.Against => Bearing.Against,
            Weight.StrongAgainst => Bearing.StrongAgainst,
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        },
        row.Speaks);

    private async Task<Demographics> PersonAsync(Guid identity, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(Person);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? ItemTables.Demographics.Read(row).Item : new Demographics();
    }

    private async Task<MatchSide> SideAsync(Guid identity, CancellationToken cancel)
    {
        var former = new List<FormerNumberHeld>();
        await using (var command = database.Source.CreateCommand(Former))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
            await using var numbers = await command.ExecuteReaderAsync(cancel);
            while (await numbers.ReadAsync(cancel))
                former.Add(new(numbers.GetString(0), Instant(numbers, 1), Instant(numbers, 2)));
        }

        await using var side = database.Source.CreateCommand(Side);
        side.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        await using var row = await side.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new MatchSide(identity, row.GetString(0), row.GetString(1), Instant(row, 2), row.GetInt64(3), former);
    }

    private async Task<IReadOnlyList<EarlierWord>> WordsAsync(Guid one, Guid other, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(Words);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = one });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = other });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var words = new List<EarlierWord>();
        while (await row.ReadAsync(cancel))
            words.Add(new(row.GetString(0), Instant(row, 1), row.GetString(2), row.GetString(3)));
        return words;
    }

    private async Task<(int Linked, int Apart, int Ended)> MonthAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Source.CreateCommand(Month);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc) });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return ((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2));
    }

    private async Task<DateTimeOffset> NoteAsync(
        Viewer viewer, Outcome outcome, string about, IReadOnlyList<Guid> persons, Origin origin, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        var note = new Note
        {
            Act = Act.ReadMatch,
            Outcome = outcome,
            Viewer = viewer,
            Origin = origin,
            Rules = [about],
            Searched = "matching",
            Found = [.. persons.Take(Most * 2)],
        };
        try
        {
            await AuditLog.WriteAsync(database, note, cancel);
            return at;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }

    private static void AddPersons(HashSet<Guid> persons, NpgsqlDataReader row, int at)
    {
        for (var i = at; i < at + 2; i++)
        {
            if (!row.IsDBNull(i))
                persons.Add(row.GetGuid(i));
        }
    }

    private static DateTimeOffset Instant(NpgsqlDataReader row, int i) => row.GetFieldValue<DateTimeOffset>(i);

    private static string? Text(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);
}
