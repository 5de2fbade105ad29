using System.Globalization;
using DorsetCareRecord.Feeds.Door;

namespace DorsetCareRecord.Feeds.Files;

/// <summary>How much smaller than the last a full extract may be before a person must look at it.</summary>
/// <param name="Percent">Of the rows of any file (<c>DCR_EXTRACT_COLLAPSE</c>).</param>
public sealed record CollapseSettings(int Percent)
{
    /// <summary>Another percentage for one council, by its source (<c>DCR_EXTRACT_COLLAPSE_DCC</c>, <c>_BBC</c>, <c>_BOP</c>).</summary>
    public IReadOnlyDictionary<string, int> OfSource { get; init; } = new Dictionary<string, int>();

    /// <summary>Fewer rows than this come and go; that a few are gone says nothing.</summary>
    public int LeastRows { get; init; } = 10;

    public int For(string source) => OfSource.GetValueOrDefault(source, Percent);

    /// <exception cref="FormatException">A variable is not a whole number from 1 to 100.</exception>
    public static CollapseSettings From(Func<string, string?> read) => new(PercentOf("DCR_EXTRACT_COLLAPSE", read) ?? 20)
    {
        OfSource = Drop.Councils.Select(council => (council.Source, Percent: PercentOf($"DCR_EXTRACT_COLLAPSE_{council.Name.ToUpperInvariant()}", read)))
            .Where(council => council.Percent is not null).ToDictionary(council => council.Source, council => council.Percent!.Value),
    };

    private static int? PercentOf(string variable, Func<string, string?> read) => read(variable) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100 ? percent
        : throw new FormatException($"{variable} must be a whole number of per cent, from 1 to 100.");
}
