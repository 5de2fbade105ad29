using System.Globalization;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// OBX-5 by its data type (OBX-2), as it should be read by people, and the number in it if there is one. Numbers come in TX, FT
/// and ST as often as in NM (R24), so the number is looked for in any text; the text is kept as sent, blanks included.
/// </summary>
/// <param name="Text">Null when nothing was sent.</param>
/// <param name="Number">For trends only.</param>
/// <param name="Comparator">&lt;, &gt;, &lt;=, &gt;=.</param>
internal readonly record struct ResultValue(string? Text, decimal? Number, string? Comparator)
{
    /// <summary>Words rather than a value: lines of it make a text.</summary>
    public static bool IsNarrative(string? type) => type is null or "TX" or "FT" or "ST";

    /// <summary>HL7 table 0125; an unknown type is read as text (R13).</summary>
    public static bool IsKnown(string? type) => IsNarrative(type) || IsDocument(type) || type is "NM" or "SN" or "CE" or "CWE" or "CNE"
        or "CF" or "IS" or "ID" or "DT" or "TM" or "TS" or "DTM" or "XPN" or "XCN" or "PPN" or "CN" or "PN" or "XAD" or "XTN" or "TN" or "AD"
        or "CK" or "CX" or "CP" or "MO" or "NA" or "MA" or "EI" or "HD" or "XON" or "CQ" or "SI" or "VR" or "DR" or "NR";

    public static bool IsDocument(string? type) => type is "ED" or "RP";

    /// <summary>OBX-2 as the tables write it; null when the sender left it out.</summary>
    public static string? TypeOf(Segment obx) => obx[2].TextOf(1)?.ToUpperInvariant();

    public static ResultValue Of(Segment obx)
    {
        var field = obx[5];
        return TypeOf(obx) switch
        {
            "SN" => Structured(field),
            "CE" or "CWE" or "CNE" or "CF" or "IS" or "ID" => new(JoinRepetitions(field, Codings.WordsOrCodeOf, ", "), null, null),
            "DT" or "TS" or "DTM" => Date(field),
            "XPN" => new(JoinRepetitions(field, Names.OfPerson, ", "), null, null),
            "XCN" or "PPN" or "CN" => new(JoinRepetitions(field, Names.OfClinician, ", "), null, null),
            "NM" => FromText(JoinRepetitions(field, static r => r.Exact, ", ")),
            _ => FromText(Narrative(field)),
        };
    }

    /// <summary>In a text, ~ only breaks lines and ^ and &amp; are characters like others (R15).</summary>
    public static string? Narrative(Piece field) => JoinRepetitions(field, static r => r.Exact ?? "", "\n") is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static ResultValue FromText(string? text)
    {
        var (comparator, number) = Numeric(text);
        return new ResultValue(text, number, number is null ? null : comparator);
    }

    /// <summary>SN: comparator, number, separator, number: <c>&lt;^15</c>, <c>^1^:^128</c>, <c>^3^-^5</c>.</summary>
    private static ResultValue Structured(Piece field)
    {
        var (first, second) = (field.TextOf(2), field.TextOf(4));
        var text = $"{field.TextOf(1)}{first}{field.TextOf(3)}{second}";
        if (text.Length == 0)
            return default;
        return second is null && field.TextOf(3) is null ? FromText(text) : new ResultValue(text, null, null);
    }

    /// <summary>A date is shown as one; what cannot be a date as it came.</summary>
    private static ResultValue Date(Piece field) => new(
        Timestamp.Read(field[1].Raw)?.ToClinicalDate() is { } date
            ? date.InLondon.ToString(date.Precision >= Record.Values.DatePrecision.Minute ? "dd-MMM-yyyy HH:mm" : "dd-MMM-yyyy", CultureInfo.InvariantCulture)
            : field.Text,
        null,
        null);

    private static (string? Comparator, decimal? Number) Numeric(string? text)
    {
        var rest = text.AsSpan().Trim();
        string? comparator = null;
        foreach (var candidate in (ReadOnlySpan<string>)["<=", ">=", "<", ">"])
        {
            if (!rest.StartsWith(candidate))
                continue;
            comparator = candidate;
            rest = rest[candidate.Length..].TrimStart();
            break;
        }

        if (rest.EndsWith("%"))
            rest = rest[..^1].TrimEnd();
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        return rest.Length <= 20 && decimal.TryParse(rest, plain, CultureInfo.InvariantCulture, out var number)
            ? (comparator, number)
            : (null, null);
    }

    private static string? JoinRepetitions(Piece field, Func<Piece, string?> text, string separator)
    {
        if (!field.HasValue)
            return null;
        var parts = field.Repetitions.ToList().Select(text).Where(t => t is not null).ToList();
        return parts.Count == 0 ? null : string.Join(separator, parts);
    }
}
