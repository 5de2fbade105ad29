using System.Diagnostics.CodeAnalysis;

namespace DorsetCareRecord.Record.Values;

/// <summary>
/// An NHS number that cannot be wrong in form: ten digits whose last is the modulus 11 check digit
/// (NHS Data Dictionary, NHS NUMBER) and that are not one digit repeated.
/// </summary>
public readonly record struct NhsNumber
{
    private readonly string? _digits;

    private NhsNumber(string digits) => _digits = digits;

    /// <summary>Ten digits without spaces; empty for the default value only.</summary>
    public string Digits => _digits ?? "";

    /// <summary>Reads any spacing and hyphens; false for a wrong length, a wrong check digit or one digit repeated.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NhsNumber? number)
    {
        number = null;
        if (text is null || text.Length > 40)
            return false;

        Span<char> digits = stackalloc char[10];
        var count = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '-' or '\u00A0' or '\t')
                continue;
            if (!char.IsAsciiDigit(c) || count == 10)
                return false;
            digits[count++] = c;
        }

        if (count != 10 || digits.IndexOfAnyExcept(digits[0]) < 0 || CheckDigit(digits[..9]) != digits[9] - '0')
            return false;
        number = new NhsNumber(new string(digits));
        return true;
    }

    /// <summary>The modulus 11 check digit of the first nine digits; 10 when these nine can begin no NHS number.</summary>
    public static int CheckDigit(ReadOnlySpan<char> nine)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (nine[i] - '0') * (10 - i);
        var check = 11 - sum % 11;
        return check == 11 ? 0 : check;
    }

    /// <summary>For people: 3-3-4 with spaces (CUI NUM-0001).</summary>
    public string ForDisplay() => Digits.Length == 10 ? $"{Digits[..3]} {Digits[3..6]} {Digits[6..]}" : "";

    /// <summary>Says nothing of the number: identifiers do not belong in logs or exceptions.</summary>
    public override string ToString() => "NHS number";
}
