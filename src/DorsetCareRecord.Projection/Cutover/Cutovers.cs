using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>A line of the crosswalk.</summary>
/// <param name="Kind"><c>patient</c>, <c>visit</c>, <c>appointment</c>, <c>document</c>.</param>
public sealed record CrosswalkLine(string Kind, string OldId, string NewId);

/// <summary>The last word of the old source before the cut.</summary>
/// <param name="Waiting">Its messages not worked yet.</param>
public sealed record DrainedSource(long Waiting, string? LastControlId, DateTimeOffset? LastReceivedAt);

/// <summary>
/// The steps of a cutover. Each is a row with who, when and why, and is taken only when what it needs is there; a refusal is a sentence
/// that says what is missing. Only two of them change what readers see: <see cref="SwitchAsync"/> and <see cref="RollBackAsync"/>, by one flag.
/// </summary>
/// <remarks>
/// Two change what covers what, for everybody whom the crosswalk names: <see cref="LoadCrosswalkAsync"/> and <see cref="DrainAsync"/>. They do
/// not do it in the caller's transaction, which would hold up the batches of both sources until it ends: first what is new is committed, so
/// that batches go by it; then the covers are worked out page by page, each in a transaction of its own; last the step is written. One that is
/// broken off is taken again.
/// </remarks>
public sealed class Cutovers(TimeProvider time)
{
    private const string R = RecordSchema.Name;

    /// <summary>Patients whose covers are worked out again at a time: few enough that each is locked alone, and no source as a whole.</summary>
    private const int Page = 150;

    /// <summary>Attempts at a page that is in a ring with a batch.</summary>
    private const int MostTries = 10;

    public async Task<string?> AnnounceAsync(NpgsqlConnection connection, CutoverPlan plan, string by, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if ((await LockedAsync(connection, plan, cancellation)).IsAnnounced)
            return "It is announced already.";
        // Batches that began before took no heed of a cutover: they end first.
        if (!await HeldAloneAsync(connection, cancellation))
            return "A long batch is running: try again.";
        await RunAsync(connection, $"insert into {R}.cutover (id, old_source, new_source, new_speaks, crosswalk) values ($1, $2, $3, false, 0)",
            cancellation, plan.Id, plan.OldSource, plan.NewSource);
        await StepAsync(connection, plan, CutoverSteps.Announced, by, why, null, cancellation);
        return null;
    }

    /// <summary>A crosswalk replaces the one before it whole; that one stays.</summary>
    /// <param name="connection">Writes the step, within the caller's transaction.</param>
    /// <param name="beside">Of the worker's role on the record's search path; it waits as long as batches take.</param>
    public async Task<string?> LoadCrosswalkAsync(
        NpgsqlConnection connection, NpgsqlDataSource beside, CutoverPlan plan, IReadOnlyList<CrosswalkLine> lines, string digest, string by, string why,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(beside);
        ArgumentNullException.ThrowIfNull(lines);
        var state = await LockedAsync(connection, plan, cancellation);
        if (!state.IsAnnounced)
            return "Announce the cutover first.";
        if (!lines.Any(l => l.Kind == "patient"))
            return "The crosswalk names no patient: patients.csv is empty or missing.";

        var load = state.Crosswalk + 1;
        await CommitAsync(beside, async other =>
        {
            await using (var command = new NpgsqlCommand($"""
                insert into {R}.crosswalk (cutover, load, kind, old_id, new_id) select $1, $2, * from unnest($3, $4, $5)
                """, other))
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.Id });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = load });
                command.Parameters.Add(Arrays.Texts(lines.Select(l => l.Kind)));
                command.Parameters.Add(Arrays.Texts(lines.Select(l => l.OldId)));
                command.Parameters.Add(Arrays.Texts(lines.Select(l => l.NewId)));
                await command.ExecuteNonQueryAsync(cancellation);
            }

            await RunAsync(other, $"update {R}.cutover set crosswalk = $2 where id = $1", cancellation, plan.Id, load);
        }, cancellation);
        await RefreshAsync(beside, plan, cancellation);
        await StepAsync(connection, plan, CutoverSteps.Crosswalk, by, why,
            new { Load = load, Digest = digest, Rows = lines.GroupBy(l => l.Kind).ToDictionary(g => g.Key, g => g.Count()) }, cancellation);
        return null;
    }

    /// <summary>One of the signatories answers for the latest comparison; a new comparison has no signatures.</summary>
    public async Task<string?> SignAsync(
        NpgsqlConnection connection, CutoverPlan plan, string role, string name, string by, string why, CancellationToken cancellation = default)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        if (!CutoverState.Signatories.TryGetValue(role, out var title))
            return $"Nobody signs as {role}: it is one of {string.Join(", ", CutoverState.Signatories.Keys)}.";
        if (string.IsNullOrWhiteSpace(name))
            return "A signature needs the name of who answers for it.";
        if (state.Latest is not { } latest)
            return "There is no comparison to sign: run one first.";
        if (latest.Stops)
            return $"Comparison {latest.N} cannot be signed: {WhatStops(latest)}";
        if (latest.Crosswalk != state.Crosswalk)
            return $"Comparison {latest.N} was made with crosswalk {latest.Crosswalk}, and {state.Crosswalk} is in force: compare again.";
        if (state.Signed.Any(s => s.Role == role))
            return $"The {title.ToLowerInvariant()} has signed comparison {latest.N} already.";
        if (state.Signed.Any(s => string.Equals(s.Name.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase)))
            return "Each signature is another person's.";

        await RunAsync(connection, $"""
            insert into {R}.sign_off (cutover, comparison, role, name, at, entered_by, why) values ($1, $2, $3, $4, $5, $6, $7)
            """, cancellation, plan.Id, latest.N, role, name.Trim(), Now.UtcDateTime, by, why);
        if ((await CutoverReader.ReadAsync(connection, plan, cancellation)).IsSigned)
            await StepAsync(connection, plan, CutoverSteps.Signed, by, why, new { Comparison = latest.N }, cancellation);
        return null;
    }

    /// <summary>T0: nothing of the old source waits; its last message is written down, and what it has open counts as moved.</summary>
    /// <param name="connection">Writes the step, within the caller's transaction.</param>
    /// <param name="beside">Of the worker's role on the record's search path; it waits as long as batches take.</param>
    public async Task<string?> DrainAsync(
        NpgsqlConnection connection, NpgsqlDataSource beside, CutoverPlan plan, DrainedSource drained, string by, string why,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(beside);
        ArgumentNullException.ThrowIfNull(drained);
        var state = await LockedAsync(connection, plan, cancellation);
        if (!state.IsSigned)
            return "The comparison is not signed by all four.";
        if (drained.Waiting > 0)
            return $"{drained.Waiting} messages of the old source wait: try again when they are worked.";

        var at = Now;
        await CommitAsync(
            beside, other => RunAsync(other, $"update {R}.cutover set drained_at = $2 where id = $1", cancellation, plan.Id, at.UtcDateTime), cancellation);
        await RefreshAsync(beside, plan, cancellation);
        await StepAsync(connection, plan, CutoverSteps.Drained, by, why, drained, cancellation);
        return null;
    }

    /// <summary>The backload is in the inbox: written down with the digest of its files.</summary>
    public async Task<string?> LoadedAsync(
        NpgsqlConnection connection, CutoverPlan plan, long messages, string digest, string by, string why, CancellationToken cancellation = default)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        if (state.Last(CutoverSteps.Drained) is null)
            return "Drain the old source first: what it says after the extract was taken would be missing.";
        await StepAsync(connection, plan, CutoverSteps.Loaded, by, why, new { Messages = messages, Digest = digest }, cancellation);
        return null;
    }

    /// <summary>The new source speaks: its records are shown and what they cover of the old is not.</summary>
    public async Task<string?> SwitchAsync(
        NpgsqlConnection connection, CutoverPlan plan, long waiting, long parked, string by, string why, CancellationToken cancellation = default)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        if (state.NewSpeaks)
            return "The new source speaks already.";
        if (state.Last(CutoverSteps.Loaded) is null)
            return "The backload has not been taken.";
        if (waiting > 0)
            return $"{waiting} messages of the backload wait: try again when they are worked.";
        if (parked > 0)
            return $"{parked} messages of the new source are parked: mend or replay them first, or their patients would miss something.";
        await SpeakAsync(connection, plan, newSpeaks: true, cancellation);
        await StepAsync(connection, plan, CutoverSteps.Live, by, why, null, cancellation);
        return null;
    }

    /// <summary>The old source is expected to say nothing more; if it does, it is taken all the same.</summary>
    public async Task<string?> CloseAsync(NpgsqlConnection connection, CutoverPlan plan, string by, string why, CancellationToken cancellation = default)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        if (!state.NewSpeaks || state.IsClosed)
            return state.NewSpeaks ? "It is closed already." : "The new source does not speak yet.";
        await StepAsync(connection, plan, CutoverSteps.Closed, by, why, null, cancellation);
        return null;
    }

    /// <summary>
    /// The old source has the word again, and pages are as they were. Nothing is removed: what came meanwhile stays and counts again
    /// after the next switch. Two people agree.
    /// </summary>
    public async Task<string?> RollBackAsync(
        NpgsqlConnection connection, CutoverPlan plan, string second, string by, string why, CancellationToken cancellation = default)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        if (!state.IsAnnounced)
            return "There is nothing to roll back.";
        if (string.IsNullOrWhiteSpace(second) || by.StartsWith(second.Trim(), StringComparison.OrdinalIgnoreCase))
            return "A roll back needs a second person: give their name.";
        await SpeakAsync(connection, plan, newSpeaks: false, cancellation);
        await StepAsync(connection, plan, CutoverSteps.RolledBack, by, why, new { Second = second.Trim(), Was = state.NewSpeaks ? "new" : "old" }, cancellation);
        return null;
    }

    /// <summary>A comparison as found; the earlier ones stay.</summary>
    internal async Task<int> RecordAsync(
        NpgsqlConnection connection, CutoverPlan plan, ComparisonFound found, string by, string why, CancellationToken cancellation)
    {
        var state = await LockedAsync(connection, plan, cancellation);
        var n = (state.Latest?.N ?? 0) + 1;
        await RunAsync(connection, $"""
            insert into {R}.comparison (cutover, n, at, by, crosswalk, messages, unreadable, extract_digest, tolerances)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::json)
            """, cancellation, plan.Id, n, Now.UtcDateTime, by, state.Crosswalk, found.Messages, found.Unreadable, found.ExtractDigest,
            JsonSerializer.Serialize(found.Tolerances));
        foreach (var count in found.Counts)
        {
            await RunAsync(connection, $"""
                insert into {R}.comparison_count (cutover, n, concept, old_items, new_items, paired, only_old, only_new, people, tolerance, state)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, cancellation, plan.Id, n, count.Concept, count.Old, count.New, count.Paired, count.OnlyOld, count.OnlyNew, count.People,
                count.Tolerance, count.State);
        }

        await using (var command = new NpgsqlCommand($"""
            insert into {R}.comparison_difference (cutover, n, ordinal, concept, identity_id, entry_id, what)
            select $1, $2, o, concept, nullif(i, $8), nullif(e, $8), what from unnest($3, $4, $5, $6, $7) d (o, concept, i, e, what)
            """, connection))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = n });
            command.Parameters.Add(Arrays.Numbers(found.Differences.Select(d => d.Ordinal)));
            command.Parameters.Add(Arrays.Texts(found.Differences.Select(d => d.Concept)));
            command.Parameters.Add(Arrays.Ids(found.Differences.Select(d => d.IdentityId ?? Guid.Empty)));
            command.Parameters.Add(Arrays.Ids(found.Differences.Select(d => d.EntryId ?? Guid.Empty)));
            command.Parameters.Add(Arrays.Texts(found.Differences.Select(d => d.What)));
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Empty });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await StepAsync(connection, plan, CutoverSteps.Compared, by, why, new { Comparison = n, found.Messages }, cancellation);
        return n;
    }

    public static string WhatStops(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var invariant = CultureInfo.InvariantCulture;
        var stops = comparison.Counts.Where(c => c.State == "stops")
            .Select(c => string.Create(invariant, $"{c.OnlyOld} of {c.Concept} for {c.People} people are in the old system only"));
        if (comparison.Unreadable > 0)
            stops = stops.Prepend(string.Create(invariant, $"{comparison.Unreadable} messages of the extract are not understood"));
        return string.Join("; ", stops) + ".";
    }

    /// <summary>
    /// How long <see cref="AnnounceAsync"/> waits for the batches that run: those that come after wait behind it, so that it gives up before
    /// anybody notices. The next attempt may come between two.
    /// </summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    private DateTimeOffset Now => Stamp.Storable(time.GetUtcNow());

    /// <summary>Steps of one cutover wait for each other until the caller's transaction ends; batches do not.</summary>
    private static async Task<CutoverState> LockedAsync(NpgsqlConnection connection, CutoverPlan plan, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await RunAsync(connection, "select pg_advisory_xact_lock($1)", cancellation, Locks.OfCutover(plan));
        return await CutoverReader.ReadAsync(connection, plan, cancellation);
    }

    /// <summary>False when a batch does not end in time; then nobody waits behind us any more, and the transaction goes on.</summary>
    private async Task<bool> HeldAloneAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await RunAsync(connection, string.Create(
            CultureInfo.InvariantCulture, $"savepoint alone; set local lock_timeout = {Patience.TotalMilliseconds:0}"), cancellation);
        try
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Locks.WholeRecord() } };
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await RunAsync(connection, "rollback to savepoint alone", cancellation);
            return false;
        }

        await RunAsync(connection, "set local lock_timeout to default; release savepoint alone", cancellation);
        return true;
    }

    /// <summary>Every open page of everybody is told: who is concerned is not worth finding out.</summary>
    private static async Task SpeakAsync(NpgsqlConnection connection, CutoverPlan plan, bool newSpeaks, CancellationToken cancellation)
    {
        await RunAsync(connection, $"update {R}.cutover set new_speaks = $2 where id = $1", cancellation, plan.Id, newSpeaks);
        await RunAsync(connection, $"select pg_notify('{RecordSchema.Channel}', '*')", cancellation);
    }

    /// <summary>What covers what, again, for everybody the crosswalk names or named: also whom no message has named yet that we
    /// can see, since another lane may be writing the first one.</summary>
    private static async Task RefreshAsync(NpgsqlDataSource beside, CutoverPlan plan, CancellationToken cancellation)
    {
        foreach (var page in (await NamedAsync(beside, plan, cancellation)).Chunk(Page))
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await CommitAsync(beside, other => Covers.RefreshAsync(other, page, alone: false, cancellation, always: true), cancellation);
                    break;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && tries < MostTries)
                {
                    // Whom a page finds it locks in rounds, as a batch does: of two that cross, one is told to try again.
                }
            }
        }
    }

    private static async Task<List<LocalPatient>> NamedAsync(NpgsqlDataSource beside, CutoverPlan plan, CancellationToken cancellation)
    {
        await using var command = beside.CreateCommand($"select distinct old_id from {R}.crosswalk where cutover = $1 and kind = 'patient' order by 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.Id });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var patients = new List<LocalPatient>();
        while (await row.ReadAsync(cancellation))
            patients.Add(new LocalPatient(plan.OldSource, row.GetString(0)));
        return patients;
    }

    /// <summary>
    /// In a transaction of its own, which a rebuild's exchange waits for and which waits for it. The caller's does not hold that lock: batches
    /// would queue behind a rebuild that waits for the end of the act.
    /// </summary>
    private static async Task CommitAsync(NpgsqlDataSource beside, Func<NpgsqlConnection, Task> write, CancellationToken cancellation)
    {
        await using var other = await beside.OpenConnectionAsync(cancellation);
        await using var transaction = await other.BeginTransactionAsync(cancellation);
        await using (var batch = new NpgsqlBatch(other) { BatchCommands = { Locks.SharedRecord() } })
            await batch.ExecuteNonQueryAsync(cancellation);
        await write(other);
        await transaction.CommitAsync(cancellation);
    }

    private async Task StepAsync(
        NpgsqlConnection connection, CutoverPlan plan, string step, string by, string why, object? details, CancellationToken cancellation) =>
        await RunAsync(connection, $"""
            insert into {R}.cutover_step (cutover, n, step, at, by, why, details)
            select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, nullif($6, '')::json from {R}.cutover_step where cutover = $1
            """, cancellation, plan.Id, step, Now.UtcDateTime, by, why,
            details is null ? "" : JsonSerializer.Serialize(details, JsonSerializerOptions.Web));

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
