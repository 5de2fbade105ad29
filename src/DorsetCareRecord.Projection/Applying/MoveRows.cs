using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Stored moves of patients and of everybody whom moves connect with them.</summary>
internal static class MoveRows
{
    private const string Sql = """
        with recursive around (source, local_id) as (
          select * from unnest($1, $2)
          union
          select o.source, o.local_id from around a cross join lateral (
            select m.source, m.owner_local_id from move m where m.source = a.source and m.prior_local_id = a.local_id
            union all
            select m.source, m.prior_local_id from move m where m.source = a.source and m.owner_local_id = a.local_id) o (source, local_id))
        select m.source, m.prior_local_id, m.prior_key, m.owner_local_id, m.owner_key, m.source_version, m.message_id, m.recorded_at
        from around a join move m on m.source = a.source and m.prior_local_id = a.local_id
        """;

    public static NpgsqlBatchCommand Around(IReadOnlyList<PatientIntake> intakes) => Around(
        [.. intakes.Select(i => i.Patient).Concat(intakes.SelectMany(i => i.Moves).SelectMany(m => new[] { m.Prior.Patient, m.Owner.Patient })).Distinct()]);

    public static NpgsqlBatchCommand Around(IReadOnlyList<LocalPatient> patients) =>
        new NpgsqlBatchCommand(Sql).With(Arrays.Texts(patients.Select(p => p.Source)), Arrays.Texts(patients.Select(p => p.Id)));

    public static async Task<List<Move>> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var moves = new List<Move>();
        while (await row.ReadAsync(cancellation))
        {
            var source = row.GetString(0);
            moves.Add(new Move(
                new Place(new LocalPatient(source, row.GetString(1)), row.GetString(2)), new Place(new LocalPatient(source, row.GetString(3)), row.GetString(4)),
                new Stamp(Cell.Instant(row, 5), row.GetInt64(6), 0), Cell.Instant(row, 7)));
        }

        return moves;
    }
}
