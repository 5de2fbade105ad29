using System.Net;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// Says who was turned away, once a minute for each address and reason with the number since: a sender with an expired certificate
/// tries again every second, and a log full of it hides everything else (fault F22).
/// </summary>
internal sealed class TurnedAway(string source, TimeProvider time, ILogger logger)
{
    /// <summary>Somebody trying from ever new addresses must not fill the memory either.</summary>
    private const int Most = 1000;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(IPAddress? Address, string Why), (long At, int Since)> _said = [];

    public void Say(IPAddress? address, string why)
    {
        int times;
        lock (_lock)
        {
            if (_said.Count >= Most && !_said.ContainsKey((address, why)))
                address = null;
            var known = _said.TryGetValue((address, why), out var last);
            if (known && time.GetElapsedTime(last.At) < Quiet)
            {
                _said[(address, why)] = last with { Since = last.Since + 1 };
                return;
            }

            times = known ? last.Since + 1 : 1;
            _said[(address, why)] = (time.GetTimestamp(), 0);
        }

        logger.LogWarning("{Source}: {Peer} turned away, {Times} times: {Why}", source, address?.ToString() ?? "many addresses", times, why);
    }
}
