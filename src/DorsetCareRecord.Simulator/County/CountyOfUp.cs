using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary>The synthetic county as the development host runs it.</summary>
internal static class CountyOfUp
{
    public static async Task SpeakAsync(CountyPlan plan, CancellationToken ct)
    {
        var options = CountyOptions.From(Settings.Of(plan.Settings)) with
        {
            Seed = plan.County.Seed,
            People = plan.County.People,
            Begun = plan.County.Begun,
            IsLoaded = plan.County.Loaded,
            Loaded = plan.Loaded,
            Rate = plan.Rate,
        };
        await CountyRunner.RunAsync(options, new ProgressBar(Console.Out, !Console.IsOutputRedirected), ct);
    }
}
