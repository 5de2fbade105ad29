using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Merging;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Links two records or sets them apart, as a human decided; the word is a row of the record with who, when and why.</summary>
internal sealed class RuleOnMatch(TimeProvider time) : ActHandler<Matches.Args>
{
    private const int Chunk = 100;

    public override string Kind => Matches.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Matches.Args args, CancellationToken cancellation)
    {
        var (connection, transaction) = (context.Connection, context.Transaction);
        if (args.Identity == args.Other || !await Links.AreKnownAsync(connection, args.Identity, args.Other, cancellation))
            return new ActAnswer.Refused("These are not two records of the record. Open the list again.");

        var links = new Links(time);
        long replayed = 0;
        switch (args.Word)
        {
            case MatchWord.Same:
                await links.LinkAsync(connection, transaction, args.Identity, args.Other, context.By, context.Act.Why, cancellation);
                break;
            case MatchWord.Apart:
                await links.UnlinkAsync(connection, transaction, args.Identity, args.Other, context.By, context.Act.Why, cancellation);
                break;
            case MatchWord.Later:
                await links.PutOffAsync(connection, transaction, args.Identity, args.Other, context.By, context.Act.Why, cancellation);
                break;
            case MatchWord.Unmerge:
                if (!await Links.AreMergedAsync(connection, args.Identity, args.Other, cancellation))
                    return new ActAnswer.Refused("Their source has not merged these two: to end a link, set them apart.");
                await links.UnlinkAsync(connection, transaction, args.Identity, args.Other, context.By, context.Act.Why, cancellation);
                replayed = await ReplayAsync(context, args, cancellation);
                break;
            default:
                throw new InvalidOperationException("A word nobody rules by.");
        }

        var together = await Links.AreTogetherAsync(connection, args.Identity, args.Other, cancellation);
        return new ActAnswer.Done(new Matches.Answer(together ? 1 : 2, replayed));
    }

    /// <summary>Nothing moved when they were merged, so reading everything again changes nothing: it proves that.</summary>
    private static async Task<long> ReplayAsync(ActContext context, Matches.Args args, CancellationToken cancellation)
    {
        var ids = await Links.MessagesOfAsync(context.Connection, args.Identity, args.Other, cancellation);
        var projector = new Projector();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var facts = (await AppliedOrder.ReadAsync(context.Connection, chunk, cancellation))
                .Select(m => (Message: m, Reading: Adapters.Read(m) as Understood)).Where(m => m.Reading is not null)
                .Select(m => new MessageFacts(m.Message.Id, m.Message.ReceivedAt, Adapters.Version, m.Reading!.Patients)).ToList();
            await projector.ApplyAsync(context.Connection, context.Transaction, facts, cancellation);
        }

        return ids.Count;
    }
}
