using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>What operators tell everybody who uses the record, for a time: a known deficiency, work that is planned.</summary>
/// <param name="Text">One line; nothing of any person.</param>
/// <param name="EndedAt">When somebody took it back before its time; null when nobody did.</param>
public sealed record ServiceNotice(Guid Id, string Text, DateTimeOffset From, DateTimeOffset To, string By, DateTimeOffset? EndedAt, string? EndedBy)
{
    public bool IsShown(DateTimeOffset at) => From <= at && at < To && EndedAt is null;
}

/// <summary>What came of saying something; null <see cref="Problem"/> when it is said.</summary>
public sealed record NoticeSaid(string? Problem);

/// <summary>
/// Notices on every page. Each is a row with who and when; to take one back is to end it. Only operators say anything, and each word is noted.
/// </summary>
public sealed partial class ServiceNotices(AccessDatabase database, DeskNotes notes, TimeProvider clock)
{
    /// <summary>Longer ones nobody reads.</summary>
    public const int Longest = 240;

    /// <summary>Beside more than these nobody sees the record.</summary>
    public const int MostAtOnce = 3;

    private const string Columns = "id, text, shown_from, shown_to, by, ended_at, ended_by";

    /// <summary>Those to be shown now, the oldest first.</summary>
    public static async Task<IReadOnlyList<ServiceNotice>> ShownAsync(AccessDatabase database, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return await ReadAsync(database, $"select {Columns} from access.service_notice where ended_at is null and shown_from <= $1 and shown_to > $1 order by shown_from, id", at, cancel);
    }

    /// <summary>Those of the last 30 days, the newest first.</summary>
    public Task<IReadOnlyList<ServiceNotice>> LatelyAsync(CancellationToken cancel) =>
        ReadAsync(database, $"select {Columns} from access.service_notice where shown_to > $1 - interval '30 days' order by shown_from desc, id desc limit 100", clock.GetUtcNow(), cancel);

    /// <summary>Noted with its words and its id before it stands; what is not said is noted without either.</summary>
    /// <returns>Null when the viewer's role may not, which is noted.</returns>
    public async Task<NoticeSaid?> SayAsync(Viewer viewer, string? text, TimeSpan lasting, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var words = Gap().Replace(text ?? "", " ").Trim();
        var problem = words.Length == 0 ? "Nothing was said: write what everybody should know."
            : words.Length > Longest ? $"Nothing was said: it has more than {Longest} characters."
            : MayBeANumber().Matches(words).Any(found => NhsNumber.TryParse(Between().Replace(found.Groups[1].Value, ""), out _))
                ? "Nothing was said: an NHS number is in it, and everybody sees a notice."
            : lasting <= TimeSpan.Zero || lasting > TimeSpan.FromDays(7) ? "Nothing was said: choose for how long."
            : null;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var may = Decide.MayWorkFeeds(viewer.Role);
        if (problem is not null || !may) // who may not does not wait for those who may
            return await NoteAsync() ? new NoticeSaid(problem) : null;

        // Whether there is room is known only in turn, and must be known before the note says what was done.
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var turn = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('notices to everybody', 0))", connection))
            await wait.ExecuteNonQueryAsync(cancel);
        await using (var count = new NpgsqlCommand("select count(*) from access.service_notice where ended_at is null and shown_to > $1", connection))
        {
            count.Parameters.Add(new() { Value = now });
            if ((long)(await count.ExecuteScalarAsync(cancel))! >= MostAtOnce)
                problem = $"Nothing was said: {MostAtOnce} notices are shown already. End one first.";
        }

        if (!await NoteAsync())
            return null;
        if (problem is not null)
            return new NoticeSaid(problem);
        await using (var say = new NpgsqlCommand(
            "insert into access.service_notice (id, text, shown_from, shown_to, by_id, by) values ($1, $2, $3, $4, $5, $6)", connection))
        {
            foreach (var value in (object[])[id, words, now, now + lasting, viewer.Account, By(viewer)])
                say.Parameters.Add(new() { Value = value });
            await say.ExecuteNonQueryAsync(cancel);
        }

        await turn.CommitAsync(cancel);
        return new NoticeSaid(null);

        async Task<bool> NoteAsync() => await notes.WriteAsync(
            viewer, Act.SayNotice, may && problem is null ? $"notice:{id}" : "not-said", problem is null ? words : null, origin, cancel) is not null;
    }

    /// <returns>Null when the viewer's role may not, which is noted.</returns>
    public async Task<NoticeSaid?> EndAsync(Viewer viewer, Guid notice, Origin origin, CancellationToken cancel)
    {
        if (await notes.WriteAsync(viewer, Act.EndNotice, $"notice:{notice}", null, origin, cancel) is null)
            return null;
        var now = clock.GetUtcNow();
        await using var end = database.Source.CreateCommand(
            "update access.service_notice set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null and shown_to > $2");
        foreach (var value in (object[])[notice, now, By(viewer)])
            end.Parameters.Add(new() { Value = value });
        return new NoticeSaid(await end.ExecuteNonQueryAsync(cancel) == 1 ? null : "It was over already.");
    }

    private static async Task<IReadOnlyList<ServiceNotice>> ReadAsync(AccessDatabase database, string sql, DateTimeOffset at, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand(sql);
        find.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        await using var row = await find.ExecuteReaderAsync(cancel);
        var notices = new List<ServiceNotice>();
        while (await row.ReadAsync(cancel))
        {
            notices.Add(new ServiceNotice(
                row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetString(6)));
        }

        return notices;
    }

    private static string By(Viewer viewer) => $"{viewer.Name}, {viewer.OrganisationName}";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();

    /// <summary>
    /// Ten digits from wherever a run of digits begins, so that no figure before a number hides it, to where one ends: the last ten of a
    /// telephone number's eleven are no NHS number.
    /// </summary>
    [GeneratedRegex(@"(?<![0-9])(?=([0-9](?:[\s.\p{Pd}]*[0-9]){9})(?![0-9]))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MayBeANumber();

    [GeneratedRegex("[^0-9]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();
}
