using System.Globalization;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Files.Migration;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Record.Facts;
using Npgsql;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>
/// Takes the steps of a cutover. Its files lie in the worker's folder: <c>crosswalk/*.csv</c> and <c>extract/*.hl7</c>. A comparison and a
/// backload take as long as the extract is large, a crosswalk and a drain as long as there are many patients, and other acts wait meanwhile.
/// Messages wait at most for a page of patients.
/// </summary>
/// <param name="database">Connection string of the worker's role on the record's search path.</param>
/// <param name="folder">The worker's own.</param>
internal sealed class TakeCutoverStep(Func<string> database, Func<string> folder, TimeProvider time) : ActHandler<Cutover.Args>
{
    private readonly Cutovers _cutovers = new(time);

    public override string Kind => Cutover.Kind;

    public override string AfterFailure => "A crosswalk, a drain or a backload may be half done, and is finished when it is asked for again";

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Cutover.Args args, CancellationToken cancellation)
    {
        var plan = CutoverPlan.Bournemouth;
        if (args.Plan != plan.Id)
            return new ActAnswer.Refused($"There is no cutover {args.Plan}.");
        var (connection, by, why) = (context.Connection, context.By, context.Act.Why);
        return args.Step switch
        {
            CutoverStepName.Announce => Of(await _cutovers.AnnounceAsync(connection, plan, by, why, cancellation), "The cutover is announced."),
            CutoverStepName.Crosswalk => await CrosswalkAsync(context, plan, cancellation),
            CutoverStepName.Compare => await CompareAsync(context, plan, args.Tolerances ?? new Dictionary<string, int>(), cancellation),
            CutoverStepName.Sign => Of(
                await _cutovers.SignAsync(connection, plan, args.Role ?? "", args.Name ?? "", by, why, cancellation), "The comparison is signed."),
            CutoverStepName.Drain => await DrainAsync(context, plan, cancellation),
            CutoverStepName.Backload => await BackloadAsync(context, plan, cancellation),
            CutoverStepName.Live => await LiveAsync(context, plan, cancellation),
            CutoverStepName.Close => await CloseAsync(context, plan, cancellation),
            CutoverStepName.RollBack => await RollBackAsync(context, plan, args.Name ?? "", cancellation),
            _ => throw new InvalidOperationException("A step nobody takes."),
        };
    }

    private async Task<ActAnswer> CrosswalkAsync(ActContext context, CutoverPlan plan, CancellationToken cancellation)
    {
        var read = await CrosswalkFiles.ReadAsync(Path.Combine(folder(), "crosswalk"), cancellation);
        if (read.Faults.Count > 0)
            return new ActAnswer.Refused($"The crosswalk was not taken. {string.Join("; ", read.Faults).TrimEnd('.')}.");
        var lines = read.Entries.Select(e => new CrosswalkLine(e.Kind, e.OldId, e.NewId)).ToList();
        await using var beside = Beside();
        return Of(
            await _cutovers.LoadCrosswalkAsync(context.Connection, beside, plan, lines, read.Digest, context.By, context.Act.Why, cancellation),
            $"The crosswalk is loaded: {Figures(lines.GroupBy(l => l.Kind).Select(g => (g.Key, (long)g.Count())))}.");
    }

    private async Task<ActAnswer> DrainAsync(ActContext context, CutoverPlan plan, CancellationToken cancellation)
    {
        var drained = await DrainedAsync(context.Connection, plan, cancellation);
        await using var beside = Beside();
        return Of(
            await _cutovers.DrainAsync(context.Connection, beside, plan, drained, context.By, context.Act.Why, cancellation),
            "The old source is drained: its last message is written down.");
    }

    private async Task<ActAnswer> CompareAsync(
        ActContext context, CutoverPlan plan, IReadOnlyDictionary<string, int> tolerances, CancellationToken cancellation)
    {
        var extract = Extract(plan);
        if (!extract.IsThere)
            return new ActAnswer.Refused("There is no extract: put its .hl7 files into the folder extract.");
        if (tolerances.Keys.FirstOrDefault(concept => !Concepts.All.Contains(concept)) is { } unknown)
            return new ActAnswer.Refused($"Nothing is called {unknown}: it is one of {string.Join(", ", Concepts.All)}.");

        long unreadable = 0;
        var digest = await extract.DigestAsync(cancellation);
        var (n, refused) = await new Comparing(_cutovers, time).RunAsync(
            context.Connection, database(), plan, Facts(), () => unreadable + extract.Incomplete.Count, digest, tolerances, context.By, context.Act.Why, cancellation);
        if (refused is not null)
            return new ActAnswer.Refused(refused);
        var latest = (await CutoverReader.ReadAsync(context.Connection, plan, cancellation)).Latest!;
        return new ActAnswer.Done(new Cutover.Answer(latest.Stops
            ? $"Comparison {n} stops the cut: {Cutovers.WhatStops(latest)}"
            : $"Comparison {n} found nothing that stops the cut; it can be signed."));

        IEnumerable<MessageFacts> Facts()
        {
            var (id, received) = (0L, time.GetUtcNow());
            foreach (var delivery in extract.Deliveries())
            {
                var message = new InboxMessage(++id, received, delivery.Source, delivery.Format, delivery.Body, delivery.ControlId);
                switch (Adapters.Read(message))
                {
                    case Understood understood:
                        yield return new MessageFacts(id, received, Adapters.Version, understood.Patients) { IsQuiet = true };
                        break;
                    case NotUnderstood:
                        unreadable++;
                        break;
                    default:
                        break;
                }
            }
        }
    }

    /// <summary>Stored as any delivery is, so the same extract again is a duplicate and changes nothing.</summary>
    private async Task<ActAnswer> BackloadAsync(ActContext context, CutoverPlan plan, CancellationToken cancellation)
    {
        var extract = Extract(plan);
        if (!extract.IsThere)
            return new ActAnswer.Refused("There is no extract: put its .hl7 files into the folder extract.");
        var state = await CutoverReader.ReadAsync(context.Connection, plan, cancellation);
        if (state.Last(CutoverSteps.Drained) is null)
            return new ActAnswer.Refused("Drain the old source first: what it says after the extract was taken would be missing.");

        await using var source = NpgsqlDataSource.Create(database());
        await using var inbox = new Inbox(source, time, new WaitingSignal());
        long messages = 0;
        foreach (var chunk in extract.Deliveries().Chunk(200))
        {
            await Task.WhenAll(chunk.Select(delivery => inbox.AcceptAsync(delivery, cancellation)));
            messages += chunk.Length;
        }

        var digest = await extract.DigestAsync(cancellation);
        return Of(
            await _cutovers.LoadedAsync(context.Connection, plan, messages, digest, context.By, context.Act.Why, cancellation),
            string.Create(CultureInfo.InvariantCulture, $"{messages} messages of the extract are in the inbox, and nobody is told of them."));
    }

    private async Task<ActAnswer> LiveAsync(ActContext context, CutoverPlan plan, CancellationToken cancellation)
    {
        var (waiting, parked) = await CountsAsync(context.Connection, plan.NewSource, cancellation);
        return Of(
            await _cutovers.SwitchAsync(context.Connection, plan, waiting, parked, context.By, context.Act.Why, cancellation),
            "The new source speaks.");
    }

    private async Task<ActAnswer> CloseAsync(ActContext context, CutoverPlan plan, CancellationToken cancellation)
    {
        var refused = await _cutovers.CloseAsync(context.Connection, plan, context.By, context.Act.Why, cancellation);
        if (refused is null)
            await Baseline.ExpectNothingOfAsync(context.Connection, plan.OldSource, time.GetUtcNow(), cancellation);
        return Of(refused, "The old source is closed; what still comes is taken.");
    }

    private async Task<ActAnswer> RollBackAsync(ActContext context, CutoverPlan plan, string second, CancellationToken cancellation)
    {
        var refused = await _cutovers.RollBackAsync(context.Connection, plan, second, context.By, context.Act.Why, cancellation);
        if (refused is null)
            await Baseline.ExpectAgainOfAsync(context.Connection, plan.OldSource, cancellation);
        return Of(refused, "The old source has the word again, and every page is as it was.");
    }

    /// <summary>Waits for batches without end: each ends.</summary>
    private NpgsqlDataSource Beside() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database()) { CommandTimeout = 0 });

    private MigrationExtract Extract(CutoverPlan plan) => new(Path.Combine(folder(), "extract"), plan.NewSource);

    private static async Task<DrainedSource> DrainedAsync(NpgsqlConnection connection, CutoverPlan plan, CancellationToken cancellation)
    {
        var (waiting, _) = await CountsAsync(connection, plan.OldSource, cancellation);
        await using var command = new NpgsqlCommand(
            "select control_id, received_at from inbox.message where source = $1 order by received_at desc, id desc limit 1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = plan.OldSource });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new DrainedSource(waiting, row.IsDBNull(0) ? null : row.GetString(0), row.GetFieldValue<DateTimeOffset>(1))
            : new DrainedSource(waiting, null, null);
    }

    private static async Task<(long Waiting, long Parked)> CountsAsync(NpgsqlConnection connection, string source, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select (select count(*) from inbox.waiting where source = $1), (select count(*) from inbox.parked where source = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private static ActAnswer Of(string? refused, string done) =>
        refused is null ? new ActAnswer.Done(new Cutover.Answer(done)) : new ActAnswer.Refused(refused);

    private static string Figures(IEnumerable<(string What, long Count)> counts) =>
        string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.What}s")));
}
