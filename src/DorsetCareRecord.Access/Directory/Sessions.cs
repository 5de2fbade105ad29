using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>Why nobody is signed in. The page may say it to the person it is about; nothing else is said.</summary>
public enum NotAdmitted
{
    /// <summary>No account, a disabled one, or claims that contradict it: one answer, so that it is no oracle.</summary>
    NotEnabled,

    /// <summary>The role or organisation they chose at the provider is not the one they are enabled in.</summary>
    AnotherRole,

    /// <summary>Ended, unknown, idle too long or too old: sign in again.</summary>
    SessionOver,
}

/// <summary>What came of asking who is there.</summary>
public abstract record Admission
{
    public sealed record Admitted(Viewer Viewer) : Admission;

    public sealed record Turned(NotAdmitted Why) : Admission;
}

/// <summary>What the identity provider said of somebody who came back from it.</summary>
/// <param name="Issuer">Exactly as in the token.</param>
/// <param name="Subject">Unique at that issuer.</param>
/// <param name="ProviderSession">Its session, where it names one.</param>
/// <param name="Organisation">Claimed organisation, if claimed; it must be the directory's own.</param>
/// <param name="Role">Claimed role, if claimed; it must be the directory's own.</param>
public sealed record Assertion(string Issuer, string Subject, string? ProviderSession, string? Organisation, string? Role)
{
    /// <summary>ODS code of the organisation whose role they chose at the provider, if it says; it must be the directory's own.</summary>
    public string? Ods { get; init; }

    /// <summary>National codes of that role; null where a provider has none. They must permit the directory's role.</summary>
    public IReadOnlyList<string>? NationalCodes { get; init; }

    /// <summary>When they proved who they are, if the provider says.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }
}

/// <param name="For">Until the session ends.</param>
/// <param name="IsAbsolute">True when no activity puts that off.</param>
public sealed record SessionLeft(TimeSpan For, bool IsAbsolute);

/// <summary>
/// Sign-ins, kept here and not in the cookie: an ended session, a disabled account or a changed role counts at the very
/// next request. Claims may narrow what the directory grants (a contradiction is a refusal), never widen it.
/// </summary>
public sealed class Sessions(AccessDatabase database, TimeProvider clock)
{
    /// <summary>NIST SP 800-63B for AAL3: 15 minutes idle, 12 hours in all.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromHours(12);

    private const string AnotherRole = "national-role";

    private static readonly TimeSpan SeenGrain = TimeSpan.FromSeconds(30);

    /// <summary>Begins a session for somebody the provider vouches for; audited, admitted or turned away.</summary>
    public async Task<Admission> BeginAsync(Assertion assertion, Origin origin, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var find = database.Source.CreateCommand($"""
            select {StandingColumns}, a.id, a.name, a.organisation_code, o.name, a.role
            from access.account a join access.organisation o on o.code = a.organisation_code
            where a.subject = $2 and a.issuer in ($1, '*')
            order by a.issuer = '*' limit 1
            """);
        find.Parameters.Add(new() { Value = assertion.Issuer });
        find.Parameters.Add(new() { Value = assertion.Subject });
        Viewer? viewer = null;
        var against = "account:unknown";
        await using (var row = await find.ExecuteReaderAsync(cancel))
        {
            var standing = await row.ReadAsync(cancel) ? StandingOf(row, now) : AccountStanding.Unknown;
            if (standing != AccountStanding.Unknown)
                against = $"account:{standing}";
            if (standing.MayEnter() && RoleNames.Find(row.GetString(12)) is { } role)
                viewer = new Viewer(row.GetGuid(8), NewId(), assertion.Issuer, assertion.Subject, row.GetString(9),
                    row.GetString(10), row.GetString(11), role)
                { Standing = standing, PolicyVersion = row.GetInt64(7), AuthenticatedAt = assertion.AuthenticatedAt ?? DateTimeOffset.UnixEpoch };
        }

        if (viewer is not null && !Agrees(assertion, viewer))
            (viewer, against) = (null, "claims");
        if (viewer is not null && !await AgreesNationallyAsync(assertion, viewer, cancel))
            (viewer, against) = (null, AnotherRole);
        if (viewer is null)
        {
            await RefuseAsync((assertion.Issuer, assertion.Subject), against, origin, cancel);
            return new Admission.Turned(against == AnotherRole ? NotAdmitted.AnotherRole : NotAdmitted.NotEnabled);
        }

        await AuditLog.WriteAsync(database, new Note { Act = Act.SignIn, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin }, cancel);

        await using var begin = database.Source.CreateCommand("""
            with used as (update access.account set last_used_at = $5, signed_in_at = $5 where id = $2)
            insert into access.session (id, account_id, provider_session, issuer, started_at, seen_at, authenticated_at, role)
            values ($1, $2, $3, $4, $5, $5, $6, $7)
            """);
        begin.Parameters.Add(new() { Value = viewer.Session });
        begin.Parameters.Add(new() { Value = viewer.Account });
        begin.Parameters.Add(new() { Value = (object?)assertion.ProviderSession ?? DBNull.Value });
        begin.Parameters.Add(new() { Value = assertion.Issuer });
        begin.Parameters.Add(new() { Value = now });
        begin.Parameters.Add(new() { Value = viewer.AuthenticatedAt });
        begin.Parameters.Add(new() { Value = viewer.Role.Name() });
        await begin.ExecuteNonQueryAsync(cancel);
        return new Admission.Admitted(viewer);
    }

    /// <summary>All 128 bits at random (ASVS 5.0, 7.2.3); a version 4 UUID has 122.</summary>
    private static Guid NewId() => new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>Nobody is signed in; noted with what was against it.</summary>
    public Task RefuseAsync((string Issuer, string Subject)? stranger, string against, Origin origin, CancellationToken cancel) =>
        AuditLog.WriteAsync(database, new Note
        {
            Act = Act.SignIn, Outcome = Outcome.Refused, Viewer = null, Origin = origin, Stranger = stranger, Rules = [against],
        }, cancel);

    /// <summary>
    /// The same browser has signed in anew: as somebody else, in another role, or to prove again who it is. The session of before
    /// opens nothing any more, and whatever it was allowed ends with it, unless the same person only proved who they are.
    /// </summary>
    /// <param name="proved">The new session, when it was begun for a proof and nothing else; null otherwise.</param>
    public async Task ReplaceAsync(Guid older, Viewer? proved, Origin origin, CancellationToken cancel)
    {
        if (proved is not null)
            await Declarations.CarryAsync(database, older, proved, clock.GetUtcNow(), cancel);
        if (await AdmitAsync(older, isActivity: false, cancel) is Admission.Admitted { Viewer: var viewer })
            await EndAsync(viewer, Act.ReplaceSession, origin, cancel);
        else
            await SessionRows.EndAsync(database, older, clock.GetUtcNow(), cancel);
    }

    /// <summary>Who a session is at this moment. Asked anew for every request, and remembered for none.</summary>
    /// <param name="isActivity">False for what a page does by itself: it must not keep an abandoned session alive.</param>
    public async Task<Admission> AdmitAsync(Guid session, bool isActivity, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (admission, seen) = await database.ReadAsync(() => FindAsync(session, now, cancel));
        if (isActivity && admission is Admission.Admitted && now - seen > SeenGrain)
            await TouchAsync(session, now, cancel);
        return admission;
    }

    private async Task<(Admission Admission, DateTimeOffset Seen)> FindAsync(Guid session, DateTimeOffset now, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand($"""
            select a.id, s.issuer, a.subject, a.name, a.organisation_code, o.name, a.role, s.started_at, s.seen_at, {StandingColumns},
                s.authenticated_at
            from access.session s
            join access.account a on a.id = s.account_id join access.organisation o on o.code = a.organisation_code
            where s.id = $1 and s.ended_at is null
            """);
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        await using var row = await find.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return (new Admission.Turned(NotAdmitted.SessionOver), default);
        var standing = StandingOf(row, now, from: 9);
        if (!standing.MayEnter() || RoleNames.Find(row.GetString(6)) is not { } role)
            return (new Admission.Turned(NotAdmitted.NotEnabled), default);
        var seen = row.GetFieldValue<DateTimeOffset>(8);
        if (now - row.GetFieldValue<DateTimeOffset>(7) > AbsoluteLimit || now - seen > IdleLimit)
            return (new Admission.Turned(NotAdmitted.SessionOver), default);
        return (new Admission.Admitted(new Viewer(row.GetGuid(0), session, row.GetString(1), row.GetString(2), row.GetString(3),
            row.GetString(4), row.GetString(5), role)
        { Standing = standing, PolicyVersion = row.GetInt64(16), AuthenticatedAt = row.GetFieldValue<DateTimeOffset>(17) }), seen);
    }

    /// <summary>Ends a session for good; its cookie opens nothing any more.</summary>
    public Task EndAsync(Viewer viewer, Origin origin, CancellationToken cancel) => EndAsync(viewer, Act.SignOut, origin, cancel);

    /// <summary>The provider ended it: noted as whose it was, also when its account is not enabled any more.</summary>
    internal async Task EndByProviderAsync(Guid session, Origin origin, CancellationToken cancel)
    {
        if (await AdmitAsync(session, isActivity: false, cancel) is Admission.Admitted { Viewer: var viewer })
            await EndAsync(viewer, Act.ProviderSignOut, origin, cancel);
        else
            await SessionRows.EndAsync(database, session, clock.GetUtcNow(), cancel);
    }

    /// <summary>How long a session still lasts if nothing is done; null when it is over.</summary>
    public async Task<SessionLeft?> LeftAsync(Guid session, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand(
            "select started_at, seen_at from access.session where id = $1 and ended_at is null");
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        await using var row = await find.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return null;
        var now = clock.GetUtcNow();
        var (whole, idle) = (row.GetFieldValue<DateTimeOffset>(0) + AbsoluteLimit - now, row.GetFieldValue<DateTimeOffset>(1) + IdleLimit - now);
        var left = whole < idle ? new SessionLeft(whole, IsAbsolute: true) : new SessionLeft(idle, IsAbsolute: false);
        return left.For > TimeSpan.Zero ? left : null;
    }

    private async Task EndAsync(Viewer viewer, Act act, Origin origin, CancellationToken cancel)
    {
        await AuditLog.WriteAsync(database, new Note { Act = act, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin }, cancel);
        await SessionRows.EndAsync(database, viewer.Session, clock.GetUtcNow(), cancel);
    }

    private async Task TouchAsync(Guid session, DateTimeOffset now, CancellationToken cancel)
    {
        await using var touch = database.Source.CreateCommand(
            "update access.session set seen_at = greatest(seen_at, $2) where id = $1 and ended_at is null");
        touch.Parameters.Add(new() { Value = session });
        touch.Parameters.Add(new() { Value = now });
        await touch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>What <see cref="StandingOf"/> reads, and the version of policy, which so costs no round trip of its own.</summary>
    internal const string StandingColumns = """
        a.created_at, a.disabled_at, a.trained_until, a.expires_on, a.last_used_at, a.signed_in_at, o.closed_at,
        coalesce((select version from access.policy_version), 0)
        """;

    internal static AccountStanding StandingOf(NpgsqlDataReader row, DateTimeOffset now, int from = 0) => Standings.Of(new AccountState(
        row.GetFieldValue<DateTimeOffset>(from), Time(row, from + 1), Day(row, from + 2), Day(row, from + 3), Time(row, from + 4),
        !row.IsDBNull(from + 5), Time(row, from + 6)), now);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static DateOnly? Day(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private async Task<bool> AgreesNationallyAsync(Assertion assertion, Viewer viewer, CancellationToken cancel)
    {
        if (assertion is { Ods: null, NationalCodes: null })
            return true;
        await using var find = database.Source.CreateCommand("""
            select o.ods, c.codes, c.permissions, i.codes, i.includes
            from access.organisation o,
                (select array_agg(code) codes, array_agg(permission) permissions from access.national_code) c,
                (select array_agg(code) codes, array_agg(includes) includes from access.national_inclusion) i
            where o.code = $1
            """);
        find.Parameters.Add(new() { Value = viewer.Organisation });
        await using var row = await find.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel) || (assertion.Ods is { } ods && ods != row.GetString(0)))
            return false;
        var map = Texts(row, 1).Zip(Texts(row, 2), static (code, permission) => new NationalCode(code, permission)).ToList();
        var inclusions = Texts(row, 3).Zip(Texts(row, 4), static (code, includes) => new NationalInclusion(code, includes)).ToList();
        return assertion.NationalCodes is null
            || NationalCodes.Permit(NationalCodes.Permissions(assertion.NationalCodes, map, inclusions), viewer.Role);
    }

    /// <summary>Of a table without rows there is no array, and nothing in it.</summary>
    private static string[] Texts(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<string[]>(column);

    private static bool Agrees(Assertion assertion, Viewer viewer) =>
        (assertion.Organisation is null || assertion.Organisation == viewer.Organisation)
        && (assertion.Role is null || RoleNames.Find(assertion.Role) == viewer.Role);
}
