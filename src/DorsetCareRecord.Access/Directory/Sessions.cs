using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>Several organisations enabled them, and they have not said yet for which they come. It opens nothing.</summary>
    public sealed record Choosing(Guid Session) : Admission;
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

/// <summary>What is known of a sign-in, and goes along when its person changes organisation.</summary>
/// <param name="ProviderSession">The provider's own; ends with it.</param>
/// <param name="StartedAt">The sign-in: no change of organisation puts the end of twelve hours off.</param>
internal sealed record Vouch(string Issuer, string Subject, string? ProviderSession, Narrowing By, DateTimeOffset AuthenticatedAt, DateTimeOffset StartedAt);

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

    /// <summary>To say for which organisation they come.</summary>
    public static readonly TimeSpan ToChoose = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SeenGrain = TimeSpan.FromSeconds(30);

    private readonly Memberships _memberships = new(database);

    /// <summary>
    /// Begins a session for somebody the provider vouches for; audited, admitted or turned away. Whoever several organisations enabled, and
    /// whose claims leave more than one of them, is asked which (<see cref="Employers"/>).
    /// </summary>
    /// <param name="keeping">A session in whose organisation they go on, if that is among them: they only proved anew who they are.</param>
    public async Task<Admission> BeginAsync(Assertion assertion, Origin origin, CancellationToken cancel, Guid? keeping = null)
    {
        var now = clock.GetUtcNow();
        var vouch = new Vouch(assertion.Issuer, assertion.Subject, assertion.ProviderSession, Narrowing.Of(assertion),
            assertion.AuthenticatedAt ?? DateTimeOffset.UnixEpoch, now);
        var all = await _memberships.OfAsync(vouch, now, cancel);
        var open = all.Where(membership => membership.Against is null).ToList();
        if (open.Count > 1 && keeping is { } before && await AccountOfAsync(before, cancel) is { } account && open.Find(one => one.Account == account) is { } kept)
            open = [kept];
        if (open.Count == 0)
        {
            string[] against = all.Count == 0 ? ["account:unknown"] : [.. all.Select(membership => membership.Against!).Distinct()];
            await RefuseAsync((assertion.Issuer, assertion.Subject), against, origin, cancel);
            return new Admission.Turned(against.Contains(Memberships.AnotherRole) ? NotAdmitted.AnotherRole : NotAdmitted.NotEnabled);
        }

        return open is [var only]
            ? new Admission.Admitted(await EnterAsync(vouch, only, Act.SignIn, [], origin, cancel))
            : await AskAsync(vouch, origin, cancel);
    }

    /// <summary>Noted first; then the session is there.</summary>
    internal async Task<Viewer> EnterAsync(Vouch vouch, Membership membership, Act act, IReadOnlyList<string> rules, Origin origin, CancellationToken cancel)
    {
        var viewer = membership.As(vouch, NewId());
        await AuditLog.WriteAsync(database, new Note { Act = act, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin, Rules = rules }, cancel);
        await WriteAsync(viewer.Session, vouch, membership, cancel);
        return viewer;
    }

    /// <summary>They are who they are, and nobody yet: a session that opens one page, on which they choose.</summary>
    private async Task<Admission> AskAsync(Vouch vouch, Origin origin, CancellationToken cancel)
    {
        await AuditLog.WriteAsync(database, new Note
        {
            Act = Act.AskOrganisation, Outcome = Outcome.Allowed, Viewer = null, Origin = origin, Stranger = (vouch.Issuer, vouch.Subject),
        }, cancel);
        var session = NewId();
        await WriteAsync(session, vouch, null, cancel);
        return new Admission.Choosing(session);
    }

    private async Task WriteAsync(Guid session, Vouch vouch, Membership? membership, CancellationToken cancel)
    {
        await using var begin = database.Source.CreateCommand("""
            with used as (update access.account set last_used_at = $6, signed_in_at = $6 where id = $2)
            insert into access.session (id, account_id, role, issuer, subject, seen_at, started_at, authenticated_at, provider_session, narrowed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """);
        begin.Parameters.Add(new() { Value = session });
        begin.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)membership?.Account ?? DBNull.Value });
        begin.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)membership?.Role.Name() ?? DBNull.Value });
        foreach (var value in (object[])[vouch.Issuer, vouch.Subject, clock.GetUtcNow(), vouch.StartedAt, vouch.AuthenticatedAt])
            begin.Parameters.Add(new() { Value = value });
        begin.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)vouch.ProviderSession ?? DBNull.Value });
        begin.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = (object?)vouch.By.ToJson() ?? DBNull.Value });
        await begin.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Guid?> AccountOfAsync(Guid session, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand("select account_id from access.session where id = $1");
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        return await find.ExecuteScalarAsync(cancel) as Guid?;
    }

    /// <summary>All 128 bits at random (ASVS 5.0, 7.2.3); a version 4 UUID has 122.</summary>
    private static Guid NewId() => new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>Nobody is signed in; noted with what was against it.</summary>
    public Task RefuseAsync((string Issuer, string Subject)? stranger, string against, Origin origin, CancellationToken cancel) =>
        RefuseAsync(stranger, [against], origin, cancel);

    private async Task RefuseAsync((string Issuer, string Subject)? stranger, string[] against, Origin origin, CancellationToken cancel) =>
        await AuditLog.WriteAsync(database, new Note
        {
            Act = Act.SignIn, Outcome = Outcome.Refused, Viewer = null, Origin = origin, Stranger = stranger, Rules = against,
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
                s.authenticated_at, {Narrowing.LeavesSeveral} and exists (select from access.account k
                    where k.subject = s.subject and k.issuer in (s.issuer, '*') and k.organisation_code <> a.organisation_code and k.disabled_at is null)
            from access.session s
            left join access.account a on a.id = s.account_id left join access.organisation o on o.code = a.organisation_code
            where s.id = $1 and s.ended_at is null
            """);
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        await using var row = await find.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return (new Admission.Turned(NotAdmitted.SessionOver), default);
        if (row.IsDBNull(0))
            return (now - row.GetFieldValue<DateTimeOffset>(7) <= ToChoose ? new Admission.Choosing(session) : new Admission.Turned(NotAdmitted.SessionOver), default);
        var standing = StandingOf(row, now, from: 9);
        if (!standing.MayEnter() || RoleNames.Find(row.GetString(6)) is not { } role)
            return (new Admission.Turned(NotAdmitted.NotEnabled), default);
        var seen = row.GetFieldValue<DateTimeOffset>(8);
        if (now - row.GetFieldValue<DateTimeOffset>(7) > AbsoluteLimit || now - seen > IdleLimit)
            return (new Admission.Turned(NotAdmitted.SessionOver), default);
        return (new Admission.Admitted(new Viewer(row.GetGuid(0), session, row.GetString(1), row.GetString(2), row.GetString(3),
            row.GetString(4), row.GetString(5), role)
        { Standing = standing, PolicyVersion = row.GetInt64(16), AuthenticatedAt = row.GetFieldValue<DateTimeOffset>(17), WorksElsewhere = row.GetBoolean(18) }), seen);
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
}
