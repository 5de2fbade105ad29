using System.Diagnostics;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// Reading and receiving at once: pathology at a steady pace (200 messages a second, and half of what the feed is meant to reach), how long
/// its senders wait, how long until a page that is open hears of it, and what of the views is left.
/// </summary>
internal static class Together
{
    private const int Pace = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(House house, IReadOnlyList<Uri> pages, int round, TimeSpan duration, Rounds rounds)
    {
        await PacedAsync(house, round, duration, rounds);
        await ViewsWhileReceivingAsync(house, pages, round, duration, rounds);
    }

    private static async Task PacedAsync(House house, int round, TimeSpan duration, Rounds rounds)
    {
        using var stop = new CancellationTokenSource(duration);
        var feed = Messages.PacedAsync(house, $"P{round}", Pace, stop.Token);
        var hearing = await HeardAsync(house, round, stop.Token);
        var waits = await feed;
        rounds.Add($"pathology at {Pace} messages/s, reached", "messages/s", waits.Count / duration.TotalSeconds);
        rounds.Add($"pathology at {Pace} messages/s, acknowledgement p99", "ms", At(waits, 0.99));
        rounds.Add($"pathology at {Pace} messages/s, to an open page p50", "ms", At(hearing, 0.5));
        rounds.Add($"pathology at {Pace} messages/s, to an open page p99", "ms", At(hearing, 0.99));
    }

    /// <summary>A page is open; from time to time a result of its patient is sent, and the page's event awaited.</summary>
    private static async Task<List<double>> HeardAsync(House house, int round, CancellationToken stop)
    {
        var waits = new List<double>();
        using var browser = await Browser.SignInAsync(house.Portal, "clinician.dch");
        var person = await Messages.PersonAsync(house, Messages.Watched);
        using var sender = Messages.Connect(house);
        using var page = await browser.OpenLiveAsync(new Uri(house.Portal, $"record/{person}/live"), stop);
        using var beat = new PeriodicTimer(Between);
        try
        {
            await page.ChangedAsync(stop);
            for (var n = 0; await beat.WaitForNextTickAsync(stop); n++)
            {
                var began = Stopwatch.GetTimestamp();
                await sender.SendAsync(Pathology.Results(Messages.Watched, 900_000 + round * 1000 + n, $"W{round}X{n}"));
                await page.ChangedAsync(stop);
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return waits;
    }

    private static async Task ViewsWhileReceivingAsync(House house, IReadOnlyList<Uri> pages, int round, TimeSpan duration, Rounds rounds)
    {
        const string Alone = "summary views, 8 connections, nothing received";
        await Views.RunAsync(house, pages, Alone, duration, rounds, limit: null);
        if (rounds.MedianOf(Limits.Pathology) is not { } limit)
            return;
        var pace = (int)(limit * 0.3);
        using var stop = new CancellationTokenSource(duration);
        var feed = Messages.PacedAsync(house, $"V{round}", pace, stop.Token);
        await Views.RunAsync(house, pages, "summary views, 8 connections, while receiving at half the feed's goal", duration, rounds, Alone);
        rounds.Add("... messages received meanwhile", "messages/s", (await feed).Count / duration.TotalSeconds);
    }

    private static double At(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[(int)((values.Count - 1) * share)];
    }
}
