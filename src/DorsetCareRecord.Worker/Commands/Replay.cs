using System.Globalization;
using Asked = DorsetCareRecord.Feeds.Desk.Acts.Replay;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Puts a parked message back in its lane, where a running worker takes it up.</summary>
internal static class Replay
{
    internal static Task<int> RunAsync(string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return Task.FromResult(Usage.Fail("A message id is a number, as ./dcr parked lists them."));
        return Asking.RunAsync(Asked.Kind, $"message {text}", new Asked.Args([id]), null, _ =>
        {
            Console.WriteLine($"message {id} waits in its lane again");
            return 0;
        });
    }
}
