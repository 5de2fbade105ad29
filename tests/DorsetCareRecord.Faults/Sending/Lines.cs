using System.Threading.Channels;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Faults.Sending;

/// <summary>
/// A hospital's sender: some connections, each sends its next message, waits for the answer, and without one sends the very same again on a
/// new connection, for as long as it takes. Each sending and each answer is in the journal.
/// </summary>
internal sealed class Lines(Journal journal, Func<string, int> portOf, int connections)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Sends all, in this order as far as connections that do not wait for each other keep one.</summary>
    public async Task SendAsync(IReadOnlyList<Planned> messages, CancellationToken cancel)
    {
        var queue = Channel.CreateUnbounded<Planned>();
        foreach (var message in messages)
            queue.Writer.TryWrite(message);
        queue.Writer.Complete();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => LineAsync(queue.Reader, cancel), cancel)));
    }

    private async Task LineAsync(ChannelReader<Planned> queue, CancellationToken cancel)
    {
        var links = new Dictionary<string, MllpLink>();
        try
        {
            await foreach (var message in queue.ReadAllAsync(cancel))
            {
                if (!links.TryGetValue(message.Source, out var link))
                    links[message.Source] = link = new MllpLink(new Address("127.0.0.1", portOf(message.Source)), AnswerWithin);
                while (!await TryAsync(link, message, cancel))
                    await Task.Delay(Pause, cancel);
            }
        }
        finally
        {
            foreach (var link in links.Values)
                link.Dispose();
        }
    }

    private async Task<bool> TryAsync(MllpLink link, Planned message, CancellationToken cancel)
    {
        var number = await journal.SendingAsync(message.Source, message.Control, message.Sha256);
        try
        {
            if (await link.SendAsync(message.Body, cancel) is not { } answer)
                return false;
            await journal.AnsweredAsync(number, answer.Code);
            return true;
        }
        catch (SendException)
        {
            // Nothing listens there at the moment.
            return false;
        }
    }
}
