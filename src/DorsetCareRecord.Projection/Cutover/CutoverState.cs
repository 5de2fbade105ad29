using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>What can be done to a cutover; a closed list, stored by these names.</summary>
public static class CutoverSteps
{
    public const string Announced = "announced";
    public const string Crosswalk = "crosswalk";
    public const string Compared = "compared";
    public const string Signed = "signed";
    public const string Drained = "drained";
    public const string Loaded = "loaded";
    public const string Live = "live";
    public const string Closed = "closed";
    public const string RolledBack = "rolled-back";
}

/// <summary>The cutovers of the county: fixed, because each is a contract between two systems and a port.</summary>
/// <param name="Id">Stored, so never changed.</param>
public sealed record CutoverPlan(string Id, string OldSource, string NewSource, string Title)
{
    public static CutoverPlan Bournemouth { get; } = new(
        "camis-carecentric", Record.Organisations.SourceCodes.Camis, Record.Organisations.SourceCodes.CareCentricBournemouth, "Camis to CareCentric");
}

public sealed record CutoverStep(int N, string Step, DateTimeOffset At, string By, string Why, string? Details);

/// <param name="State"><c>same</c>, <c>tolerated</c> or <c>stops</c>.</param>
public sealed record ComparisonCount(
    string Concept, long Old, long New, long Paired, long OnlyOld, long OnlyNew, long People, int Tolerance, string State);

/// <summary>One difference by our own ids; what it is, is looked up by who may.</summary>
public sealed record ComparisonDifference(int Ordinal, string Concept, Guid? IdentityId, Guid? EntryId, string What);

public sealed record Comparison(
    int N, DateTimeOffset At, string By, int Crosswalk, long Messages, long Unreadable, string ExtractDigest, IReadOnlyList<ComparisonCount> Counts)
{
    public bool Stops => Unreadable > 0 || Counts.Any(c => c.State == "stops");
}

public sealed record SignOff(string Role, string Name, DateTimeOffset At, string EnteredBy);

/// <summary>How far a cutover is; everything in it is a row somebody answers for.</summary>
public sealed record CutoverState(
    CutoverPlan Plan, bool NewSpeaks, int Crosswalk, DateTimeOffset? DrainedAt, IReadOnlyList<CutoverStep> Steps, Comparison? Latest,
    IReadOnlyList<SignOff> Signed, IReadOnlyDictionary<string, long> CrosswalkRows)
{
    /// <summary>Who answers for a comparison before the old source is drained.</summary>
    public static IReadOnlyDictionary<string, string> Signatories { get; } = new Dictionary<string, string>
    {
        ["safety"] = "Clinical safety officer",
        ["old-owner"] = "Owner of the old system",
        ["new-owner"] = "Owner of the new system",
        ["feeds"] = "Feed lead",
    };

    public bool IsAnnounced => Steps.Count > 0;

    public bool IsSigned => Latest is { Stops: false } && Signatories.Keys.All(role => Signed.Any(s => s.Role == role));

    /// <summary>The last step of that kind; null when it was not taken.</summary>
    public CutoverStep? Last(string step) => Steps.LastOrDefault(s => s.Step == step);

    public bool IsClosed => NewSpeaks && Last(CutoverSteps.Closed) is { } closed && closed.N > (Last(CutoverSteps.Live)?.N ?? 0);
}

/// <summary>Reads how far a cutover is; the portal's right is enough.</summary>
public static class CutoverReader
{
    private const string R = RecordSchema.Name;

    public static async Task<CutoverState> ReadAsync(NpgsqlConnection connection, CutoverPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])
        [
            $"select new_speaks, crosswalk, drained_at from {R}.cutover where id = $1",
            $"select n, step, at, by, why, details::text from {R}.cutover_step where cutover = $1 order by n",
            $"select n, at, by, crosswalk, messages, unreadable, extract_digest from {R}.comparison where cutover = $1 order by n desc limit 1",
            $"""
            select concept, old_items, new_items, paired, only_old, only_new, people, tolerance, state from {R}.comparison_count
            where cutover = $1 and n = (select max(n) from {R}.comparison where cutover = $1)
            """,
            $"""
            select role, name, at, entered_by from {R}.sign_off
            where cutover = $1 and comparison = (select max(n) from {R}.comparison where cutover = $1) order by at
            """,
            $"""
            select w.kind, count(*) from {R}.crosswalk w join {R}.cutover c on c.id = w.cutover and c.crosswalk = w.load where w.cutover = $1 group by 1
            """,
        ])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = plan.Id } } });
        }

        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var (speaks, crosswalk, drained) = await row.ReadAsync(cancellation)
            ? (row.GetBoolean(0), row.GetInt32(1), row.IsDBNull(2) ? (DateTimeOffset?)null : Cell.Instant(row, 2)) : default;
        var steps = await RowsAsync(row, r => new CutoverStep(
            r.GetInt32(0), r.GetString(1), Cell.Instant(r, 2), r.GetString(3), r.GetString(4), Cell.TextOrNull(r, 5)), cancellation);
        var comparison = (await RowsAsync(row, r => new Comparison(
            r.GetInt32(0), Cell.Instant(r, 1), r.GetString(2), r.GetInt32(3), r.GetInt64(4), r.GetInt64(5), r.GetString(6), []), cancellation)).FirstOrDefault();
        var counts = await RowsAsync(row, r => new ComparisonCount(
            r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt32(7), r.GetString(8)),
            cancellation);
        var signed = await RowsAsync(row, r => new SignOff(r.GetString(0), r.GetString(1), Cell.Instant(r, 2), r.GetString(3)), cancellation);
        var rows = await RowsAsync(row, r => (Kind: r.GetString(0), Count: r.GetInt64(1)), cancellation);
        return new CutoverState(
            plan, speaks, crosswalk, drained, steps, comparison is null ? null : comparison with { Counts = [.. counts.OrderBy(c => Order(c))] },
            signed, rows.ToDictionary(r => r.Kind, r => r.Count));
    }

    /// <summary>The differences of a comparison, most important first.</summary>
    public static async Task<IReadOnlyList<ComparisonDifference>> DifferencesAsync(
        NpgsqlConnection connection, CutoverPlan plan, int comparison, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await using var command = new NpgsqlCommand($"""
            select ordinal, concept, identity_id, entry_id, what from {R}.comparison_difference where cutover = $1 and n = $2 order by ordinal limit $3
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = comparison });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var differences = new List<ComparisonDifference>();
        while (await row.ReadAsync(cancellation))
        {
            differences.Add(new(
                row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.GetString(4)));
        }

        return differences;
    }

    /// <summary>What stops comes first, then what was let pass.</summary>
    private static (int, string) Order(ComparisonCount count) => (count.State switch { "stops" => 0, "tolerated" => 1, _ => 2 }, count.Concept);

    private static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellation))
            rows.Add(read(row));
        return rows;
    }
}
