using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Sources.SystemC;

/// <summary>
/// ZU3 of the A.2 profile as Medway fills it: ZU3-3 the national attendance code where it has one, ZU3-13 (ZU3-12 at some
/// sites) the reason, its words in the fifth component. NS and NO say that nothing was recorded, which is no outcome.
/// </summary>
internal static class MedwayAttendance
{
    public static string? OutcomeOf(IReadOnlyList<Segment> segments)
    {
        var zu3 = segments.FirstOrDefault(s => s.Is("ZU3"));
        if (zu3[3].TextOf(1) is not { } code || !CodeMaps.Attendance.TryGetValue(code, out var outcome))
            return null;
        var reason = zu3[13].TextOf(5) ?? zu3[12].TextOf(5);
        return reason is null || IsNotSet(reason) ? outcome : $"{outcome}: {reason}";
    }

    private static bool IsNotSet(string reason) => reason.Contains("not set", StringComparison.OrdinalIgnoreCase);
}
