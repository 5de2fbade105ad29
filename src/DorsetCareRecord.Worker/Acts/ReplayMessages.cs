using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Puts parked messages back to wait in their lanes, where the drain takes them up; or, dry, tries each as the drain would.</summary>
internal sealed class ReplayMessages(Projector projector, ExtractGuard guard) : ActHandler<Replay.Args>
{
    public override string Kind => Replay.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Replay.Args args, CancellationToken cancellation)
    {
        if (args is { Ids: null, Source: null, Reason: null, Since: null })
            return new ActAnswer.Refused("Say which messages: by id, by source, by reason or from a time.");
        var ids = await InboxDesk.ReplayableAsync(context.Connection, args, cancellation);
        if (ids.Count == 0)
        {
            return new ActAnswer.Refused(args.Ids is [var one]
                ? $"No message {one} is parked." : "No message that is parked answers to this.");
        }

        if (args is { AcceptCollapse: true, DryRun: false })
            await InboxDesk.AcceptCollapseAsync(context.Connection, ids, context.Act.Id, cancellation);
        return args.DryRun
            ? new ActAnswer.Done(new Replay.Answer(ids.Count, DryRun: true, await TryAsync(context, ids, cancellation)))
            : new ActAnswer.Done(new Replay.Answer(
                await InboxDesk.ReplayAsync(context.Connection, ids, cancellation), DryRun: false, []));
    }

    /// <summary>One after the other, each on top of those before it, as they would be applied; all of it is taken back.</summary>
    private async Task<IReadOnlyList<Replay.Trial>> TryAsync(ActContext context, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        const string all = "dry_run";
        await context.Transaction.SaveAsync(all, cancellation);
        var trials = new List<Replay.Trial>();
        foreach (var id in ids.Take(Replay.MostTried))
        {
            if (await InboxDesk.RawAsync(context.Connection, id, cancellation) is { } message)
                trials.Add(await TryOneAsync(context, message, cancellation));
        }

        await context.Transaction.RollbackAsync(all, cancellation);
        return trials;
    }

    private async Task<Replay.Trial> TryOneAsync(ActContext context, InboxMessage message, CancellationToken cancellation)
    {
        switch (Adapters.Read(message))
        {
            case OfNoConcern none:
                return new Replay.Trial(message.Id, "no-concern", none.Why, null, 0, 0, 0, 0);
            case NotUnderstood not:
                return new Replay.Trial(message.Id, "parked", not.Fault.Reason, not.Fault.Place, 0, 0, 0, 0);
            case Understood { Contents: { } contents }
                when await guard.PassAsync(context.Connection, message.Source, message.Id, contents, cancellation) is { } collapsed:
                return new Replay.Trial(message.Id, "parked", collapsed.Reason, collapsed.Place, 0, 0, 0, 0);
            case Understood understood:
                return await ApplyAsync(context, message, understood, cancellation);
            default:
                throw new InvalidOperationException("A reading of a kind nobody tries.");
        }
    }

    private async Task<Replay.Trial> ApplyAsync(ActContext context, InboxMessage message, Understood understood, CancellationToken cancellation)
    {
        const string one = "dry_message";
        await context.Transaction.SaveAsync(one, cancellation);
        try
        {
            await projector.ApplyAsync(context.Connection, context.Transaction,
                [new MessageFacts(message.Id, message.ReceivedAt, Adapters.Version, understood.Patients)], cancellation);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState[..2] is "22" or "23")
        {
            await context.Transaction.RollbackAsync(one, cancellation);
            return new Replay.Trial(message.Id, "parked", Reasons.ApplyFault, null, 0, 0, 0, 0);
        }

        var changes = await MessageChanges.OfAsync(
            context.Connection, message.Id, [.. understood.Patients.Select(p => p.Patient)], schema: null, cancellation);
        return new Replay.Trial(message.Id, "applied", null, null,
            Count(ChangeKind.New), Count(ChangeKind.Changed), Count(ChangeKind.Withdrawn), Count(ChangeKind.Same));

        int Count(ChangeKind kind) => changes.Count(c => c.Kind == kind);
    }
}
