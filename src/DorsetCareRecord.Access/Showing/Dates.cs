using System.Globalization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Dates and times for people, by the NHS CUI rules D+Ta-0002 to 0018 and D+Tb-0001 to 0011: dd-Mmm-yyyy with English
/// months whatever the server's settings, partial dates as partial as they are, 24-hour times in Dorset.
/// </summary>
public static class Dates
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary><c>14-Jul-1945</c>, <c>Jul-1945</c>, <c>1945</c>, <c>23-Nov-2026 06:10</c>.</summary>
    public static string Text(ClinicalDate date) => date.Precision switch
    {
        DatePrecision.Year => date.InLondon.ToString("yyyy", Plain),
        DatePrecision.Month => date.InLondon.ToString("MMM-yyyy", Plain),
        DatePrecision.Day => date.InLondon.ToString("dd-MMM-yyyy", Plain),
        _ => date.InLondon.ToString("dd-MMM-yyyy HH:mm", Plain),
    };

    /// <summary>The day alone, where the hour does not matter.</summary>
    public static string Day(ClinicalDate date) =>
        date.Precision > DatePrecision.Day ? date.InLondon.ToString("dd-MMM-yyyy", Plain) : Text(date);

    /// <summary><c>23-Nov-2026 14:02</c>.</summary>
    public static string Moment(DateTimeOffset at) => InLondon(at).ToString("dd-MMM-yyyy HH:mm", Plain);

    /// <summary><c>23-Nov-2026</c>.</summary>
    public static string Day(DateTimeOffset at) => InLondon(at).ToString("dd-MMM-yyyy", Plain);

    /// <summary><c>Nov-2026</c>.</summary>
    public static string Month(DateTimeOffset at) => InLondon(at).ToString("MMM-yyyy", Plain);

    /// <summary><c>14:02</c>.</summary>
    public static string Clock(DateTimeOffset at) => InLondon(at).ToString("HH:mm", Plain);

    /// <summary><c>14:02</c> today, else the day.</summary>
    public static string Lately(DateTimeOffset at, DateTimeOffset now) =>
        InLondon(at).Date == InLondon(now).Date ? Clock(at) : Day(at);

    /// <summary>Today in Dorset.</summary>
    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(InLondon(now));

    /// <summary>For the datetime attribute: what machines, and screen readers through them, read.</summary>
    public static string Machine(ClinicalDate date) => date.ToString();

    /// <summary>The wall clock in Dorset.</summary>
    public static DateTime Local(DateTimeOffset at) => InLondon(at);

    private static DateTime InLondon(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).DateTime;
}
