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
            Loaded = () =>
            {
                plan.Loaded();
                Introduce(plan);
            },
            Rate = plan.Rate,
        };
        if (plan.County.Loaded)
            Introduce(plan);
        await CountyRunner.RunAsync(options, new ProgressBar(Console.Out, !Console.IsOutputRedirected), ct);
    }

    private static void Introduce(CountyPlan plan)
    {
        Console.WriteLine($"The county is loaded{(plan.Rate > 0 ? $" and goes on living at {plan.Rate:0.#} messages a second" : "")}. Look somebody up:");
        Console.WriteLine();
        foreach (var line in Introductions.Lines(plan.County.Seed, plan.County.People, LondonClock.DayOf(plan.County.Begun)))
            Console.WriteLine($"  {line}");
        Console.WriteLine();
    }
}
