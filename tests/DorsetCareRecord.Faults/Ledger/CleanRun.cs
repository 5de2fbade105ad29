using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Worker.Commands;
using DorsetCareRecord.Worker.Drain;
using Npgsql;

namespace DorsetCareRecord.Faults.Ledger;

/// <summary>The same messages without any fault: stored once, in the order of their telling, and worked by one drain.</summary>
internal static class CleanRun
{
    /// <param name="worker">Where to.</param>
    /// <param name="messages">What hospitals told.</param>
    /// <param name="owner">The database that lived through the faults: councils' extracts, which no journal has, are taken from its inbox.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task RunAsync(string worker, IEnumerable<Planned> messages, string owner, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(worker));
        await StoreAsync(database, messages, TimeProvider.System, cancel);
        await using (var inbox = new Inbox(database, TimeProvider.System, new WaitingSignal()))
        {
            foreach (var extract in await ExtractsAsync(owner, cancel))
                await inbox.AcceptAsync(extract, cancel);
        }

        await DrainAsync(database, TimeProvider.System, cancel);
    }

    public static async Task StoreAsync(NpgsqlDataSource database, IEnumerable<Planned> messages, TimeProvider time, CancellationToken cancel)
    {
        await using var inbox = new Inbox(database, time, new WaitingSignal());
        foreach (var some in messages.Chunk(400))
            await Task.WhenAll(some.SelectMany(Deliveries).Select(d => inbox.AcceptAsync(d, cancel)));
    }

    public static async Task DrainAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken cancel)
    {
        var lanes = new Lanes(database, time);
        var work = new LaneWork(new Projector(), new ExtractGuard(CollapseSettings.From(_ => null)));
        while ((await lanes.DrainOneAsync(work, cancel)).Messages > 0)
        {
        }
    }

    /// <summary>C7: the record built again from the inbox, in a shadow, against the one that lived through the faults.</summary>
    public static async Task<IReadOnlyList<Finding>> RebuildAsync(string worker, CancellationToken cancel)
    {
        var found = await Verifier.RunAsync(RecordSchema.WithSearchPath(worker), Replaying.Inbox, null, cancel);
        return [.. found.Differences.Take(8).Select(d => new Finding("C7", $"a rebuild would change {d}")),
            .. found.Differences.Count > 8 ? [new Finding("C7", $"... and {found.Differences.Count - 8} more")] : Array.Empty<Finding>()];
    }

    private static async Task<IReadOnlyList<Delivery>> ExtractsAsync(string owner, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select source, body from inbox.message where format = $1 order by id", connection)
        { Parameters = { new() { Value = Formats.CareExtract } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var extracts = new List<Delivery>();
        while (await row.ReadAsync(cancel))
            extracts.Add(new Delivery { Source = row.GetString(0), Format = Formats.CareExtract, Body = row.GetFieldValue<byte[]>(1) });
        return extracts;
    }

    /// <summary>As the source's door divides and files them.</summary>
    private static IEnumerable<Delivery> Deliveries(Planned message)
    {
        var settings = new MllpSettings { Source = message.Source, Address = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), TakesTestMessages = false };
        var frame = new Frame(FrameKind.Whole, message.Body, message.Body.Length);
        return Reception.Receive(frame, settings, Profiles.Of(message.Source), "clean run").Select(r => r.Delivery);
    }
}
