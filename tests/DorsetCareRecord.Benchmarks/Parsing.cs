using System.Diagnostics;
using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Benchmarks;

/// <summary>The adapter alone on one core: bytes of a pathology message of ten values to facts, nothing stored.</summary>
internal static class Parsing
{
    public static void Run(TimeSpan duration, Rounds rounds)
    {
        var messages = Enumerable.Range(0, 100)
            .Select(n => new InboxMessage(n, DateTimeOffset.UnixEpoch, SourceCodes.SystemC, Formats.Hl7v2,
                Encoding.UTF8.GetBytes(Pathology.Results(n, n, $"P{n}")), $"P{n}"))
            .ToList();
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < duration; count++)
            Adapters.Read(messages[count % messages.Count]);
        rounds.Add("pathology messages read to facts, one core", "messages/s", count / clock.Elapsed.TotalSeconds);
    }
}
