using System.Text.RegularExpressions;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Numbers of a strength or dose as NHS CUI wants them read: no trailing nought (MEDi-015), a nought before the point (MEDi-016), a comma
/// at thousands (MEDi-017). The same number otherwise written, never another; a prescriber's own sentence is left alone (hazard H12).
/// </summary>
internal static partial class MedicineNumbers
{
    internal static string Text(string text) => Number().Replace(text, match =>
    {
        var whole = match.Groups["whole"].Value is { Length: > 0 } digits ? digits : "0";
        var part = match.Groups["part"].Value.TrimEnd('0');
        if (whole.Length > 3 && whole[0] != '0')
            whole = string.Concat(whole.Select((digit, at) => at > 0 && (whole.Length - at) % 3 == 0 ? $",{digit}" : $"{digit}"));
        return part.Length == 0 ? whole : $"{whole}.{part}";
    });

    // Not inside a longer figure, a version or a code: 1.2.3 and B12 are no amounts.
    [GeneratedRegex(@"(?<![\w.,])(?<whole>\d*)(?:\.(?<part>\d+))?(?<=\d)(?![\d.,]*\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Number();
}
