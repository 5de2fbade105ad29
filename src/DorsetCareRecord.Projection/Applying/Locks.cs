using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Advisory locks until the end of the transaction, always in this order, so that two transactions rarely wait for each other in a
/// ring (and then one is rolled back and tried again): the record (shared; a rebuild takes it alone), the source, its identities,
/// all matching, the numbers, birthdays and local ids matched by, whoever else turned up. A batch too large to lock each takes the
/// whole source, or all matching, alone.
/// </summary>
internal static class Locks
{
    /// <summary>PostgreSQL's shared lock table has room for some thousands.</summary>
    private const int Most = 400;

    private const string Take = "select pg_advisory_xact_lock(k) from (select k from unnest($1) k order by k) o";
    private const string Share = "select pg_advisory_xact_lock_shared($1)";
    private const string Hold = "select pg_advisory_xact_lock($1)";

    public static readonly long Record = NameIds.Lock("record");
    private static readonly long Matching = NameIds.Lock("matching");
    private static readonly long Covers = NameIds.Lock("covers");
    private static readonly long Further = NameIds.Lock("matching further");

    public static IEnumerable<NpgsqlBatchCommand> OfPatients(IEnumerable<PatientIntake> patients)
    {
        yield return One(Share, Record);
        foreach (var source in patients.GroupBy(p => p.Patient.Source).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var keys = source.Select(p => NameIds.Lock("identity", p.IdentityId.ToString())).Distinct().ToArray();
            foreach (var command in WholeOrEach(NameIds.Lock("source", source.Key), keys))
                yield return command;
        }
    }

    public static IEnumerable<NpgsqlBatchCommand> OfMatching(IReadOnlyCollection<long> keys) => WholeOrEach(Matching, keys);

    public static IEnumerable<NpgsqlBatchCommand> OfFurther(IReadOnlyCollection<long> keys) =>
        keys.Count > Most ? [One(Hold, Matching)] : [One(Hold, Further), new NpgsqlBatchCommand(Take).With(Arrays.Longs(keys))];

    /// <summary>Last of all: who works out what covers what takes nothing after it.</summary>
    public static IEnumerable<NpgsqlBatchCommand> OfCovers(IReadOnlyCollection<long> keys) => WholeOrEach(Covers, keys);

    public static NpgsqlBatchCommand AllMatching() => One(Hold, Matching);

    public static NpgsqlBatchCommand SharedRecord() => One(Share, Record);

    public static NpgsqlBatchCommand WholeRecord() => One(Hold, Record);

    private static IEnumerable<NpgsqlBatchCommand> WholeOrEach(long whole, IReadOnlyCollection<long> each)
    {
        if (each.Count > Most)
        {
            yield return One(Hold, whole);
            yield break;
        }

        yield return One(Share, whole);
        yield return new NpgsqlBatchCommand(Take).With(Arrays.Longs(each));
    }

    private static NpgsqlBatchCommand One(string sql, long key) =>
        new(sql) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
}
