using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>Whether a source is heard as often as it usually is at this hour of the week.</summary>
public enum SourceState
{
    OnTime = 1,
    Late = 2,
    Silent = 3,

    /// <summary>Nothing was ever received from it.</summary>
    NotConnected = 4,
}

/// <summary>How long a source may say nothing at an hour of the week (rule R12).</summary>
/// <param name="LateAfter">From then on it is late.</param>
/// <param name="SilentAfter">From then on it counts as silent, and somebody must act.</param>
/// <param name="Usual">Messages in such an hour; null when not learnt yet.</param>
/// <param name="Weeks">Weeks of history it was learnt from; 0 for the default.</param>
public sealed record Expectation(TimeSpan LateAfter, TimeSpan SilentAfter, double? Usual = null, int Weeks = 0)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Monday 00:00 to 01:00 in Dorset is 0, Sunday 23:00 to 24:00 is 167.</summary>
    public static int HourOfWeek(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, London);
        return ((int)local.DayOfWeek + 6) % 7 * 24 + local.Hour;
    }

    /// <summary>Until enough is learnt: hospitals talk all day and less at night and weekends; the others send once a night.</summary>
    public static Expectation Default(string source, int hourOfWeek) => source switch
    {
        _ when IsOvernight(source) => new(TimeSpan.FromHours(26), TimeSpan.FromHours(50)),
        SourceCodes.Gp => new(TimeSpan.FromHours(36), TimeSpan.FromHours(60)),
        _ when hourOfWeek < 5 * 24 && hourOfWeek % 24 is >= 8 and < 20 => new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)),
        _ => new(TimeSpan.FromHours(2), TimeSpan.FromHours(6)),
    };

    /// <summary>Sends a whole extract each night: what it says is as of that night.</summary>
    public static bool IsOvernight(string source) => source.StartsWith("socialcare-", StringComparison.Ordinal);

    public SourceState StateOf(DateTimeOffset? lastReceived, DateTimeOffset now) => lastReceived is not { } last ? SourceState.NotConnected
        : now - last >= SilentAfter ? SourceState.Silent
        : now - last >= LateAfter ? SourceState.Late
        : SourceState.OnTime;
}
