using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Feeds.Desk;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Each parked message with its reason, place and shape; never its content.</summary>
internal static class ShowParked
{
    private const int Most = 10_000;

    internal static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => Operation.RunAsync(async database => Print(await new InboxDesk(database).ParkedAsync(Most, CancellationToken.None))),
        ["--json"] => Operation.RunAsync(async database =>
        {
            Console.WriteLine(JsonSerializer.Serialize(
                await new InboxDesk(database).ParkedAsync(Most, CancellationToken.None), Operation.Json));
            return 0;
        }),
        _ => Task.FromResult(Usage.Say()),
    };

    private static int Print(IReadOnlyList<ParkedMessage> parked)
    {
        foreach (var message in parked)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{message.Id,10}  {message.Source,-16} {message.ReceivedAt:yyyy-MM-dd HH:mm:ss}Z  {message.Reason,-20} {message.Place} {message.Shape}").TrimEnd());
        }

        Console.WriteLine(parked.Count == Most ? $"the first {Most} parked messages" : $"{parked.Count} parked");
        return 0;
    }
}
