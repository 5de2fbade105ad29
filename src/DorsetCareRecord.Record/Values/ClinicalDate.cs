using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DorsetCareRecord.Record.Values;

/// <summary>How much of a clinical date its source gave.</summary>
public enum DatePrecision
{
    Year = 1,
    Month = 2,
    Day = 3,
    Minute = 4,
    Second = 5,
}

/// <summary>
/// A date, or date and time, exactly as precise as its source gave it: a year is a year.
/// Days and less have no time zone, so a date of birth never shifts; minutes and seconds are instants.
/// </summary>
/// <remarks>
/// The one text form, used in storage and JSON, is ISO 8601 cut to the precision:
/// <c>1945</c>, <c>1945-07</c>, <c>1945-07-14</c>, <c>2026-11-23T14:02Z</c>, <c>2026-11-23T14:02:05Z</c>. It sorts in time order
/// within a precision. FHIR's date and dateTime have the same partial forms.
/// </remarks>
public readonly record struct ClinicalDate : IComparable<ClinicalDate>
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private ClinicalDate(DateTime value, DatePrecision precision) => (Value, Precision) = (value, precision);

    /// <summary>UTC for minutes and seconds; the calendar day (kind unspecified) otherwise.</summary>
    public DateTime Value { get; }

    public DatePrecision Precision { get; }

    public static ClinicalDate OfYear(int year) => new(new DateTime(year, 1, 1), DatePrecision.Year);

    public static ClinicalDate OfMonth(int year, int month) => new(new DateTime(year, month, 1), DatePrecision.Month);

    public static ClinicalDate OfDay(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), DatePrecision.Day);

    public static ClinicalDate OfInstant(DateTimeOffset instant, DatePrecision precision = DatePrecision.Minute) =>
        new(Cut(instant.UtcDateTime, precision), precision);

    /// <summary>
    /// A wall-clock time in Dorset. The hour that occurs twice in October is read as the first (summer time); the one that
    /// does not exist in March is read as if summer time had begun.
    /// </summary>
    public static ClinicalDate OfLondon(DateTime local, DatePrecision precision = DatePrecision.Minute)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = London.IsAmbiguousTime(wall) ? London.GetAmbiguousTimeOffsets(wall).Max()
            : London.IsInvalidTime(wall) ? TimeSpan.FromHours(0)
            : London.GetUtcOffset(wall);
        return OfInstant(new DateTimeOffset(wall, offset), precision);
    }

    /// <summary>The calendar day in Dorset; the first of the month or year for partial dates.</summary>
    public DateOnly DayInLondon =>
        DateOnly.FromDateTime(Precision >= DatePrecision.Minute ? TimeZoneInfo.ConvertTimeFromUtc(Value, London) : Value);

    /// <summary>Wall-clock time in Dorset; midnight for days and less.</summary>
    public DateTime InLondon => Precision >= DatePrecision.Minute ? TimeZoneInfo.ConvertTimeFromUtc(Value, London) : Value;

    /// <summary>For sorting against instants: the instant itself, or the start of the day in Dorset.</summary>
    public DateTimeOffset AsInstant() => Precision >= DatePrecision.Minute
        ? new DateTimeOffset(DateTime.SpecifyKind(Value, DateTimeKind.Utc))
        : new DateTimeOffset(Value, London.GetUtcOffset(Value)).ToUniversalTime();

    /// <summary>The one storage form; see remarks.</summary>
    public override string ToString() => Precision switch
    {
        DatePrecision.Year => Value.ToString("yyyy", CultureInfo.InvariantCulture),
        DatePrecision.Month => Value.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        DatePrecision.Day => Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DatePrecision.Minute => Value.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
        DatePrecision.Second => Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Reads the storage form only; sources' own forms are read by their adapters.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ClinicalDate? date)
    {
        date = null;
        var invariant = CultureInfo.InvariantCulture;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        date = text?.Length switch
        {
            4 when DateTime.TryParseExact(text, "yyyy", invariant, default, out var y) => new(y, DatePrecision.Year),
            7 when DateTime.TryParseExact(text, "yyyy-MM", invariant, default, out var m) => new(m, DatePrecision.Month),
            10 when DateTime.TryParseExact(text, "yyyy-MM-dd", invariant, default, out var d) => new(d, DatePrecision.Day),
            17 when DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", invariant, utc, out var t) =>
                new(t, DatePrecision.Minute),
            20 when DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", invariant, utc, out var s) =>
                new(s, DatePrecision.Second),
            _ => null,
        };
        return date is not null;
    }

    public int CompareTo(ClinicalDate other)
    {
        var byTime = AsInstant().CompareTo(other.AsInstant());
        return byTime != 0 ? byTime : Precision.CompareTo(other.Precision);
    }

    public static bool operator <(ClinicalDate left, ClinicalDate right) => left.CompareTo(right) < 0;

    public static bool operator >(ClinicalDate left, ClinicalDate right) => left.CompareTo(right) > 0;

    public static bool operator <=(ClinicalDate left, ClinicalDate right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ClinicalDate left, ClinicalDate right) => left.CompareTo(right) >= 0;

    private static DateTime Cut(DateTime utc, DatePrecision precision) => precision == DatePrecision.Second
        ? new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, DateTimeKind.Utc)
        : new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, DateTimeKind.Utc);
}
