using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Facts;
using Npgsql;

namespace DorsetCareRecord.Worker.Drain;

/// <summary>Where Feeds meets Projection: each message read by its adapter, what was understood applied, all in the lane's transaction.</summary>
internal sealed class LaneWork(Projector projector, ExtractGuard guard) : ILaneWork
{
    public async Task<IReadOnlyList<Settlement>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        var settlements = new Settlement[messages.Count];
        var understood = new List<MessageFacts>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            var reading = Adapters.Read(messages[i]);
            if (reading is Understood { Contents: { } contents }
                && await guard.PassAsync(connection, messages[i].Source, messages[i].Id, contents, cancellation) is { } collapsed)
                reading = new NotUnderstood(collapsed);
            settlements[i] = SettlementOf(reading);
            if (reading is Understood facts)
            {
                understood.Add(new MessageFacts(messages[i].Id, messages[i].ReceivedAt, Adapters.Version, facts.Patients)
                {
                    IsQuiet = messages[i].Load is not null,
                });
            }
        }

        if (understood.Count > 0)
        {
            var remarks = await projector.ApplyAsync(connection, transaction, understood, cancellation);
            for (var i = 0; i < messages.Count; i++)
            {
                if (settlements[i] is Applied applied && remarks.TryGetValue(messages[i].Id, out var more))
                    settlements[i] = applied with { Remarks = [.. applied.Remarks, .. more] };
            }
        }

        return settlements;
    }

    private static Settlement SettlementOf(Reading reading) => reading switch
    {
        Understood understood => new Applied(understood.Patients.Sum(p => p.Facts.Count), understood.Remarks),
        OfNoConcern noConcern => new NoConcern(noConcern.Why),
        NotUnderstood notUnderstood => new Parked(notUnderstood.Fault),
        _ => throw new InvalidOperationException("A reading of a kind nobody settles."),
    };
}
