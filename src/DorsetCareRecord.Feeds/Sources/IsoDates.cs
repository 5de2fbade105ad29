using System.Globalization;
using System.Text.RegularExpressions;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources;

/// <summary>ISO 8601 as FHIR (date, dateTime, instant) and councils write it: partial dates stay partial, no zone means Dorset.</summary>
internal static partial class IsoDates
{
    /// <summary>False for text that is no such date; true with null for no text.</summary>
    public static bool TryRead(string? text, out ClinicalDate? date)
    {
        date = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;

        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            return false;
        try
        {
            date = Of(match);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false; // The 30th of February.
        }
    }

    /// <summary>A point in time, which a version must be; null for less.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        TryRead(text, out _) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;

    private static ClinicalDate Of(Match match)
    {
        var year = Number("year");
        if (!match.Groups["month"].Success)
            return ClinicalDate.OfYear(year);
        var month = Number("month");
        if (!match.Groups["day"].Success)
            return ClinicalDate.OfMonth(year, month);
        if (!match.Groups["hour"].Success)
            return ClinicalDate.OfDay(new DateOnly(year, month, Number("day")));

        var precision = match.Groups["second"].Success ? DatePrecision.Second : DatePrecision.Minute;
        var wall = new DateTime(
            year, month, Number("day"), Number("hour"), Number("minute"), match.Groups["second"].Success ? Number("second") : 0);
        return match.Groups["zone"].Success
            ? ClinicalDate.OfInstant(new DateTimeOffset(wall, Offset(match.Groups["zone"].Value)), precision)
            : ClinicalDate.OfLondon(wall, precision);

        int Number(string part) => int.Parse(match.Groups[part].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static TimeSpan Offset(string zone)
    {
        if (zone == "Z")
            return TimeSpan.Zero;
        var offset = TimeSpan.ParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"^(?<year>[12]\d{3})(-(?<month>0[1-9]|1[0-2])(-(?<day>0[1-9]|[12]\d|3[01])(T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(:(?<second>[0-5]\d)(\.\d+)?)?(?<zone>Z|[+-](0\d|1[0-4]):[0-5]\d)?)?)?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
