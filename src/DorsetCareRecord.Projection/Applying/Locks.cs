using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Record.Values;
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
    private static readonly long Further = NameIds.Lock("matching further");

    /// <summary>
    /// Also those whom a merge names without saying more of them: what another lane is writing of them is seen, or that lane sees the merge.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> OfPatients(IEnumerable<PatientIntake> patients) =>
        BySource("source", patients.SelectMany(p => p.Merged.Prepend(p.Patient)), p => NameIds.Lock("identity", NameIds.Identity(p).ToString()))
            .Prepend(One(Share, Record));

    public static IEnumerable<NpgsqlBatchCommand> OfMatching(IReadOnlyCollection<long> keys) => WholeOrEach(Matching, keys);

    public static IEnumerable<NpgsqlBatchCommand> OfFurther(IReadOnlyCollection<long> keys) =>
        keys.Count > Most ? [One(Hold, Matching)] : [One(Hold, Further), new NpgsqlBatchCommand(Take).With(Arrays.Longs(keys))];

    /// <summary>
    /// Last of all of a batch. Only what applies several batches in one transaction (a dry replay, whose messages build on each other; the replay of
    /// an unmerged pair) goes on to the next one's identities with these held: it may be in a ring with a lane, and one of the two is tried again.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> OfCovers(IEnumerable<LocalPatient> patients) =>
        BySource("covers", patients, p => NameIds.Lock("cover", p.Source, p.Id));

    /// <summary>Steps of a cutover exclude each other; it stands outside the order, since whoever holds it writes the record on other connections.</summary>
    public static long OfCutover(CutoverPlan plan) => NameIds.Lock("cutover", plan.Id);

    public static NpgsqlBatchCommand AllMatching() => One(Hold, Matching);

    public static NpgsqlBatchCommand SharedRecord() => One(Share, Record);

    public static NpgsqlBatchCommand WholeRecord() => One(Hold, Record);

    /// <summary>In one order, so that nobody waits in a ring.</summary>
    private static IEnumerable<NpgsqlBatchCommand> BySource(string whole, IEnumerable<LocalPatient> patients, Func<LocalPatient, long> keyOf) =>
        patients.GroupBy(p => p.Source).OrderBy(s => s.Key, StringComparer.Ordinal)
            .SelectMany(s => WholeOrEach(NameIds.Lock(whole, s.Key), s.Select(keyOf).Distinct().ToArray()));

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
