using System.Globalization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Times as operators type them: Dorset time unless they say otherwise.</summary>
internal static class Times
{
    internal static string Advice(string text) => $"\"{text}\" is not a time: write 2026-11-23T14:00 (Dorset time) or 2026-11-23T14:00Z.";

    internal static bool TryRead(string text, out DateTimeOffset time)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"],
            invariant, DateTimeStyles.None, out var local))
        {
            time = ClinicalDate.OfLondon(local, DatePrecision.Second).AsInstant();
            return true;
        }

        return DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out time);
    }
}
