using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>A member of staff as their administrator sees them.</summary>
/// <param name="DisabledAt">Null while enabled.</param>
/// <param name="LastSignIn">Null when never.</param>
/// <param name="Team">The open team they work in.</param>
/// <param name="OpenSessions">How often they are signed in now.</param>
public sealed record Account(
    Guid Id, string Name, string Subject, Role Role, DateTimeOffset? DisabledAt, string? DisabledBy, DateTimeOffset? LastSignIn,
    AccountStanding Standing, DateOnly? TrainedUntil, DateOnly? ExpiresOn, string? Team, int OpenSessions);

/// <summary>A partner of the record and how many of its staff are enabled.</summary>
public sealed record Partner(string Code, string Ods, string Name, int Enabled, int Disabled);

/// <summary>What an administrator sees: the partners in numbers, their own staff by name.</summary>
public sealed record Desk(IReadOnlyList<Partner> Partners, IReadOnlyList<Account> Staff);

/// <summary>Accounts of the administrator's own organisation. Every act is audited; none touches the record.</summary>
public sealed class Accounts(AccessDatabase database, TimeProvider clock)
{
    /// <summary>Null when the viewer administers nothing.</summary>
    public async Task<Desk?> ListAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.ListAccounts, viewer, origin, [], cancel))
            return null;
        return new Desk(await PartnersAsync(cancel), await StaffAsync(viewer.Organisation, cancel));
    }

    /// <summary>
    /// False when the viewer administers nothing, or the account is not of their organisation, or is their own: nobody
    /// locks themselves out, or lets themselves in.
    /// </summary>
    public async Task<bool> SetEnabledAsync(Viewer viewer, Guid account, bool enabled, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(enabled ? Act.EnableAccount : Act.DisableAccount, viewer, origin, [account], cancel))
            return false;
        return enabled
            ? await StaffChange.MakeAsync(database, viewer, account, "disabled_at = null, disabled_by = null", cancel)
            : await StaffChange.MakeAsync(database, viewer, account,
                "disabled_at = coalesce(disabled_at, $4), disabled_by = coalesce(disabled_by, $5)", cancel, clock.GetUtcNow(), viewer.Subject);
    }

    private async Task<bool> NoteAsync(Act act, Viewer viewer, Origin origin, Guid[] about, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database, new Note
        {
            Act = act,
            Outcome = may ? Outcome.Allowed : Outcome.Refused,
            Viewer = viewer,
            Origin = origin,
            Found = about,
        }, cancel);
        return may;
    }

    private async Task<IReadOnlyList<Partner>> PartnersAsync(CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            select o.code, o.ods, o.name,
                (count(a.id) filter (where a.disabled_at is null))::int, (count(a.id) filter (where a.disabled_at is not null))::int
            from access.organisation o left join access.account a on a.organisation_code = o.code
            group by o.code, o.ods, o.name order by o.name
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var partners = new List<Partner>();
        while (await row.ReadAsync(cancel))
            partners.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4)));
        return partners;
    }

    private async Task<IReadOnlyList<Account>> StaffAsync(string organisation, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand($"""
            select a.id, a.name, a.subject, a.role, a.disabled_at, a.disabled_by, a.signed_in_at,
                a.created_at, a.trained_until, a.expires_on, a.last_used_at, o.closed_at,
                (select t.name from access.team t where t.id = a.team_id and t.organisation_code = a.organisation_code and t.closed_at is null),
                (select count(*)::int from access.session s where s.account_id = a.id and {SessionRows.IsOpen(first: 2)})
            from access.account a join access.organisation o on o.code = a.organisation_code where a.organisation_code = $1 order by a.disabled_at is null, a.name, a.id
            """);
        foreach (var value in (object[])[organisation, .. SessionRows.Limits(clock.GetUtcNow())])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var staff = new List<Account>();
        while (await row.ReadAsync(cancel))
        {
            if (RoleNames.Find(row.GetString(3)) is not { } role)
                continue;
            var (trained, expires) = (Day(row, 8), Day(row, 9));
            var standing = Standings.Of(new AccountState(row.GetFieldValue<DateTimeOffset>(7), Time(row, 4), trained, expires, Time(row, 10),
                !row.IsDBNull(6), Time(row, 11)), clock.GetUtcNow());
            staff.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), role, Time(row, 4),
                row.IsDBNull(5) ? null : row.GetString(5), Time(row, 6), standing, trained, expires,
                row.IsDBNull(12) ? null : row.GetString(12), row.GetInt32(13)));
        }

        return staff;
    }

    private static DateOnly? Day(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
