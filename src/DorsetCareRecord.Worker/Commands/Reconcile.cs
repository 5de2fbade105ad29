using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Feeds.Desk;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>The account of a day, source by source. Exit code 1 when one does not balance, which would be our fault.</summary>
internal static class Reconcile
{
    internal static Task<int> RunAsync(string[] arguments)
    {
        var words = Words.Of(arguments);
        if (words is not { Plain: [var text], Unknown: null })
            return Task.FromResult(Usage.Say());
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Operation.RunAsync(async database => Print(await Reconciliation.OfAsync(database, day, CancellationToken.None), words.Has("json")))
            : Task.FromResult(Usage.Fail($"\"{text}\" is not a day: write 2026-11-23."));
    }

    private static int Print(IReadOnlyList<DayAccount> accounts, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(accounts, Operation.Json));
        }
        else
        {
            Console.WriteLine($"{"source",-16} {"received",9} {"applied",9} {"no concern",10} {"set aside",9} {"duplicate",9} {"parked",7} {"waiting",7}  numbering");
            foreach (var a in accounts)
            {
                var gaps = a.Gaps switch
                {
                    null => "not counted upwards",
                    [] => "no gap",
                    _ => $"{a.Gaps.Sum(g => g.Missing)} missing in {a.Gaps.Count} gaps, first after {a.Gaps[0].After}",
                };
                Console.WriteLine($"{a.Source,-16} {a.Received,9} {a.Applied,9} {a.NoConcern,10} {a.SetAside,9} {a.Duplicate,9} {a.Parked,7} {a.Waiting,7}  {gaps}{(a.Balances ? "" : "  DOES NOT BALANCE")}");
            }
        }

        return accounts.All(a => a.Balances) ? 0 : 1;
    }
}
