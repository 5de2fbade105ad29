using System.Net.Sockets;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>Somebody connects as fast as it can, says nothing or nonsense, and goes. Others are served, and the log does not grow with it.</summary>
internal sealed class ReconnectFlood : Fault
{
    private readonly List<Finding> _wrong = [];

    public override string Code => "F22";

    public override string Name => "reconnect flood";

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        // A connection that has delivered nothing yet is nobody's friend.
        await scene.AnsweredAsync(sends / 5, over);
        var port = scene.Worker.PortOf(SourceCodes.SystemC);
        var logged = scene.Worker.Log.Count();
        var knocks = 0;
        string[] words = ["", "GET / HTTP/1.0\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001", "\v", "\vMSH"];
        while (knocks < (scene.Scale.IsSmall ? 1500 : 30_000) && !over.IsCancellationRequested)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => KnockAsync(port, words[(knocks + n) % words.Length], cut: n % 2 == 0)));
            knocks += 20;
        }

        var lines = scene.Worker.Log.Count() - logged;
        scene.Say($"knocked {knocks} times, {lines} lines logged");
        if (lines > 60 + knocks / 20)
            _wrong.Add(new Finding(Code, $"{knocks} knocks made {lines} lines of log"));
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        var unanswered = journal.Count(s => s.Answer is null);
        return unanswered == 0 ? _wrong : [.. _wrong, new Finding(Code, $"{unanswered} sendings of a healthy sender went unanswered")];
    }

    private static async Task KnockAsync(int port, string words, bool cut)
    {
        try
        {
            using var wire = await Wire.ConnectAsync(port, CancellationToken.None);
            await wire.SendAsync(Wire.Text(words), CancellationToken.None);
            if (cut)
                wire.Cut();
        }
        catch (SocketException)
        {
            // The queue of callers is full; that is an answer too.
        }
    }
}
