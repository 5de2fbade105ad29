namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>
/// NHS numbers of the range kept for tests (999), each once, with a true modulus 11 check digit (NHS Data Dictionary).
/// </summary>
internal static class NhsNumbers
{
    private const int Range = 1_000_000;

    // Coprime to the range, so that stepping by it visits every number once.
    private const int Stride = 618_033;

    /// <returns>Numbers in the seed's own order; about 909,000 of them.</returns>
    public static IEnumerable<string> Sequence(int seed)
    {
        var at = Dice.For(seed, "nhs-numbers").Between(0, Range - 1);
        for (var i = 0; i < Range; i++, at = (at + Stride) % Range)
        {
            var nine = $"999{at:D6}";
            if (CheckDigit(nine) is var check and < 10 && at != 999_999)
                yield return $"{nine}{check}";
        }
    }

    /// <summary>10 when these nine digits can begin no NHS number.</summary>
    public static int CheckDigit(string nine)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (nine[i] - '0') * (10 - i);
        return (11 - sum % 11) % 11;
    }
}
