using System.Text;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Messages of one patient at one source share a lane and are worked in the order they came; other lanes do not wait.
/// The number is stored, so the way it is computed must never change while messages wait.
/// </summary>
internal readonly record struct Lane(string Source, int Number)
{
    public const int PerSource = 256;

    public static Lane Of(string source, string? patient) =>
        new(source, string.IsNullOrEmpty(patient) ? 0 : (int)(Hash(patient) % PerSource));

    /// <summary>FNV-1a, folded; stable over processes and versions of .NET, unlike string.GetHashCode.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ b) * 16777619u);
        return hash ^ (hash >> 15);
    }
}
