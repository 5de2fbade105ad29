using System.Globalization;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County.Cutover;

/// <summary><c>county cutover</c>: writes what the migration team of the running county would hand over, into the worker's folder.</summary>
internal static class CutoverFilesCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var settings = Settings.Load();
            var options = CountyOptions.From(settings);
            var state = CountyState.Read(options.StateFile);
            var (people, seed, faults) = (state?.People ?? options.People ?? CountyOptions.DefaultPeople, state?.Seed ?? CountyOptions.DefaultSeed, new CutoverFaults());
            for (var i = 0; i + 1 < args.Length; i += 2)
            {
                var number = int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new SendException($"{args[i]} needs a number.");
                (people, seed, faults) = args[i] switch
                {
                    "--people" => (number, seed, faults),
                    "--seed" => (people, number, faults),
                    "--forget-allergies" => (people, seed, faults with { ForgottenAllergies = number }),
                    "--unmapped" => (people, seed, faults with { Unmapped = number }),
                    _ => throw new SendException($"county cutover does not understand {args[i]}."),
                };
            }

            var today = LondonClock.DayOf(state?.Begun ?? TimeProvider.System.GetUtcNow());
            var folder = settings["DCR_CUTOVER", Path.Combine(settings.LocalFolder, "cutover")];
            await new CutoverPlay(seed, people, today, faults).WriteAsync(folder, CancellationToken.None);
            Console.WriteLine($"crosswalk and extract of {people} people are in {folder}; next: ./dcr cutover announce, crosswalk, compare");
            return 0;
        }
        catch (SendException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
