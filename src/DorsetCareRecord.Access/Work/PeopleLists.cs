using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Work;

/// <summary>
/// Lists of people that staff keep, alone, for their team or for their organisation, and what they ask to be told of them. A list opens no
/// record: whoever is on it is opened through the door like anybody. Nothing is erased; rows end.
/// </summary>
public sealed class PeopleLists(AccessDatabase database, MyWork work, TimeProvider clock)
{
    public const int LongestName = 80;

    /// <summary>The open team of the keeper's own organisation that the keeper (a) works in.</summary>
    private const string KeepersTeam = "access.team t where t.id = a.team_id and t.organisation_code = a.organisation_code and t.closed_at is null";

    /// <summary>Mine, and of the viewer's team or organisation: who may read a list and add to it. $1 account, $2 organisation.</summary>
    private const string MayRead = $"""
        l.ended_at is null and (l.account_id = $1 or (a.organisation_code = $2 and (l.shared_with = 'organisation'
            or (l.shared_with = 'team' and exists (select from {KeepersTeam} and t.id = (select me.team_id from access.account me where me.id = $1))))))
        """;

    public async Task<IReadOnlyList<PeopleList>> OfAsync(Viewer viewer, CancellationToken cancel)
    {
        if (!Decide.MayOpenRecords(viewer.Role))
            return [];
        await using var command = Command($"""
            select l.id, l.name, l.account_id = $1, a.name, l.shared_with,
                (select count(*)::int from access.people_list_member m where m.list_id = l.id and m.ended_at is null),
                array(select w.kind from access.wish w where w.list_id = l.id and w.account_id = $1 and w.ended_at is null),
                (select t.name from {KeepersTeam})
            from access.people_list l join access.account a on a.id = l.account_id where {MayRead} order by l.account_id <> $1, l.name, l.id
            """, viewer.Account, viewer.Organisation);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lists = new List<PeopleList>();
        while (await row.ReadAsync(cancel))
            lists.Add(new PeopleList(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), WorkWords.Sharing(row.GetString(4)),
                row.IsDBNull(7) ? null : row.GetString(7), row.GetInt32(5),
                row.GetFieldValue<string[]>(6).Select(WorkWords.Wished).OfType<Wish>().ToHashSet()));
        return lists;
    }

    /// <summary>Null when there is no such list for this viewer.</summary>
    public async Task<(PeopleList List, IReadOnlyList<ListMember> Members)?> OpenAsync(Viewer viewer, Guid list, Origin origin, CancellationToken cancel)
    {
        if ((await OfAsync(viewer, cancel)).FirstOrDefault(one => one.Id == list) is not { } found)
            return null;
        await using var command = Command("""
            select m.person_id, m.added_at, a.name from access.people_list_member m join access.account a on a.id = m.added_by
            where m.list_id = $1 and m.ended_at is null order by m.added_at desc limit 500
            """, list);
        var members = new List<(Guid Person, DateTimeOffset At, string By)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
                members.Add((row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2)));
        }

        var people = await work.PeopleAsync(viewer, [.. members.Select(member => member.Person)], origin, cancel);
        return (found,
        [
            .. members.Where(member => people.ContainsKey(member.Person)).Select(member => new ListMember(people[member.Person] with { Person = member.Person }, member.At, member.By))
                .OrderBy(member => member.Found.Who.FamilyName, StringComparer.OrdinalIgnoreCase),
        ]);
    }

    /// <summary>Null when the name is empty or too long, or the role keeps no lists.</summary>
    public async Task<Guid?> MakeAsync(Viewer viewer, string? name, Origin origin, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var called = name?.Trim() ?? "";
        if (!await NoteAsync(viewer, called.Length is > 0 and <= LongestName && Decide.MayOpenRecords(viewer.Role), id, null, origin, cancel))
            return null;
        await using var command = Command("insert into access.people_list (id, account_id, name, shared_with, made_at) values ($1, $2, $3, 'nobody', $4)",
            id, viewer.Account, called, clock.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
        return id;
    }

    /// <summary>Shares, or stops sharing, or ends a list of one's own; null sharing ends it. False for a team when the viewer works in none.</summary>
    public async Task<bool> SetAsync(Viewer viewer, Guid list, ListSharing? sharing, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(viewer, Decide.MayOpenRecords(viewer.Role) && sharing is null or ListSharing.Nobody or ListSharing.Team or ListSharing.Organisation, list, null, origin, cancel))
            return false;
        await using var command = sharing is { } wanted
            ? Command($"""
                update access.people_list l set shared_with = $3 from access.account a
                where l.id = $1 and l.account_id = $2 and l.ended_at is null and a.id = l.account_id and ($3 <> 'team' or exists (select from {KeepersTeam}))
                """, list, viewer.Account, WorkWords.Stored(wanted))
            : Command("update access.people_list set ended_at = $3 where id = $1 and account_id = $2 and ended_at is null", list, viewer.Account, clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Puts the person of a view on a list, so only somebody whose record was opened gets on one.</summary>
    public async Task<bool> AddAsync(Viewer viewer, Guid list, RecordView view, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(viewer, Decide.MayOpenRecords(viewer.Role), list, view.Person, origin, cancel))
            return false;
        await using var command = Command($"""
            insert into access.people_list_member (list_id, person_id, added_at, added_by)
            select l.id, $4, $5, $1 from access.people_list l join access.account a on a.id = l.account_id where l.id = $3 and {MayRead}
            on conflict do nothing
            """, viewer.Account, viewer.Organisation, list, view.Person, clock.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
        return true;
    }

    public async Task<bool> RemoveAsync(Viewer viewer, Guid list, Guid person, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(viewer, Decide.MayOpenRecords(viewer.Role), list, person, origin, cancel))
            return false;
        await using var command = Command($"""
            update access.people_list_member m set ended_at = $5, ended_by = $1
            where m.list_id = $3 and m.person_id = $4 and m.ended_at is null
                and exists (select from access.people_list l join access.account a on a.id = l.account_id where l.id = $3 and {MayRead})
            """, viewer.Account, viewer.Organisation, list, person, clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>What the viewer wants to be told of the people of a list, from now on.</summary>
    public async Task<bool> WishAsync(Viewer viewer, Guid list, IReadOnlyCollection<Wish> wishes, Origin origin, CancellationToken cancel)
    {
        var may = (await OfAsync(viewer, cancel)).Any(one => one.Id == list)
            && wishes.All(wish => Enum.IsDefined(wish));
        if (!await NoteAsync(viewer, may, list, null, origin, cancel))
            return false;
        var wanted = wishes.Select(WorkWords.Stored).Distinct().ToArray();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var batch = database.Source.CreateBatch();
        Add("update access.wish set ended_at = $4 where list_id = $1 and account_id = $2 and ended_at is null and not kind = any($3)", list, viewer.Account, wanted, now);
        Add("""
            insert into access.wish (id, list_id, account_id, kind, since) select gen_random_uuid(), $1, $2, kind, $4 from unnest($3) k (kind)
            on conflict do nothing
            """, list, viewer.Account, wanted, now);
        await batch.ExecuteNonQueryAsync(cancel);
        return true;

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private async Task<bool> NoteAsync(Viewer viewer, bool may, Guid list, Guid? person, Origin origin, CancellationToken cancel)
    {
        await AuditLog.WriteAsync(database, new Note
        {
            Act = Act.KeepList, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin, Person = person, Found = [list],
        }, cancel);
        return may;
    }
}
