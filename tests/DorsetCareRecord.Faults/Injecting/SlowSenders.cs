using System.Net.Sockets;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// More half-open connections than the door has room for, each a byte now and then, at the MLLP port and at the HTTP door. Who speaks at a
/// normal pace must not notice.
/// </summary>
internal sealed class SlowSenders : Fault
{
    private readonly List<Finding> _wrong = [];

    public override string Code => "F13";

    public override string Name => "slow senders hold connections open";

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        // A connection that has delivered nothing yet is nobody's friend.
        await scene.AnsweredAsync(sends / 5, over);
        var many = scene.Scale.IsSmall ? 160 : 500;
        var mllp = new Wire?[many];
        var http = new Wire?[many];
        try
        {
            scene.Say($"{many} slow senders at each door, who come again when they are thrown out");
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            do
            {
                for (var i = 0; i < many; i++)
                {
                    mllp[i] = await TrickleAsync(mllp[i], scene.Worker.PortOf(SourceCodes.SystemC), "\vMSH|^~\\&|");
                    http[i] = await TrickleAsync(http[i], scene.Worker.Door.Port, $"POST /fhir HTTP/1.1\r\nHost: {scene.Worker.Door.Authority}\r\n");
                }

                using var client = new HttpClient();
                using var health = await client.GetAsync(new Uri(scene.Worker.Door, "/health/live"), CancellationToken.None);
                if (!health.IsSuccessStatusCode)
                    _wrong.Add(new Finding(Code, $"the door answered {(int)health.StatusCode}"));
            }
            while (await beat.WaitForNextTickAsync(over));
        }
        finally
        {
            foreach (var wire in mllp.Concat(http))
                wire?.Dispose();
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        var unanswered = journal.Count(s => s.Answer is null);
        return unanswered == 0 ? _wrong
            : [.. _wrong, new Finding(Code, $"{unanswered} of {journal.Count} sendings of a healthy sender went unanswered")];
    }

    /// <summary>One byte more; or, new or thrown out, a connection and the beginning of something.</summary>
    private static async Task<Wire?> TrickleAsync(Wire? wire, int port, string beginning)
    {
        try
        {
            if (wire is not null)
            {
                await wire.SendAsync(Wire.Text("x"), CancellationToken.None);
                return wire;
            }

            wire = await Wire.ConnectAsync(port, CancellationToken.None);
            await wire.SendAsync(Wire.Text(beginning), CancellationToken.None);
            return wire;
        }
        catch (SocketException)
        {
            wire?.Dispose();
            return null;
        }
    }
}
