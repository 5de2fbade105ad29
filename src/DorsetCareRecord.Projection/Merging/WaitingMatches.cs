using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Merging;

/// <summary>A pair that waits for a human.</summary>
/// <param name="Rule">Which fields agree and which held it back, without their values.</param>
public sealed record WaitingMatch(Guid Review, LocalPatient One, LocalPatient Other, string Rule, DateTimeOffset RaisedAt);

/// <summary>The list of them, oldest first.</summary>
public static class WaitingMatches
{
    public static async Task<IReadOnlyList<WaitingMatch>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation = default)
    {
        await using var command = new NpgsqlCommand($"""
            select r.id, a.source, a.local_id, b.source, b.local_id, r.evidence, r.raised_at from {RecordSchema.Name}.review r
            join {RecordSchema.Name}.identity a on a.id = r.identity_id join {RecordSchema.Name}.identity b on b.id = r.other_identity_id
            where r.decided_at is null order by r.raised_at, r.id limit 10000
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var waiting = new List<WaitingMatch>();
        while (await row.ReadAsync(cancellation))
        {
            waiting.Add(new WaitingMatch(
                row.GetGuid(0), new(row.GetString(1), row.GetString(2)), new(row.GetString(3), row.GetString(4)), row.GetString(5), Cell.Instant(row, 6)));
        }

        return waiting;
    }
}
