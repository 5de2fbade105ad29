using System.Net.Sockets;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// More half-open connections than the door has room for, each a byte now and then, at the MLLP port and at the HTTP door. Who speaks at a
/// normal pace must not notice, whether it was there before them or comes when every place is taken.
/// </summary>
internal sealed class SlowSenders : Fault
{
    private const int Newcomers = 20;
    private readonly List<Finding> _wrong = [];
    private int _came;

    public override string Code => "F13";

    public override string Name => "slow senders hold connections open";

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) => [.. base.Tell(scale, seed), .. NewcomersMessages()];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => [.. told.Where(m => !IsNewcomers(m))];

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

                if (_came < Newcomers)
                    await ComeAsync(scene);
                await AskAsync(scene);
            }
            while (await beat.WaitForNextTickAsync(over));
        }
        finally
        {
            // Those whose turn did not come, so that all that was told is sent.
            while (_came < Newcomers)
                await ComeAsync(scene);
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

    /// <summary>A healthy sender that was not there before: it connects, and its first message is answered on that very connection.</summary>
    private async Task ComeAsync(Scene scene)
    {
        var message = NewcomersMessages()[_came++];
        var number = await scene.Journal.SendingAsync(message.Source, message.Control, message.Sha256);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            using var wire = await Wire.ConnectAsync(scene.Worker.PortOf(message.Source), patience.Token);
            await wire.SendAsync(Simulator.Writing.Hl7.Mllp.Frame(message.Body), patience.Token);
            if (await wire.AnswerAsync(patience.Token) is { } answer)
                await scene.Journal.AnsweredAsync(number, answer.Code);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The journal has it as unanswered.
        }
    }

    /// <summary>Each time on a new connection.</summary>
    private async Task AskAsync(Scene scene)
    {
        using var client = new HttpClient();
        try
        {
            using var health = await client.GetAsync(new Uri(scene.Worker.Door, "/health/live"), CancellationToken.None);
            if (!health.IsSuccessStatusCode)
                _wrong.Add(new Finding(Code, $"the door answered {(int)health.StatusCode}"));
        }
        catch (HttpRequestException e)
        {
            _wrong.Add(new Finding(Code, $"the door did not answer: {e.HttpRequestError}"));
        }
    }

    private static List<Planned> NewcomersMessages() =>
        [.. Enumerable.Range(0, Newcomers).Select(n => Said.Admission("A31", $"NEWCOMER{n:d2}", "NEWCOMER", n))];

    private static bool IsNewcomers(Planned message) => message.Control.StartsWith("NEWCOMER", StringComparison.Ordinal);

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
