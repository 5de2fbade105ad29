using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Somebody on the watch list of the officer's organisation.</summary>
public sealed record Watched(Guid Id, string NhsNumber, string Why, string By, DateTimeOffset Since);

/// <summary>
/// People whose every opening is told (P6). It counts at once, and for the thirty days before. That somebody is on it is itself
/// a fact about them: officers of the organisation that put them there see it, and every look at the list is noted.
/// </summary>
public sealed class WatchList(AccessDatabase database, TimeProvider clock)
{
    public const int LongestWhy = 500;

    /// <summary>Null when it is not for this role.</summary>
    public async Task<IReadOnlyList<Watched>?> ReadAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await PrivacyNotes.WriteAsync(database, viewer, Act.ReadWatchList, null, null, [], [], origin, cancel);
        if (!Decide.MayWatchOverAccess(viewer.Role))
            return null;
        await using var command = database.Source.CreateCommand("""
            select id, nhs_number, why, made_by, made_at from access.watched_person
            where organisation_code = $1 and (valid_to is null or valid_to > $2) order by made_at desc limit 1000
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = viewer.Organisation });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        var list = new List<Watched>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            list.Add(new Watched(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)));
        return list;
    }

    /// <summary>False when it is not for this role, or no reason is given.</summary>
    public async Task<bool> PutAsync(Viewer viewer, NhsNumber number, string? why, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await PrivacyNotes.WriteAsync(database, viewer, Act.ChangeWatchList, null, number.Digits, [], ["put"], origin, cancel);
        var words = why?.Trim() ?? "";
        if (!Decide.MayWatchOverAccess(viewer.Role) || words.Length is 0 or > LongestWhy)
            return false;
        await using var command = database.Source.CreateCommand("""
            insert into access.watched_person (id, nhs_number, organisation_code, valid_from, made_by, made_at, why) values ($1, $2, $3, $4, $5, $4, $6)
            """);
        foreach (var value in (object[])[Guid.NewGuid(), number.Digits, viewer.Organisation, clock.GetUtcNow().UtcDateTime, viewer.Name, words])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
        return true;
    }

    /// <summary>False when it is not theirs, or was ended already.</summary>
    public async Task<bool> EndAsync(Viewer viewer, Guid id, string? why, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await PrivacyNotes.WriteAsync(database, viewer, Act.ChangeWatchList, null, null, [id], ["end"], origin, cancel);
        var words = why?.Trim() ?? "";
        if (!Decide.MayWatchOverAccess(viewer.Role) || words.Length is 0 or > LongestWhy)
            return false;
        await using var command = database.Source.CreateCommand("""
            update access.watched_person set valid_to = $3, ended_by = $4, ended_why = $5
            where id = $1 and organisation_code = $2 and valid_to is null
            """);
        foreach (var value in (object[])[id, viewer.Organisation, clock.GetUtcNow().UtcDateTime, viewer.Name, words])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }
}
