using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Projection.Merging;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>The pairs that wait for a human: sources, local numbers and the rule that held them, nothing else of them.</summary>
internal static class ShowMatches
{
    internal static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => Operation.RunAsync(async database => Print(await ReadAsync(database))),
        ["--json"] => Operation.RunAsync(async database =>
        {
            Console.WriteLine(JsonSerializer.Serialize(await ReadAsync(database), Operation.Json));
            return 0;
        }),
        _ => Task.FromResult(Usage.Say()),
    };

    private static async Task<IReadOnlyList<WaitingMatch>> ReadAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await WaitingMatches.ReadAsync(connection);
    }

    private static int Print(IReadOnlyList<WaitingMatch> waiting)
    {
        foreach (var match in waiting)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{match.RaisedAt:yyyy-MM-dd HH:mm}Z  {match.One.Source} {match.One.Id}  {match.Other.Source} {match.Other.Id}  {match.Rule}"));
        }

        Console.WriteLine($"{waiting.Count} pairs wait");
        return 0;
    }
}
