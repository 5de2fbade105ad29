namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Ways of writing one and the same unit (10^9/L and 10*9/L, umol/L and µmol/L): a difference of spelling, never of size. Case stays,
/// for it is meaning (g and G). Nothing is converted; the unit shown is the one its laboratory wrote.
/// </summary>
internal static class Units
{
    /// <summary>For comparing only.</summary>
    internal static string Key(string? unit)
    {
        if (string.IsNullOrWhiteSpace(unit))
            return "";
        var key = unit.Replace(" ", "", StringComparison.Ordinal);
        if (Plain.TryGetValue(key, out var same))
            return same;
        return key.Replace('*', '^').Replace('µ', 'u').Replace('μ', 'u').Replace("²", "2", StringComparison.Ordinal)
            .Replace("micro", "u", StringComparison.Ordinal).Replace("x10", "10", StringComparison.Ordinal).Replace("ml/min", "mL/min", StringComparison.Ordinal)
            .Replace("⁹", "^9", StringComparison.Ordinal).Replace("¹²", "^12", StringComparison.Ordinal);
    }

    /// <summary>The units nearly every value has, answered without looking closer.</summary>
    private static readonly Dictionary<string, string> Plain =
        ((string[])["mmol/L", "umol/L", "g/L", "mg/L", "U/L", "fL", "pg", "L/L", "ng/L", "ug/L", "nmol/L", "pmol/L", "mmol/mol", "s", "%", "10^9/L", "10^12/L"])
        .ToDictionary(unit => unit, StringComparer.Ordinal);
}
