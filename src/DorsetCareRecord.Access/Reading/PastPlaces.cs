using DorsetCareRecord.Access.Directory;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Where a person's rows lay at a moment: the identities that were this person then and still are. One that has been found
/// to be somebody else since is left out and counted, for it would show another person's record under this one's name and
/// past that other person's own protections.
/// </summary>
internal sealed record PastPlaces(IReadOnlyList<(Guid Home, Guid Id)> Identities, int LeftOut)
{
    /// <param name="now">Where this viewer may read the person now: what is hidden from them there is hidden in the past, and not counted.</param>
    internal static async Task<PastPlaces> OfAsync(
        AccessDatabase database, Guid person, DateTimeOffset then, Places now, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            select l.home, l.identity_id, exists (select from record.person_link n
                where n.identity_id = l.identity_id and n.person_id = $1 and n.ended_at is null)
            from record.person_link l
            where l.person_id = $1 and l.since <= $2 and (l.ended_at is null or l.ended_at > $2) order by l.identity_id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = then.UtcDateTime });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var identities = new HashSet<(Guid, Guid)>();
        var left = 0;
        while (await row.ReadAsync(cancel))
        {
            if (!row.GetBoolean(2))
                left++;
            else if (now.Identities.Contains(row.GetGuid(1)))
                identities.Add((row.GetGuid(0), row.GetGuid(1)));
        }

        return new PastPlaces([.. identities], left);
    }
}
