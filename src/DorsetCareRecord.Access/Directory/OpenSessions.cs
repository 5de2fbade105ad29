using System.Security.Cryptography;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Directory;

/// <summary>One of somebody's own sign-ins that is still good.</summary>
/// <param name="Handle">Names it on a page; its own id stays here.</param>
/// <param name="Role">In which it began; null where that was not kept.</param>
/// <param name="Organisation">In full; null while they have not chosen for which they come.</param>
/// <param name="IsThis">The one that asks.</param>
public sealed record OpenSession(string Handle, DateTimeOffset Began, DateTimeOffset LastUsed, Role? Role, string? Organisation, bool IsThis);

/// <summary>A sign-in of somebody's that is over.</summary>
/// <param name="Began">When they signed in.</param>
/// <param name="LastUsed">When it was last used; of a page left open, before it ended.</param>
/// <param name="Role">In which it began; null where that was not kept.</param>
/// <param name="Organisation">In full.</param>
public sealed record EarlierSession(DateTimeOffset Began, DateTimeOffset LastUsed, Role? Role, string Organisation);

/// <summary>
/// What somebody sees of their own sign-ins, and ends of them (ASVS 5.0, 7.5.2): at a computer they left, or one that is not theirs.
/// Ending wants a proof from the last minutes, else whoever sits down at an open page could lock its person out of all others. Each act is noted.
/// </summary>
public sealed class OpenSessions(AccessDatabase database, TimeProvider clock)
{
    /// <summary>Longer ago nobody remembers.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private const int MostEarlier = 10;

    /// <summary>Of the same person at the same provider, the oldest first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        await NoteAsync(Act.ListSessions, viewer, [], origin, cancel);
        return [.. (await FindAsync(viewer, cancel)).Select(found => found.Shown)];
    }

    /// <summary>What is over, the latest first: one they do not remember was somebody else's.</summary>
    public async Task<IReadOnlyList<EarlierSession>> EarlierAsync(Viewer viewer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var now = clock.GetUtcNow();
        await using var find = database.Source.CreateCommand($"""
            select s.started_at, s.seen_at, s.role, o.name from access.session s
            join access.account a on a.id = s.account_id join access.organisation o on o.code = a.organisation_code
            where s.subject = $1 and s.issuer = $2 and not ({SessionRows.IsOpen(first: 3)}) and s.started_at >= $5
            order by s.started_at desc, s.id limit {MostEarlier}
            """);
        foreach (var value in (object[])[viewer.Subject, viewer.Issuer, .. SessionRows.Limits(now), now - Remembered])
            find.Parameters.Add(new() { Value = value });
        await using var row = await find.ExecuteReaderAsync(cancel);
        var found = new List<EarlierSession>();
        while (await row.ReadAsync(cancel))
        {
            found.Add(new EarlierSession(row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1),
                row.IsDBNull(2) ? null : RoleNames.Find(row.GetString(2)), row.GetString(3)));
        }

        return found;
    }

    /// <summary>Another one of theirs. What is not there, or is over, is answered like what is somebody else's.</summary>
    public async Task<Changed> EndAsync(Viewer viewer, string handle, Origin origin, CancellationToken cancel)
    {
        if (!MayEnd(viewer))
            return Changed.ProveAgain;
        var theirs = (await FindAsync(viewer, cancel)).Where(found => found.Shown.Handle == handle && !found.Shown.IsThis).ToList();
        await EndAsync(viewer, theirs, origin, cancel);
        return theirs.Count > 0 ? Changed.Done : Changed.NothingForYou;
    }

    /// <summary>All but the one that asks.</summary>
    public async Task<Changed> EndOthersAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        if (!MayEnd(viewer))
            return Changed.ProveAgain;
        await EndAsync(viewer, [.. (await FindAsync(viewer, cancel)).Where(found => !found.Shown.IsThis)], origin, cancel);
        return Changed.Done;
    }

    private bool MayEnd(Viewer viewer) => viewer.HasProved(Proof.ToFinish, clock.GetUtcNow());

    private async Task EndAsync(Viewer viewer, IReadOnlyList<(Guid Id, OpenSession)> theirs, Origin origin, CancellationToken cancel)
    {
        await NoteAsync(Act.EndSession, viewer, [.. theirs.Select(one => $"session:{one.Id}")], origin, cancel);
        foreach (var (id, _) in theirs)
            await SessionRows.EndAsync(database, id, clock.GetUtcNow(), cancel);
    }

    private async Task<List<(Guid Id, OpenSession Shown)>> FindAsync(Viewer viewer, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand($"""
            select s.id, s.started_at, s.seen_at, s.role, o.name from access.session s
            left join access.account a on a.id = s.account_id left join access.organisation o on o.code = a.organisation_code
            where s.subject = $1 and s.issuer = $2 and {SessionRows.IsOpen(first: 3)} order by s.started_at, s.id
            """);
        foreach (var value in (object[])[viewer.Subject, viewer.Issuer, .. SessionRows.Limits(clock.GetUtcNow())])
            find.Parameters.Add(new() { Value = value });
        await using var row = await find.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, OpenSession)>();
        while (await row.ReadAsync(cancel))
            found.Add((row.GetGuid(0), new OpenSession(HandleOf(row.GetGuid(0)), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2),
                row.IsDBNull(3) ? null : RoleNames.Find(row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4), row.GetGuid(0) == viewer.Session)));
        return found;
    }

    private static string HandleOf(Guid session) => Convert.ToHexStringLower(SHA256.HashData(session.ToByteArray()))[..32];

    private async Task NoteAsync(Act act, Viewer viewer, IReadOnlyList<string> rules, Origin origin, CancellationToken cancel) =>
        await AuditLog.WriteAsync(database, new Note { Act = act, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin, Rules = rules }, cancel);
}
