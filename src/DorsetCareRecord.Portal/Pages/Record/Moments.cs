using System.Globalization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>A past moment in an address: wall-clock time in Dorset, as a browser's own date and time field writes it.</summary>
internal static class Moments
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"];

    /// <summary>False for what is no moment, or one that has not been.</summary>
    internal static bool TryRead(string? text, DateTimeOffset now, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 1990 or > 2200)
            return false;
        // A minute is meant whole: what was received within it was known in it.
        var whole = local.Second == 0 && local.Millisecond == 0 && text.Length == 16 ? local.AddSeconds(59) : local;
        var instant = ClinicalDate.OfLondon(whole, DatePrecision.Second).AsInstant().AddTicks(whole.Ticks % TimeSpan.TicksPerSecond);
        if (instant.AddMinutes(-1) > now)
            return false;
        at = instant;
        return true;
    }

    /// <summary>For a browser's field, which takes no parts of a second this small.</summary>
    internal static string Minute(DateTimeOffset at) => Access.Showing.Dates.Local(at).ToString(Forms[0], CultureInfo.InvariantCulture);

    internal static string Write(DateTimeOffset at) =>
        Access.Showing.Dates.Local(at).ToString(at.Ticks % TimeSpan.TicksPerMinute == 59 * TimeSpan.TicksPerSecond ? Forms[0] : Forms[2], CultureInfo.InvariantCulture);
}
