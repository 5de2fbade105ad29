using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>Somebody a search found: who they are and nothing clinical.</summary>
public sealed record FoundPerson(Guid Person, ConsolidatedPerson Who);

/// <summary>What a search came to.</summary>
public abstract record SearchAnswer
{
    /// <param name="People">At most <see cref="PersonSearch.Limit"/>.</param>
    /// <param name="IsCut">There are more than are here: the search must be narrower.</param>
    /// <param name="IsOtherForename">None of them has the forename that was typed: they are here by surname and date of birth alone.</param>
    public sealed record Found(IReadOnlyList<FoundPerson> People, bool IsCut, bool IsOtherForename = false) : SearchAnswer;

    /// <summary>Too many searches of theirs found nobody: nothing was looked for.</summary>
    public sealed record TooMany(TimeSpan Wait) : SearchAnswer;

    /// <summary>The viewer's role looks for nobody.</summary>
    public sealed record NotForYourRole : SearchAnswer;
}

/// <summary>
/// Finds people by NHS number, or by surname with date of birth. Every search is noted with the words that were typed and
/// the people it showed, also when it found none, before its answer is given.
/// </summary>
public sealed class PersonSearch(AccessDatabase database, PolicyBook book, TimeProvider clock)
{
    public const int Limit = 20;

    /// <summary>Whoever chose not to have a record is not found, by nobody, so that the search is no oracle. The last parameter is now.</summary>
    private const string NobodyWhoChoseNotTo = """
        not exists (select from record.person_link al join record.trait a on a.identity_id = al.identity_id
            join access.opt_out o on o.nhs_number = a.nhs_number
            where al.person_id = l.person_id and al.ended_at is null and o.valid_from <= @now and (o.valid_to is null or o.valid_to > @now))
        """;

    private static readonly string ByNumber = $"""
        select distinct l.person_id from record.trait t
        join record.shown_link l on l.identity_id = t.identity_id
        join record.identity i on i.home = t.home and i.id = t.identity_id
        where i.source = any($3) and t.nhs_number = $1 and {NobodyWhoChoseNotTo.Replace("@now", "$2", StringComparison.Ordinal)} limit {Limit + 1}
        """;

    private static readonly string ByNameAndBirth = $"""
        select distinct l.person_id from record.trait t
        join record.shown_link l on l.identity_id = t.identity_id
        join record.identity i on i.home = t.home and i.id = t.identity_id
        where i.source = any($4) and t.family_keys && $1 and t.born_on = $2 and {NobodyWhoChoseNotTo.Replace("@now", "$3", StringComparison.Ordinal)} limit {Limit + 1}
        """;

    private static readonly string StillFound = $"""
        select distinct l.person_id from record.person_link l
        where l.person_id = any($1) and l.ended_at is null and {NobodyWhoChoseNotTo.Replace("@now", "$2", StringComparison.Ordinal)}
        """;

    private static readonly string WhoTheyAre = $"""
        select {ItemTables.Demographics.Quoted}, l.person_id,
            exists (select from record.person_link rl join record.trait r on r.identity_id = rl.identity_id
                join access.restricted_person p on p.nhs_number = r.nhs_number
                where rl.person_id = l.person_id and rl.ended_at is null and p.valid_from <= $3 and (p.valid_to is null or p.valid_to > $3))
            or exists (select from record.person_link rl join record.demographics r on r.home = rl.home and r.identity_id = rl.identity_id
                where rl.person_id = l.person_id and rl.ended_at is null and r.restricted)
        from (select person_id, home as at_home, identity_id as of_identity from record.shown_link
            where person_id = any($1)) l
        join record.demographics on home = l.at_home and identity_id = l.of_identity
        where source = any($2)
        """;

    private readonly SearchMisses _misses = new(database);

    /// <param name="isRepeat">The same words shown once more, by reload or Back: no new attempt at anything.</param>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing is shown.</exception>
    public async Task<SearchAnswer> FindAsync(
        Viewer viewer, Sought sought, string words, Purpose purpose, Origin origin, CancellationToken cancel, bool isRepeat = false)
    {
        var now = clock.GetUtcNow();
        // A search is about somebody it may find: asked of a person without any hindrance of their own.
        var question = new Question
        {
            Viewer = viewer, Purpose = purpose, At = now, Policy = await book.ReadAsync(viewer.PolicyVersion, cancel),
            Person = new PersonFacts { IsKnown = true, IsDeclared = true },
        };
        string[] who = [.. Scope.Of(question, [Section.Demographics]).Who.Except(await HiddenAsync(viewer, cancel))];
        if (!Decide.MayOpenRecords(viewer.Role) || who.Length == 0)
        {
            await NoteAsync(viewer, Outcome.Refused, words, [], [], origin, cancel);
            return new SearchAnswer.NotForYourRole();
        }

        var attempt = isRepeat ? default : await _misses.BeginAsync(viewer, now, cancel);
        if (attempt.Wait is { } wait)
        {
            await NoteAsync(viewer, Outcome.Refused, words, [], [attempt.IsLocked ? "P9" : "P9:slow"], origin, cancel);
            if (attempt.IsLocked)
                await _misses.AlertAsync(viewer, now, cancel);
            return new SearchAnswer.TooMany(wait);
        }

        var hidden = await HiddenAsync(viewer, cancel);
        var persons = sought switch
        {
            Sought.ByNhsNumber number => await PersonsAsync(ByNumber, [Text(number.Number.Digits), Moment(now), Texts(who)], cancel),
            Sought.BySurnameAndBirth birth when NameKeys.OfFamily(birth.Surname) is { Count: > 0 } keys =>
                await PersonsAsync(ByNameAndBirth, [Texts([.. keys]), Text(ClinicalDate.OfDay(birth.Born).ToString()), Moment(now), Texts(who)], cancel),
            _ => [],
        };
        var people = await WhoAsync([.. persons.Take(Limit)], who, now, cancel);
        var (fitting, isOther) = sought is Sought.BySurnameAndBirth typed ? Forenames.Fitting(people, typed.Surname) : (people, false);
        people = fitting;
        await NoteAsync(viewer, Outcome.Allowed, words, [.. people.Select(found => found.Person)], [], origin, cancel);
        if (!isRepeat && people.Count > 0)
            await _misses.LetOffAsync(attempt.Id, cancel);
        return new SearchAnswer.Found(people, persons.Count > Limit, isOther);
    }

    /// <summary>Sources that are not for this viewer yet, wholly or in who people are: whoever is known to them alone is not found.</summary>
    private async Task<string[]> HiddenAsync(Viewer viewer, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(FeedStages.Open);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var stages = await FeedStages.ReadAsync(reader, cancel);
        var sight = Sight.Of(stages, viewer);
        return [.. stages.Select(stage => stage.Source).Distinct().Where(source => sight.Hides(source, Section.Demographics))];
    }

    private async Task<List<Guid>> PersonsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var persons = new List<Guid>();
        while (await row.ReadAsync(cancel))
            persons.Add(row.GetGuid(0));
        return persons;
    }

    /// <summary>
    /// Who people are to this viewer, by the same rules as a search: whoever chose not to have a record, or is known to sources that
    /// are not for them, is left out.
    /// </summary>
    internal async Task<IReadOnlyList<FoundPerson>> WhoAsync(Viewer viewer, Guid[] persons, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var question = new Question
        {
            Viewer = viewer, Purpose = viewer.Role == Role.Clerical ? Purpose.SupportOfDirectCare : Purpose.DirectCare, At = now,
            Policy = await book.ReadAsync(viewer.PolicyVersion, cancel), Person = new PersonFacts { IsKnown = true, IsDeclared = true },
        };
        string[] sources = [.. Scope.Of(question, [Section.Demographics]).Who.Except(await HiddenAsync(viewer, cancel))];
        if (sources.Length == 0 || persons.Length == 0)
            return [];
        var kept = await PersonsAsync(StillFound, [new NpgsqlParameter<Guid[]> { TypedValue = persons }, Moment(now)], cancel);
        return await WhoAsync([.. kept], sources, now, cancel);
    }

    private async Task<IReadOnlyList<FoundPerson>> WhoAsync(Guid[] persons, string[] sources, DateTimeOffset now, CancellationToken cancel)
    {
        if (persons.Length == 0)
            return [];
        await using var command = database.Source.CreateCommand(WhoTheyAre);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = sources });
        command.Parameters.Add(Moment(now));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var entries = new List<(Guid Person, bool IsRestricted, Entry<Demographics> Entry)>();
        while (await row.ReadAsync(cancel))
        {
            var read = ItemTables.Demographics.Read(row);
            entries.Add((row.GetGuid(ItemTables.Demographics.Columns.Count), row.GetBoolean(ItemTables.Demographics.Columns.Count + 1),
                new(read.Id, read.SourceKey, read.Source, read.Version.At, read.RecordedAt, read.MessageId, read.Ended, read.Item)));
        }

        return
        [
            .. entries.GroupBy(pair => pair.Person)
                .Select(group => new FoundPerson(group.Key, Who([.. group.Select(pair => pair.Entry)], group.First().IsRestricted)))
                .OrderBy(found => found.Who.FamilyName, StringComparer.OrdinalIgnoreCase)
                .ThenBy(found => found.Who.GivenNames, StringComparer.OrdinalIgnoreCase).ThenBy(found => found.Person),
        ];
    }

    private static ConsolidatedPerson Who(IReadOnlyList<Entry<Demographics>> entries, bool isRestricted)
    {
        var who = ConsolidatedPerson.Of(entries, isRestricted);
        return who.IsRestricted ? who.WithoutWhereabouts(_ => "a source not shown") : who;
    }

    private async Task NoteAsync(
        Viewer viewer, Outcome outcome, string words, IReadOnlyList<Guid> found, IReadOnlyList<string> rules, Origin origin,
        CancellationToken cancel)
    {
        var note = new Note { Act = Act.Search, Outcome = outcome, Viewer = viewer, Origin = origin, Searched = words, Found = found, Rules = rules };
        try
        {
            await AuditLog.WriteAsync(database, note, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new NotNotedException(fault);
        }
    }

    private static NpgsqlParameter<string> Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    private static NpgsqlParameter<DateTime> Moment(DateTimeOffset value) => new() { TypedValue = value.UtcDateTime };

    private static NpgsqlParameter<string[]> Texts(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values };
}
