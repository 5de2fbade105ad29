using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// The network fails after each byte of a frame in turn, and then within its answer, half the time without a goodbye. The sender does not
/// know what arrived and sends the message again, as it must.
/// </summary>
internal sealed class NetworkCut : Fault
{
    private const int AnswerBytes = 90;
    private const string Cut = "CUT";

    public override string Code => "F05";

    public override string Name => "network cut at every byte of a frame and of its answer";

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) =>
        [.. CountyTraffic.Of(seed, Math.Min(scale.Messages, 2000) / 4), .. CutMessages()];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => [.. told.Where(m => !IsCut(m))];

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        var messages = CutMessages();
        for (var at = 0; at < messages.Count; at++)
            await CutAsync(scene, messages[at], at);
        scene.Say($"cut {messages.Count} times");
        await scene.Lines(4).SendAsync(messages, CancellationToken.None);
    }

    /// <summary>Beyond C1: of a frame whose end block had not left, nothing may be stored, so that sending is not among the rows.</summary>
    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        var rows = inbox.CountBy(r => r.Control ?? "").ToDictionary();
        var sends = journal.CountBy(s => s.Control).ToDictionary();
        return
        [
            .. CutMessages().Select((message, at) => (message.Control, message.Body.Length, At: at))
                .Where(m => m.At < m.Length + 2 && rows.GetValueOrDefault(m.Control) > sends[m.Control] - 1)
                .Select(m => new Finding(Code, $"cut after {m.At} bytes: stored {rows[m.Control]} times")).Take(5),
            .. inbox.Where(r => r.Format != Feeds.Inbox.Formats.Hl7v2)
                .Select(r => new Finding(Code, $"a partial frame was stored as message {r.Id}")).Take(5),
        ];
    }

    private static async Task CutAsync(Scene scene, Planned message, int at)
    {
        var frame = Mllp.Frame(message.Body);
        await scene.Journal.SendingAsync(message.Source, message.Control, message.Sha256);
        using var wire = await Wire.ConnectAsync(scene.PortOf(message.Source), CancellationToken.None);
        await wire.SendAsync(frame.AsMemory(0, Math.Min(at, frame.Length)), CancellationToken.None);
        if (at > frame.Length)
            await wire.ReadAsync(at - frame.Length, CancellationToken.None);
        if (at % 2 == 0)
            wire.Cut();
        else
            await wire.EndAsync(CancellationToken.None);
    }

    private static List<Planned> CutMessages()
    {
        var all = new List<Planned>();
        for (var at = 0; at == 0 || at <= all[^1].Body.Length + 3 + AnswerBytes; at++)
            all.Add(Said.Admission("A31", $"{Cut}{at:d4}", "CUT", at));
        return all;
    }

    private static bool IsCut(Planned message) => message.Control.StartsWith(Cut, StringComparison.Ordinal);
}
