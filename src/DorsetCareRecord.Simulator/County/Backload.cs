using System.Collections.Concurrent;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Dialects.SocialCare;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.County;

/// <summary>
/// Loads the county through its real doors: so many lines at once, each telling whole people, so that one patient is always
/// on one connection of a source and in the order of time. Councils drop their first full extract at the end.
/// </summary>
internal sealed class Backload(SyntheticCounty county, CountyOptions options, Counts counts, IProgress<CountyProgress>? progress)
{
    private readonly ConcurrentBag<History> _inCare = [];
    private readonly long _began = options.Clock.GetTimestamp();
    private int _next = -1;
    private int _done;

    public async Task RunAsync(CancellationToken ct)
    {
        using var stopTogether = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var lines = Enumerable.Range(0, Math.Max(1, options.Connections)).Select(_ => LineAsync(stopTogether)).ToList();
        await Task.WhenAll(lines);
        foreach (var council in CouncilExtract.Councils.Keys)
        {
            var taken = new DateTimeOffset(county.Midnight.AddHours(-1), LondonClock.OffsetOf(county.Midnight.AddHours(-1)));
            var people = _inCare.OrderBy(history => history.Person.Index).ToList();
            foreach (var extract in (Extract[])[CouncilExtract.Of(council, "FULL", taken, people), CouncilExtract.OfChildren(council, "FULL", taken, people)])
            {
                await DropFolder.PutAsync(Path.Combine(options.DropFolder, council), extract.Name, extract.Files(), ct);
                counts.Answered(accepted: true);
            }
        }

        Tell(isLive: true);
    }

    private async Task LineAsync(CancellationTokenSource stopTogether)
    {
        var ct = stopTogether.Token;
        try
        {
            // Off the caller's thread: telling a life takes processor time before the first await.
            await Task.Yield();
            using var senders = new Senders(options, counts);
            while (Interlocked.Increment(ref _next) is var index && index < county.People.Count)
            {
                var person = county.People[index];
                var history = county.HistoryOf(person);
                if (history.Council is not null)
                    _inCare.Add(history);
                var hospitals = person.Hospitals.Select(async registration =>
                {
                    foreach (var message in county.Hospital(history, registration))
                        await senders.HospitalAsync(message, ct);
                });
                await Task.WhenAll([.. hospitals, senders.GpAsync(county.Gp(history), ct)]);
                Interlocked.Increment(ref _done);
                Tell(isLive: false);
            }
        }
        catch
        {
            await stopTogether.CancelAsync();
            throw;
        }
    }

    private void Tell(bool isLive)
    {
        var elapsed = options.Clock.GetElapsedTime(_began);
        progress?.Report(new CountyProgress(
            _done, county.People.Count, counts.Sent, counts.Refused, counts.Resent, counts.Sent / Math.Max(0.001, elapsed.TotalSeconds), elapsed, isLive));
    }
}

/// <summary>Dorset's clock.</summary>
internal static class LondonClock
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateTime Now(TimeProvider clock)
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), London).DateTime;
        return new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, now.Second);
    }

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, London).DateTime);

    public static TimeSpan OffsetOf(DateTime local) => London.GetUtcOffset(local);
}
