using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>What came of one source's messages of one day.</summary>
/// <param name="Day">Of receipt, in Dorset.</param>
/// <param name="Loaded">Of the received: history being loaded.</param>
public sealed record CutoverDay(
    DateOnly Day, string Source, long Received, long Loaded, long Applied, long NoConcern, long Duplicate, long Parked, long Waiting)
{
    /// <summary>Every message is in one state; a difference would be a fault.</summary>
    public bool IsBalanced => Received == Applied + NoConcern + Duplicate + Parked + Waiting;
}

/// <summary>The reconciliation of a cutover: day by day what was received of both sources and what became of it, and what covers what.</summary>
public static class CutoverReport
{
    public static async Task<IReadOnlyList<CutoverDay>> DaysAsync(
        NpgsqlConnection connection, CutoverPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await using var command = new NpgsqlCommand("""
            select (m.received_at at time zone 'Europe/London')::date, m.source, count(*), count(m.load),
              count(*) filter (where s.outcome = 'applied'), count(*) filter (where s.outcome = 'no-concern'),
              count(*) filter (where s.outcome = 'duplicate'), count(p.message_id), count(w.message_id)
            from inbox.message m
            left join inbox.settled s on s.message_id = m.id
            left join inbox.parked p on p.message_id = m.id
            left join inbox.waiting w on w.message_id = m.id
            where m.source in ($1, $2)
              and m.received_at >= coalesce((select min(at) from record.cutover_step where cutover = $3), m.received_at) - interval '1 day'
            group by 1, 2 order by 1, 2
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.OldSource });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.NewSource });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.Id });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var days = new List<CutoverDay>();
        while (await row.ReadAsync(cancellation))
        {
            days.Add(new CutoverDay(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
                row.GetInt64(7), row.GetInt64(8)));
        }

        return days;
    }

    /// <summary>How many of the old source's entries the new one stands for, by why; the portal's right is enough.</summary>
    public static async Task<IReadOnlyList<(string Why, long Count)>> CoversAsync(
        NpgsqlConnection connection, CutoverPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await using var command = new NpgsqlCommand($"""
            select c.why, count(*) from {RecordSchema.Name}.cover c
            join {RecordSchema.Name}.identity i on i.id = c.identity_id and i.source = $1
            join {RecordSchema.Name}.identity n on n.id = c.by_identity_id and n.source = $2
            group by 1 order by 1
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.OldSource });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.NewSource });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var covers = new List<(string, long)>();
        while (await row.ReadAsync(cancellation))
            covers.Add((row.GetString(0), row.GetInt64(1)));
        return covers;
    }
}
