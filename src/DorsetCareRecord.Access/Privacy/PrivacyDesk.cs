using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>What came of deciding.</summary>
public enum AlertDecided
{
    Decided,

    /// <summary>Somebody else took a step first.</summary>
    Overtaken,

    /// <summary>A state and a sentence of why are needed.</summary>
    SayMore,

    /// <summary>Not this officer's to decide, or no such alert: one answer.</summary>
    NotYours,
}

/// <summary>
/// Alerts, from the audit to an outcome. The officer of the user's organisation decides; nobody decides about themselves, and what
/// an officer did is decided by another organisation's. Break-glass is told to the officers of organisations that know the person, too.
/// </summary>
public sealed class PrivacyDesk(AccessDatabase database, TimeProvider clock)
{
    private const int Most = 500;

    private const string Read = """
        select x.id, x.number, x.rule, x.raised_at, coalesce(x.seen_at, x.raised_at), x.organisation_code, x.reason, x.account_id, a.name, a.role, x.person_id,
            -- Nobody about themselves, by whichever organisation's account it was done.
            case when coalesce(a.subject = $3 and a.issuer in ($5, '*'), false) then false
                when a.role = 'privacy' then x.organisation_code <> $1 else x.organisation_code = $1 end,
            s.step, s.state, s.words, s.name, s.organisation_code, s.taken_at
        from (
            select x.*, coalesce((select s.state from access.alert_step s where s.alert_id = x.id order by s.step desc limit 1), 'new') as state
            from access.alert x) x
        left join access.account a on a.id = x.account_id
        left join access.alert_step s on s.alert_id = x.id
        where (x.organisation_code = $1 or a.role = 'privacy' or (x.rule = 'P1' and x.feeds && $2))
        """;

    /// <summary>Alerts to decide, gravest and oldest first; null when it is not for this role.</summary>
    /// <param name="decided">Those with an outcome instead, latest first.</param>
    public async Task<IReadOnlyList<Alert>?> ListAsync(Viewer viewer, bool decided, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await PrivacyNotes.WriteAsync(database, viewer, Act.OpenPrivacyDesk, null, null, [], [], origin, cancel);
        if (!Decide.MayWatchOverAccess(viewer.Role))
            return null;
        var alerts = await AlertsAsync(viewer, decided
            ? "x.state in ('appropriate', 'inappropriate') and x.raised_at > $4" : "x.state in ('new', 'asked') and $4::timestamptz is not null",
            clock.GetUtcNow().AddDays(-366), cancel);
        return decided
            ? [.. alerts.OrderByDescending(alert => alert.Steps[^1].At)]
            : [.. alerts.OrderBy(alert => !alert.IsMine).ThenBy(alert => !alert.Rule.IsUrgent).ThenBy(alert => alert.RaisedAt)];
    }

    /// <summary>One alert with who did what; null when there is none for this officer.</summary>
    public async Task<OpenedAlert?> OpenAsync(Viewer viewer, Guid id, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var alert = Decide.MayWatchOverAccess(viewer.Role) ? await FindAsync(viewer, id, cancel) : null;
        var note = await PrivacyNotes.WriteAsync(database, viewer, Act.ReadAlert, alert?.Person, null, [id], [], origin, cancel);
        if (alert is null)
            return null;
        var person = alert.Person is { } about ? await AccessHistory.WhoAsync(database, about, cancel) : null;
        var lines = await AccessHistory.LinesAsync(database, "select * from access.looks_of($1, $2)", id, note, cancel);
        return new OpenedAlert(alert, person, HistoryLine.WithReasons(lines), await BeforeAsync(alert, cancel));
    }

    /// <param name="after">The last step the officer saw.</param>
    /// <param name="words">Why; every step needs it.</param>
    public async Task<AlertDecided> DecideAsync(
        Viewer viewer, Guid id, int after, AlertState state, string? words, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var why = words?.Trim() ?? "";
        var alert = Decide.MayWatchOverAccess(viewer.Role) ? await FindAsync(viewer, id, cancel) : null;
        await PrivacyNotes.WriteAsync(database, viewer, Act.DecideAlert, alert?.Person, null, [id], [$"outcome:{AlertWords.Stored(state)}"], origin, cancel);
        if (alert is not { IsMine: true })
            return AlertDecided.NotYours;
        if (state == AlertState.New || !Enum.IsDefined(state) || why.Length is 0 or > AlertWords.Longest)
            return AlertDecided.SayMore;
        await using var step = database.Source.CreateCommand("""
            insert into access.alert_step (alert_id, step, state, words, account_id, name, organisation_code, taken_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
            """);
        foreach (var value in (object[])[id, after + 1, AlertWords.Stored(state), why, viewer.Account, viewer.Name, viewer.Organisation, clock.GetUtcNow().UtcDateTime])
            step.Parameters.Add(new() { Value = value });
        return alert.Last == after && await step.ExecuteNonQueryAsync(cancel) == 1 ? AlertDecided.Decided : AlertDecided.Overtaken;
    }

    private async Task<Alert?> FindAsync(Viewer viewer, Guid id, CancellationToken cancel) =>
        (await AlertsAsync(viewer, "x.id = $4", id, cancel)).FirstOrDefault();

    private async Task<List<Alert>> AlertsAsync(Viewer viewer, string which, object key, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand($"{Read} and {which} order by x.raised_at desc, x.id, s.step limit {Most * 4}");
        string[] feeds = [.. Dorset.Sources.Where(feed => feed.OrganisationCode == viewer.Organisation).Select(feed => feed.Code)];
        foreach (var value in (object[])[viewer.Organisation, feeds, viewer.Subject, key, viewer.Issuer])
            command.Parameters.Add(new() { Value = value });
        var alerts = new List<Alert>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (alerts.Count == 0 || alerts[^1].Id != row.GetGuid(0))
                alerts.Add(new Alert(row.GetGuid(0), row.GetInt64(1), WatchRules.Of(row.GetString(2)), row.GetFieldValue<DateTimeOffset>(3),
                    row.GetFieldValue<DateTimeOffset>(4), row.GetString(5), AlertWords.Noticed(row.GetString(6)), row.IsDBNull(7) ? null : row.GetGuid(7),
                    row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : RoleNames.Find(row.GetString(9)),
                    row.IsDBNull(10) ? null : row.GetGuid(10), row.GetBoolean(11), []));
            if (!row.IsDBNull(12))
                alerts[^1] = alerts[^1] with
                {
                    Steps = [.. alerts[^1].Steps, new AlertStep(row.GetInt32(12), AlertWords.State(row.GetString(13)), row.GetString(14),
                        row.GetString(15), row.GetString(16), row.GetFieldValue<DateTimeOffset>(17))],
                };
        }

        return alerts;
    }

    /// <summary>Alerts about the same user before this one.</summary>
    private async Task<int> BeforeAsync(Alert alert, CancellationToken cancel)
    {
        if (alert.Account is not { } account)
            return 0;
        await using var command = database.Source.CreateCommand("select count(*)::int from access.alert where account_id = $1 and raised_at < $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = account });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = alert.RaisedAt.UtcDateTime });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
