using System.Globalization;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>What was typed after <c>up</c>.</summary>
public sealed record UpOptions
{
    public const int DefaultPeople = 2000;
    public const double DefaultRate = 5;
    private const int MostPeople = 1_000_000;

    /// <summary>People of the synthetic county.</summary>
    public int People { get; init; } = DefaultPeople;

    /// <summary>Messages a second once the county is loaded; 0 for silence.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>The same seed makes the same county.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>False with <c>--no-simulator</c>: no county, for messages of your own.</summary>
    public bool Simulates { get; init; } = true;

    /// <summary>Whether the kept data are erased first.</summary>
    public bool Fresh { get; init; }

    /// <summary>Accepts <c>--people 5</c> and <c>--people=5</c>. <see cref="DevelopmentException"/> names what it cannot read.</summary>
    public static UpOptions Parse(IReadOnlyList<string> words)
    {
        var options = new UpOptions();
        var rest = new Queue<string>(words.SelectMany(word =>
            word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=', 2) : [word]));
        while (rest.TryDequeue(out var word))
        {
            options = word switch
            {
                "--people" => options with { People = Whole(word, rest, 1, MostPeople) },
                "--seed" => options with { Seed = Whole(word, rest, 0, int.MaxValue) },
                "--rate" => options with { Rate = Rates(word, rest) },
                "--no-simulator" => options with { Simulates = false },
                "--fresh" => options with { Fresh = true },
                _ => throw new DevelopmentException(
                    $"up does not know {word}: it takes --people N, --rate MESSAGES_PER_SECOND, --seed N, --no-simulator and --fresh."),
            };
        }

        return options;
    }

    private static int Whole(string name, Queue<string> rest, int least, int most) =>
        rest.TryDequeue(out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new DevelopmentException($"{name} takes a whole number from {least} to {most}.");

    private static double Rates(string name, Queue<string> rest) =>
        rest.TryDequeue(out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 10_000
            ? number
            : throw new DevelopmentException($"{name} takes messages a second, from 0 to 10000.");
}
