using System.Globalization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// Dates and times (HL7 v2.8 chapter 2A, DT and DTM): <c>YYYY[MM[DD[HHMM[SS[.S]]]]][+ZZZZ]</c>, with hyphens, colons and a T
/// tolerated as real senders write them. Without an offset the time is a wall clock's in Dorset.
/// </summary>
/// <remarks>
/// Precision is kept. An hour without minutes is a day here: the record knows no such precision and invents none. A part that
/// cannot be (month 13) makes the whole value unreadable: the field is faulted, never the message.
/// </remarks>
internal readonly record struct Timestamp(DateTime Wall, DatePrecision Precision, TimeSpan? Offset)
{
    /// <summary>Years outside are typing errors, not dates.</summary>
    private const int Earliest = 1850;

    private const int Latest = 2200;

    public static Timestamp? Read(ReadOnlySpan<char> raw)
    {
        Span<char> digits = stackalloc char[17];
        if (!TrySplit(raw.Trim(), digits, out var count, out var offset))
            return null;
        ReadOnlySpan<char> d = digits[..count];
        if (count is not (4 or 6 or 8 or 10 or 12 or >= 14))
            return null;

        var year = Number(d[..4]);
        var month = count >= 6 ? Number(d[4..6]) : 1;
        var day = count >= 8 ? Number(d[6..8]) : 1;
        var hour = count >= 10 ? Number(d[8..10]) : 0;
        var minute = count >= 12 ? Number(d[10..12]) : 0;
        var second = count >= 14 ? Number(d[12..14]) : 0;
        if (year is < Earliest or > Latest || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return null;

        var fraction = count > 14 ? Number(d[14..]) * (int)Math.Pow(10, 17 - count) : 0;
        var wall = new DateTime(year, month, day, hour, minute, second, fraction, DateTimeKind.Unspecified);
        return new Timestamp(wall, PrecisionOf(count), offset);
    }

    /// <summary>For the record, as precise as it was sent.</summary>
    public ClinicalDate ToClinicalDate() => Precision switch
    {
        DatePrecision.Year => ClinicalDate.OfYear(Wall.Year),
        DatePrecision.Month => ClinicalDate.OfMonth(Wall.Year, Wall.Month),
        DatePrecision.Day => ToDay(),
        _ when Offset is { } offset => ClinicalDate.OfInstant(new DateTimeOffset(Wall, offset), Precision),
        _ => ClinicalDate.OfLondon(Wall, Precision),
    };

    /// <summary>The calendar day alone, for dates of birth: senders append midnight, and a birthday never shifts by a time zone.</summary>
    public ClinicalDate ToDay() => Precision switch
    {
        DatePrecision.Year or DatePrecision.Month => ToClinicalDate(),
        _ => ClinicalDate.OfDay(DateOnly.FromDateTime(Wall)),
    };

    /// <summary>
    /// The instant with its fraction, for versions. In the hour that occurs twice in October, of the two possible instants the
    /// one nearer to <paramref name="near"/> is meant.
    /// </summary>
    public DateTimeOffset ToInstant(DateTimeOffset near)
    {
        if (Offset is { } offset)
            return new DateTimeOffset(Wall, offset).ToUniversalTime();
        var first = ClinicalDate.OfLondon(Wall, DatePrecision.Second).AsInstant().AddTicks(Wall.Ticks % TimeSpan.TicksPerSecond);
        return London.IsAmbiguousTime(Wall) && (near - first.AddHours(1)).Duration() < (near - first).Duration()
            ? first.AddHours(1)
            : first;
    }

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static DatePrecision PrecisionOf(int digits) => digits switch
    {
        4 => DatePrecision.Year,
        6 => DatePrecision.Month,
        8 or 10 => DatePrecision.Day,
        12 => DatePrecision.Minute,
        _ => DatePrecision.Second,
    };

    /// <summary>Digits without punctuation (at most milliseconds), and the offset if there is one.</summary>
    private static bool TrySplit(ReadOnlySpan<char> raw, Span<char> digits, out int count, out TimeSpan? offset)
    {
        count = 0;
        offset = null;
        // A hyphen within the first ten characters belongs to the date; a later one opens the offset.
        var hyphenated = raw.Length > 4 && raw[4] == '-';
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (char.IsAsciiDigit(c))
            {
                if (count < digits.Length)
                    digits[count++] = c;
                else if (i > 30)
                    return false;
            }
            else if (c is '+' or 'Z' || c == '-' && !(hyphenated && i < 10))
            {
                return TryOffset(raw[i..], out offset);
            }
            else if (!(c == '-' || c is ':' or 'T' or ' ' && count >= 8 || c == '.' && count >= 14))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z")
            return true;
        var hasColon = text.Length == 6 && text[3] == ':';
        if (!(text.Length == 5 || hasColon) || text[1..3].ContainsAnyExceptInRange('0', '9')
            || text[^2..].ContainsAnyExceptInRange('0', '9'))
            return false;
        var size = new TimeSpan(Number(text[1..3]), Number(text[^2..]), 0);
        offset = text[0] == '-' ? -size : size;
        return size <= TimeSpan.FromHours(14);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
