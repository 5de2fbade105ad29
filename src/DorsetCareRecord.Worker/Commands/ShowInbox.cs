using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Feeds.Desk;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>How many messages of each source are in which state; every message is counted once.</summary>
internal static class ShowInbox
{
    internal static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => Operation.RunAsync(async database => Print(await new InboxDesk(database).CountAsync(CancellationToken.None))),
        ["--json"] => Operation.RunAsync(async database => PrintJson(await new InboxDesk(database).CountAsync(CancellationToken.None))),
        _ => Task.FromResult(Usage.Say()),
    };

    private static int Print(IReadOnlyList<SourceCounts> counts)
    {
        var invariant = CultureInfo.InvariantCulture;
        Console.WriteLine($"{"source",-16} {"waiting",9} {"settled",9} {"duplicate",9} {"parked",9}  why");
        foreach (var source in counts)
        {
            var why = string.Join(", ", source.Parked.OrderByDescending(p => p.Value).Select(p => $"{p.Key} {p.Value}"));
            Console.WriteLine(string.Create(invariant,
                $"{source.Source,-16} {source.Waiting,9} {source.Settled,9} {source.Duplicate,9} {source.Parked.Values.Sum(),9}  {why}").TrimEnd());
        }

        Console.WriteLine(string.Create(invariant,
            $"{"all",-16} {counts.Sum(c => c.Waiting),9} {counts.Sum(c => c.Settled),9} {counts.Sum(c => c.Duplicate),9} {counts.Sum(c => c.Parked.Values.Sum()),9}"));
        return 0;
    }

    private static int PrintJson(IReadOnlyList<SourceCounts> counts)
    {
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                Sources = counts,
                Total = new
                {
                    Messages = counts.Sum(c => c.Waiting + c.Settled + c.Duplicate + c.Parked.Values.Sum()),
                    Waiting = counts.Sum(c => c.Waiting),
                    Settled = counts.Sum(c => c.Settled),
                    Duplicate = counts.Sum(c => c.Duplicate),
                    Parked = counts.Sum(c => c.Parked.Values.Sum()),
                },
            },
            Operation.Json));
        return 0;
    }
}
