using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Directory;

/// <summary>An organisation for which somebody may work now, and as what.</summary>
/// <param name="Account">That organisation's word about them.</param>
/// <param name="IsThis">The session that asks is there already.</param>
public sealed record Employer(Guid Account, string Organisation, Role Role, bool IsThis);

/// <summary>
/// Whoever several organisations enabled says for which they come, and goes from one to another. Each is a session of its own (ID-11): the
/// one of before ends first, and with it the reasons given and the seals broken in it; nothing is ever added up over two.
/// </summary>
public sealed class Employers(AccessDatabase database, Sessions sessions, TimeProvider clock)
{
    private readonly Memberships _memberships = new(database);

    /// <summary>What a session may choose among, in the order of the organisations' names; none when it is over.</summary>
    public async Task<IReadOnlyList<Employer>> OfAsync(Guid session, CancellationToken cancel) =>
        await FindAsync(session, cancel) is not { } found ? []
            : [.. (await OpenAsync(found.Vouch, cancel)).Select(one => new Employer(one.Account, one.OrganisationName, one.Role, one.Account == found.Account))];

    /// <summary>
    /// A new session there. What may be chosen is asked anew, so that whoever was disabled meanwhile is turned away; and what the provider said of the
    /// sign-in counts still. Sent twice, it is done once.
    /// </summary>
    public async Task<Admission> ChooseAsync(Guid session, Guid account, Origin origin, CancellationToken cancel)
    {
        var older = await sessions.AdmitAsync(session, isActivity: false, cancel);
        if (older is Admission.Turned || await FindAsync(session, cancel) is not { } found)
            return new Admission.Turned(NotAdmitted.SessionOver);
        var viewer = (older as Admission.Admitted)?.Viewer;
        if ((await OpenAsync(found.Vouch, cancel)).FirstOrDefault(one => one.Account == account && account != viewer?.Account) is not { } chosen)
        {
            await AuditLog.WriteAsync(database, new Note
            {
                Act = Act.SwitchOrganisation, Outcome = Outcome.Refused, Viewer = viewer, Origin = origin,
                Stranger = viewer is null ? (found.Vouch.Issuer, found.Vouch.Subject) : null,
            }, cancel);
            return new Admission.Turned(NotAdmitted.NotEnabled);
        }

        if (viewer is not null)
            await AuditLog.WriteAsync(database, new Note { Act = Act.ReplaceSession, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin }, cancel);
        if (!await SessionRows.EndAsync(database, session, clock.GetUtcNow(), cancel))
            return new Admission.Turned(NotAdmitted.SessionOver);
        return new Admission.Admitted(await sessions.EnterAsync(found.Vouch, chosen, viewer is null ? Act.SignIn : Act.SwitchOrganisation,
            viewer is null ? ["chosen"] : [$"from:{viewer.Organisation}:{viewer.Role.Name()}"], origin, cancel));
    }

    /// <summary>They go, having chosen nothing; a session that has begun is signed out of instead.</summary>
    public async Task LeaveAsync(Guid session, CancellationToken cancel)
    {
        if (await sessions.AdmitAsync(session, isActivity: false, cancel) is Admission.Choosing)
            await SessionRows.EndAsync(database, session, clock.GetUtcNow(), cancel);
    }

    private async Task<IEnumerable<Membership>> OpenAsync(Vouch vouch, CancellationToken cancel) =>
        (await _memberships.OfAsync(vouch, clock.GetUtcNow(), cancel)).Where(membership => membership.Against is null);

    private async Task<(Vouch Vouch, Guid? Account)?> FindAsync(Guid session, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand("""
            select issuer, subject, provider_session, narrowed_by::text, authenticated_at, started_at, account_id from access.session
            where id = $1 and ended_at is null
            """);
        find.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = session });
        await using var row = await find.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return null;
        return (new Vouch(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), Narrowing.Read(row.IsDBNull(3) ? null : row.GetString(3)),
            row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)), row.IsDBNull(6) ? null : row.GetGuid(6));
    }
}
