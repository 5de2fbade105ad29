using DorsetCareRecord.Feeds.Desk.Acts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>The act is its own row: who looked, when, why and for whom. What is found is printed by whoever asked.</summary>
internal sealed class NoteLook : ActHandler<Look.Args>
{
    public override string Kind => Look.Kind;

    protected override Task<ActAnswer> HandleAsync(ActContext context, Look.Args args, CancellationToken cancellation) =>
        Task.FromResult<ActAnswer>(new ActAnswer.Done(new Look.Answer(args.Command)));
}
