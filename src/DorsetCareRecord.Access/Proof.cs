namespace DorsetCareRecord.Access;

/// <summary>
/// How old a proof of who somebody is may be for acts that need more than a session: breaking a seal, opening more to others, giving
/// roles (ASVS 5.0, 7.5.3).
/// </summary>
public static class Proof
{
    /// <summary>When the page of such an act is opened.</summary>
    public static readonly TimeSpan ToBegin = TimeSpan.FromMinutes(5);

    /// <summary>When it is done: whoever opened its page in time has ten minutes for the words.</summary>
    public static readonly TimeSpan ToFinish = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>A proof that lies in the future is none.</summary>
    public static bool HasProved(this Viewer viewer, TimeSpan within, DateTimeOffset now) =>
        now - viewer.AuthenticatedAt <= within && viewer.AuthenticatedAt - now <= ClockSkew;
}
