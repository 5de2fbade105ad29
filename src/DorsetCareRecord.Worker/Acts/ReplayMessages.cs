using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Puts parked messages back to wait in their lanes, where the drain takes them up.</summary>
internal sealed class ReplayMessages : ActHandler<Replay.Args>
{
    public override string Kind => Replay.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Replay.Args args, CancellationToken cancellation)
    {
        var replayed = await InboxDesk.ReplayAsync(context.Connection, args.Ids, cancellation);
        return replayed > 0
            ? new ActAnswer.Done(new Replay.Answer(replayed))
            : new ActAnswer.Refused(args.Ids.Count == 1 ? $"No message {args.Ids[0]} is parked." : "None of these messages is parked.");
    }
}
