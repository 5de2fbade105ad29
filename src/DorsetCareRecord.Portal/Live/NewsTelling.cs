using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Work;

namespace DorsetCareRecord.Portal.Live;

/// <summary>
/// Passes on to the news who changed, many at once, and everybody anyone asked about after a gap in hearing. What was told stays
/// told, so several portals may do the same work without telling anything twice.
/// </summary>
internal sealed class NewsTelling(RecordChanges changes, NewsTeller teller, TimeProvider clock, ILogger<NewsTelling> log) : BackgroundService
{
    /// <summary>A message rarely comes alone.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int Most = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var owed = new HashSet<Guid>();
        var isEverybody = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (owed.Count == 0 && !isEverybody)
                {
                    await changes.Everybody.WaitToReadAsync(stoppingToken);
                    await Task.Delay(Gather, clock, stoppingToken);
                }

                while (owed.Count < Most && changes.Everybody.TryRead(out var person))
                {
                    if (person is { } known)
                        owed.Add(known);
                    else
                        isEverybody = true;
                }

                await teller.TellAsync(isEverybody ? null : owed, stoppingToken);
                owed.Clear();
                isEverybody = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Telling the news failed ({Kind}); trying again", fault.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
