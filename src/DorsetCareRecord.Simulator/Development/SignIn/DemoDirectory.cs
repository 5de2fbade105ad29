using System.Text.Json;

namespace DorsetCareRecord.Simulator.Development.SignIn;

/// <summary>A member of staff who does not exist.</summary>
/// <param name="Subject">The name they sign in with.</param>
/// <param name="Organisation">The partner's code.</param>
/// <param name="Role">As the directory spells it.</param>
public sealed record DemoUser(string Subject, string Name, string Organisation, string Role);

/// <summary>
/// The demo users of every role and the eight organisations, in the file that <c>Portal directory import</c> reads. Its users
/// are of any issuer (<c>*</c>), so that an account stays the same person when the sign-in moves to another port.
/// </summary>
public sealed record DemoDirectory(IReadOnlyList<DemoUser> Users)
{
    /// <summary>Beside the program.</summary>
    public static string File => Path.Combine(AppContext.BaseDirectory, "Development", "demo-directory.json");

    public static DemoDirectory Load()
    {
        using var stream = System.IO.File.OpenRead(File);
        return JsonSerializer.Deserialize<DemoDirectory>(stream, JsonSerializerOptions.Web)
            ?? throw new DevelopmentException($"The demo directory {File} is empty.");
    }

    /// <summary>Once for each organisation they work for; none when nobody is called so.</summary>
    public IReadOnlyList<DemoUser> Find(string? subject) => [.. Users.Where(user => user.Subject == subject)];
}
