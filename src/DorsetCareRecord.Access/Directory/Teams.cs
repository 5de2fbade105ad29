using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>A site of an organisation and the teams that work there.</summary>
public sealed record Site(Guid Id, string Name, IReadOnlyList<Team> Teams);

/// <summary>People of one organisation who work together. What it opens is what its members share with one another, no record.</summary>
/// <param name="Members">Their names.</param>
public sealed record Team(Guid Id, string Name, IReadOnlyList<string> Members);

/// <summary>
/// Sites and teams of the administrator's own organisation. They are opened and closed, never erased; each act is noted before it is done
/// and counts at the next request of whom it concerns.
/// </summary>
public sealed class Teams(AccessDatabase database, TimeProvider clock)
{
    public const int LongestName = 80;

    /// <summary>Null when the viewer administers nothing.</summary>
    public async Task<IReadOnlyList<Site>?> ListAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.ListTeams, viewer, [], origin, cancel))
            return null;
        await using var command = Command("""
            select s.id, s.name, t.id, t.name,
                array(select a.name from access.account a where a.team_id = t.id and a.organisation_code = t.organisation_code order by a.name, a.id)
            from access.team s left join access.team t on t.organisation_code = s.organisation_code and t.site = s.name and t.closed_at is null
            where s.organisation_code = $1 and s.site is null and s.closed_at is null order by s.name, s.id, t.name, t.id
            """, viewer.Organisation);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(Guid Id, string Name, Team? Team)>();
        while (await row.ReadAsync(cancel))
            rows.Add((row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : new Team(row.GetGuid(2), row.GetString(3), row.GetFieldValue<string[]>(4))));
        return [.. rows.GroupBy(one => (one.Id, one.Name)).Select(site => new Site(site.Key.Id, site.Key.Name, [.. site.Select(one => one.Team).OfType<Team>()]))];
    }

    /// <summary>A name that an open site of the organisation has already cannot be meant.</summary>
    public async Task<Changed> OpenSiteAsync(Viewer viewer, string name, Origin origin, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        if (!await NoteAsync(Act.OpenTeam, viewer, [id], origin, cancel))
            return Changed.NothingForYou;
        if (!IsMeant(name))
            return Changed.NotUnderstood;
        await using var command = Command("""
            insert into access.team (id, organisation_code, name, made_at, made_by) select $1, $2, $3, $4, $5
            where not exists (select from access.team where organisation_code = $2 and site is null and lower(name) = lower($3) and closed_at is null)
            """, id, viewer.Organisation, name, clock.GetUtcNow().UtcDateTime, viewer.Subject);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? Changed.Done : Changed.NotUnderstood;
    }

    /// <summary>A name that an open team of the site has already cannot be meant.</summary>
    public async Task<Changed> OpenTeamAsync(Viewer viewer, Guid site, string name, Origin origin, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        if (!await NoteAsync(Act.OpenTeam, viewer, [id], origin, cancel))
            return Changed.NothingForYou;
        if (!IsMeant(name))
            return Changed.NotUnderstood;
        await using var command = Command("""
            insert into access.team (id, organisation_code, name, site, made_at, made_by) select $1, $2, $3, s.name, $4, $5
            from access.team s where s.id = $6 and s.organisation_code = $2 and s.site is null and s.closed_at is null
                and not exists (select from access.team where organisation_code = $2 and site = s.name and lower(name) = lower($3) and closed_at is null)
            """, id, viewer.Organisation, name, clock.GetUtcNow().UtcDateTime, viewer.Subject, site);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? Changed.Done : Changed.NotUnderstood;
    }

    /// <summary>Closes a team, or a site with all its teams; what was shared with a team is then shared with nobody.</summary>
    public async Task<Changed> CloseAsync(Viewer viewer, Guid team, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.CloseTeam, viewer, [team], origin, cancel))
            return Changed.NothingForYou;
        await using var command = Command("""
            update access.team set closed_at = $3, closed_by = $4 where organisation_code = $2 and closed_at is null
                and (id = $1 or site = (select name from access.team where id = $1 and organisation_code = $2 and site is null and closed_at is null))
            """, team, viewer.Organisation, clock.GetUtcNow().UtcDateTime, viewer.Subject);
        return await command.ExecuteNonQueryAsync(cancel) > 0 ? Changed.Done : Changed.NothingForYou;
    }

    /// <summary>Somebody works in one team at a time; null takes them out of theirs.</summary>
    public async Task<Changed> PlaceAsync(Viewer viewer, Guid account, Guid? team, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.SetTeam, viewer, team is { } to ? [account, to] : [account], origin, cancel))
            return Changed.NothingForYou;
        await using var command = Command($"""
            update access.account set team_id = $4, {Members.Decided("team")} where id = $1 and organisation_code = $2 and id <> $3
                and ($4::uuid is null or exists (select from access.team where id = $4 and organisation_code = $2 and site is not null and closed_at is null))
            """, account, viewer.Organisation, viewer.Account, (object?)team ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? Changed.Done : Changed.NothingForYou;
    }

    private static bool IsMeant(string name) => name.Length is > 0 and <= LongestName;

    private async Task<bool> NoteAsync(Act act, Viewer viewer, Guid[] about, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database, new Note
        {
            Act = act, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin, Found = about,
        }, cancel);
        return may;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
