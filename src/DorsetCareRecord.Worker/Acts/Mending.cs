using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Takes parked messages out of the way by a person's word: the lane's gap is theirs to answer for, and undone by replay.</summary>
internal sealed class SetAsideMessages(TimeProvider time) : ActHandler<SetAside.Args>
{
    public override string Kind => SetAside.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, SetAside.Args args, CancellationToken cancellation)
    {
        var done = await InboxDesk.SetAsideAsync(context.Connection, args.Ids, $"by {context.By}", time.GetUtcNow(), cancellation);
        return done > 0
            ? new ActAnswer.Done(new SetAside.Answer(done))
            : new ActAnswer.Refused(args.Ids is [var one] ? $"No message {one} is parked." : "None of these messages is parked.");
    }
}

/// <summary>Stores a mended copy beside the original, puts it in its lane, and sets the original aside.</summary>
internal sealed class EditMessage(TimeProvider time) : ActHandler<Edit.Args>
{
    public override string Kind => Edit.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Edit.Args args, CancellationToken cancellation)
    {
        if (await InboxDesk.RawAsync(context.Connection, args.Id, cancellation) is not { } original)
            return new ActAnswer.Refused($"There is no message {args.Id}.");
        if (MessageEdits.Of(original, args.Body) is not { } mended)
            return new ActAnswer.Refused("Only HL7 v2 messages and FHIR bundles can be mended here; an extract is sent again by its council.");
        if (mended.Body.Span.SequenceEqual(original.Body.Span))
            return new ActAnswer.Refused("Nothing was changed: replay the message instead.");
        var id = await MessageEdits.StoreAsync(context.Connection, original, mended, context.By, context.Act.Why, time.GetUtcNow(), cancellation);
        return await InboxDesk.SetAsideAsync(context.Connection, [args.Id], $"mended as {id}", time.GetUtcNow(), cancellation) == 1
            ? new ActAnswer.Done(new Edit.Answer(id))
            : new ActAnswer.Refused($"Message {args.Id} is not parked: what was applied is mended by its source, or by a rebuild.");
    }
}
