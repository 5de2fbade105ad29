using DorsetCareRecord.Simulator.County.Live;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary>
/// Runs the synthetic county: first its backload, once; then its daily life at the rate asked for, until it is stopped.
/// Started again with the same state file it goes on where it was.
/// </summary>
public static class CountyRunner
{
    /// <exception cref="SendException">It may not run here, or the state file is of another county.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; its state is saved.</exception>
    public static async Task RunAsync(CountyOptions options, IProgress<CountyProgress>? progress, CancellationToken ct)
    {
        if (PretendOnly.Refusal(Environment.GetEnvironmentVariable) is { } refusal)
            throw new SendException(refusal);
        var state = StateOf(options);
        var county = new SyntheticCounty(state.Seed, state.People, LondonClock.DayOf(state.Begun));
        var counts = new Counts();
        if (!state.IsLoaded)
        {
            await new Backload(county, options, counts, progress).RunAsync(ct);
            state.IsLoaded = true;
            state.Write(options.StateFile);
            options.Loaded?.Invoke();
        }

        if (options.Rate > 0)
            await new LiveCounty(county, options, state, counts).RunAsync(ct);
    }

    /// <summary>
    /// The county of the state file, unless another was begun since. Its first day is kept: the same messages would else be
    /// other bytes tomorrow.
    /// </summary>
    private static CountyState StateOf(CountyOptions options)
    {
        var kept = CountyState.Read(options.StateFile);
        if (kept is not null && options.Begun is { } begun && begun != kept.Begun)
            kept = null;
        if (kept is not null)
        {
            return kept.Seed == (options.Seed ?? kept.Seed) && kept.People == (options.People ?? kept.People)
                ? kept
                : throw new SendException(
                    $"The kept data has a county of {kept.People} people with seed {kept.Seed}. Ask for the same, or begin anew with --fresh.");
        }

        var now = options.Clock.GetUtcNow();
        var state = new CountyState
        {
            Seed = options.Seed ?? CountyOptions.DefaultSeed,
            People = options.People ?? CountyOptions.DefaultPeople,
            Begun = options.Begun ?? now,
            IsLoaded = options.IsLoaded,

            // From the clock, so that even a county whose state file was lost uses no story's number again.
            StoriesReserved = Math.Max(0, (long)(now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds * 4),
        };
        state.Write(options.StateFile);
        return state;
    }
}
