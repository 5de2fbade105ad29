using DorsetCareRecord.Access.Directory;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A search that counts, until it is let off; or how long to wait before there is another.</summary>
internal readonly record struct Attempt(Guid Id, TimeSpan? Wait, bool IsLocked);

/// <summary>
/// Searches that find nobody, counted for each human over all organisations they work for, so that walking through numbers or names comes to an end (ASVS 5.0, 2.4.1; privacy
/// rule P9). A search counts before it is answered and is let off when it found somebody: however many are sent at once, no more
/// than <see cref="Most"/> an hour are answered with nobody. After that every search waits, also for people who are there, so that the
/// waiting tells nothing; and a privacy officer is told.
/// </summary>
internal sealed class SearchMisses(AccessDatabase database)
{
    /// <summary>In an hour; who mistypes every other number of a long list does not reach it.</summary>
    internal const int Most = 30;

    /// <summary>From here on one search in <see cref="Pause"/>.</summary>
    internal const int Slow = 15;

    internal static readonly TimeSpan Window = TimeSpan.FromHours(1);

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    internal async Task<Attempt> BeginAsync(Viewer viewer, DateTimeOffset now, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        await RunAsync("""
            with gone as (delete from access.search_miss where account_id = $2 and at <= $4)
            insert into access.search_miss (id, account_id, at) values ($1, $2, $3)
            """, [id, viewer.Account, now, now - Window], cancel);
        // A statement of its own: whatever was counted before this attempt is committed, and seen.
        await using var count = database.Source.CreateCommand(
            $"select count(*), min(at), max(at) from access.search_miss where account_id in ({Memberships.OfHuman("$1", "$2")}) and at > $3 and id <> $4");
        foreach (var value in (object[])[viewer.Subject, viewer.Issuer, now - Window, id])
            count.Parameters.Add(new() { Value = value });
        int others;
        TimeSpan? wait;
        await using (var row = await count.ExecuteReaderAsync(cancel))
        {
            await row.ReadAsync(cancel);
            others = (int)row.GetInt64(0);
            wait = others == 0 ? null : WaitAfter(others, row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), now);
        }

        if (wait is not null)
            await LetOffAsync(id, cancel); // what is not answered is no miss
        return new Attempt(id, wait, wait is not null && others >= Most);
    }

    /// <summary>It found somebody, or was not answered.</summary>
    internal Task LetOffAsync(Guid attempt, CancellationToken cancel) =>
        RunAsync("delete from access.search_miss where id = $1", [attempt], cancel);

    /// <summary>Once for as long as it lasts.</summary>
    internal Task AlertAsync(Viewer viewer, DateTimeOffset now, CancellationToken cancel) => RunAsync("""
        insert into access.alert (id, raised_at, rule, organisation_code, feeds, account_id, reason)
        select $1, $2, 'P9', $3, '{}', $4, 'search-misses'
        where not exists (select from access.alert where rule = 'P9' and account_id = $4 and raised_at > $5)
        """, [Guid.NewGuid(), now, viewer.Organisation, viewer.Account, now - Window], cancel);

    /// <summary>How long to wait after so many misses; null when there is no need.</summary>
    internal static TimeSpan? WaitAfter(int misses, DateTimeOffset oldest, DateTimeOffset latest, DateTimeOffset now)
    {
        var until = misses >= Most ? oldest + Window : misses >= Slow ? latest + Pause : now;
        return until > now ? until - now : null;
    }

    private async Task RunAsync(string sql, object[] values, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
