using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>Somebody to be let in.</summary>
/// <param name="Issuer">The provider's issuer, or <c>*</c> for whichever this installation trusts.</param>
public sealed record Invitation(string Issuer, string Subject, string Name, Role Role, DateOnly TrainedUntil, DateOnly? ExpiresOn);

/// <summary>What came of a change at the administrator's desk.</summary>
public enum Changed
{
    Done,

    /// <summary>Kept as a proposal: somebody else of the organisation must approve it.</summary>
    Waits,

    /// <summary>It gives something to others, and wants a proof of who asks that is younger than <see cref="Proof.ToFinish"/>.</summary>
    ProveAgain,

    /// <summary>Not theirs to change, or no such thing: one answer.</summary>
    NothingForYou,

    /// <summary>Something of it cannot be meant.</summary>
    NotUnderstood,
}

/// <summary>
/// Members of the administrator's own organisation: invited, trained, kept, given a role. Nobody changes themselves, nobody
/// touches another organisation's, and making an administrator takes two. Each act is noted before it is done.
/// </summary>
public sealed class Members(AccessDatabase database, Proposals proposals, TimeProvider clock)
{
    private static readonly TimeSpan LongestTraining = TimeSpan.FromDays(2 * 366);

    /// <summary>
    /// Whoever is in the directory by another organisation's word has one more of this one's, and the other stays as it is; whether there is one, nobody
    /// hears. Of this organisation's there is one under whichever provider.
    /// </summary>
    public async Task<Changed> InviteAsync(Viewer viewer, Invitation invitation, Origin origin, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (Proposals.MustProve(viewer, now))
            return Changed.ProveAgain;
        var isMeant = invitation is { Subject.Length: > 0 and <= 200, Name.Length: > 0 and <= 200, Issuer.Length: > 0 and <= 200 }
            && IsMeant(invitation.TrainedUntil, now);
        if (!Enum.IsDefined(invitation.Role))
            return Changed.NotUnderstood;
        if (!await NoteAsync(Act.InviteUser, viewer, null, [$"role:{invitation.Role.Name()}"], origin, cancel))
            return Changed.NothingForYou;
        if (!isMeant || invitation.Role == Role.Admin) // an administrator is made of a member, by two
            return Changed.NotUnderstood;
        await using var command = database.Source.CreateCommand("""
            insert into access.account (id, issuer, subject, name, organisation_code, role, created_at, trained_until, expires_on, last_used_at, decided)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9::date, $7, '{role,training}'
            where not exists (select from access.account where subject = $3 and (issuer = $2 or '*' in (issuer, $2)) and organisation_code = $5)
            on conflict (subject, issuer, organisation_code) do nothing
            """);
        Add(command, Guid.NewGuid(), invitation.Issuer, invitation.Subject, invitation.Name, viewer.Organisation, invitation.Role.Name(), now,
            invitation.TrainedUntil, (object?)invitation.ExpiresOn ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? Changed.Done : Changed.NotUnderstood;
    }

    /// <summary>Their training counts to the end of that day.</summary>
    public async Task<Changed> TrainedAsync(Viewer viewer, Guid account, DateOnly until, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.RecordTraining, viewer, account, [], origin, cancel))
            return Changed.NothingForYou;
        return IsMeant(until, clock.GetUtcNow())
            ? await ChangeAsync(viewer, account, $"trained_until = $4, {Decided("training")}", until, cancel)
            : Changed.NotUnderstood;
    }

    /// <summary>Unused, and to be kept all the same: the 180 days begin anew.</summary>
    public async Task<Changed> KeepAsync(Viewer viewer, Guid account, Origin origin, CancellationToken cancel) =>
        await NoteAsync(Act.KeepUser, viewer, account, [], origin, cancel)
            ? await ChangeAsync(viewer, account, "last_used_at = $4", clock.GetUtcNow(), cancel)
            : Changed.NothingForYou;

    /// <summary>Counts at their next request. Making somebody an administrator waits for a second person.</summary>
    public async Task<Changed> SetRoleAsync(Viewer viewer, Guid account, Role role, string why, Origin origin, CancellationToken cancel)
    {
        if (Proposals.MustProve(viewer, clock.GetUtcNow()))
            return Changed.ProveAgain;
        if (!Enum.IsDefined(role))
            return Changed.NotUnderstood;
        if (!await NoteAsync(Act.SetRole, viewer, account, [$"role:{role.Name()}"], origin, cancel))
            return Changed.NothingForYou;
        if (role != Role.Admin)
            return await ChangeAsync(viewer, account, $"role = $4, {Decided("role")}", role.Name(), cancel);
        return account == viewer.Account ? Changed.NothingForYou
            : await proposals.AskAsync(viewer, new Change.Administrator(account), why, cancel);
    }

    /// <summary>
    /// They are signed out wherever they are signed in, and may sign in again: of a lost card, or a computer left open. It takes away, so an
    /// old proof is enough; never their own, which they end themselves (<see cref="OpenSessions"/>).
    /// </summary>
    public async Task<Changed> EndSessionsAsync(Viewer viewer, Guid account, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.EndUserSessions, viewer, account, [], origin, cancel))
            return Changed.NothingForYou;
        await using var command = database.Source.CreateCommand($"""
            with theirs as (select id from access.account where id = $1 and {StaffChange.IsTheirs}),
                ended as (update access.session s set ended_at = $4 from theirs where s.account_id = theirs.id and s.ended_at is null returning s.id),
                told as ({SessionRows.Tell})
            select (select count(*) from theirs), (select count(*) from told)
            """);
        Add(command, account, viewer.Organisation, viewer.Account, clock.GetUtcNow());
        return await command.ExecuteScalarAsync(cancel) is 1L ? Changed.Done : Changed.NothingForYou;
    }

    /// <summary>Said in the browser, so a directory file says it no more (<see cref="DirectoryFile"/>).</summary>
    internal static string Decided(string what) => $"decided = array(select unnest(decided) union select '{what}')";

    private async Task<Changed> ChangeAsync(Viewer viewer, Guid account, string set, object value, CancellationToken cancel) =>
        await StaffChange.MakeAsync(database, viewer, account, set, cancel, value) ? Changed.Done : Changed.NothingForYou;

    private static bool IsMeant(DateOnly until, DateTimeOffset now)
    {
        var today = Showing.Dates.Today(now);
        return until >= today && until <= today.AddDays((int)LongestTraining.TotalDays);
    }

    private async Task<bool> NoteAsync(Act act, Viewer viewer, Guid? about, IReadOnlyList<string> rules, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database, new Note
        {
            Act = act, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin,
            Found = about is { } id ? [id] : [], Rules = rules,
        }, cancel);
        return may;
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }
}
