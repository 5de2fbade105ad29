namespace DorsetCareRecord.Portal.Letters;

/// <summary>
/// Work on a stranger's bytes by code that cannot be told to stop: it has a thread of its own and so much time, and whoever asked does not
/// wait longer. What has not ended by then is left to itself, in the background and behind everything else; only so many are left running at a
/// time, and further work is turned away until one has ended. So the worst file costs its own page, and never the house.
/// </summary>
/// <param name="limit">How long anybody waits.</param>
/// <param name="most">How many may be at work, those left to themselves included.</param>
internal sealed class TimeBound(TimeSpan limit, int most)
{
    private int _atWork;

    /// <summary>How many are at work now.</summary>
    internal int AtWork => Volatile.Read(ref _atWork);

    /// <param name="work">Given a token that is cancelled when nobody waits any more; what it throws comes to whoever waits.</param>
    /// <param name="result">What it made.</param>
    /// <returns>False when it did not end in time, or was turned away.</returns>
    internal bool TryRun<T>(Func<CancellationToken, T> work, out T? result)
    {
        result = default;
        if (Interlocked.Increment(ref _atWork) > most)
        {
            Interlocked.Decrement(ref _atWork);
            return false;
        }

        var patience = new CancellationTokenSource();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Action tell;
            try
            {
                var made = work(patience.Token);
                tell = () => done.TrySetResult(made);
            }
#pragma warning disable CA1031 // On a thread of its own nobody else would catch it, and the process would end.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                tell = () => done.TrySetException(fault);
            }

            // The place is free before anybody hears of the end: whoever heard may come back at once, and is not turned away.
            Interlocked.Decrement(ref _atWork);
            patience.Dispose();
            tell();
        })
        { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "letter" };
        thread.Start();
        if (((IAsyncResult)done.Task).AsyncWaitHandle.WaitOne(limit))
        {
            result = done.Task.GetAwaiter().GetResult();
            return true;
        }

        try
        {
            patience.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }

        return false;
    }
}
