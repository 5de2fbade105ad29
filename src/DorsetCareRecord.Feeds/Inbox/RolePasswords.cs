namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>Passwords for the two roles; null leaves a role's password as it is.</summary>
public sealed record RolePasswords(string? Worker, string? Portal)
{
    public static RolePasswords FromEnvironment() => new(
        Environment.GetEnvironmentVariable("DCR_WORKER_PASSWORD") is { Length: > 0 } worker ? worker : null,
        Environment.GetEnvironmentVariable("DCR_PORTAL_PASSWORD") is { Length: > 0 } portal ? portal : null);
}
