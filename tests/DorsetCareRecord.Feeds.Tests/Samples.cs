namespace DorsetCareRecord.Feeds.Tests;

/// <summary>
/// Public sample messages, where somebody put them: <c>DCR_SAMPLES</c>, or <c>../shared/samples</c> beside the repository. Tests
/// over them pass without them.
/// </summary>
internal static class Samples
{
    public static string? Folder { get; } = Find();

    /// <summary>Files below a folder of the samples; none when there are no samples.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        Folder is not null && Directory.Exists(Path.Combine(Folder, folder))
            ? Directory.GetFiles(Path.Combine(Folder, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList()
            : [];

    /// <summary>The folder with the solution.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DorsetCareRecord.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("DCR_SAMPLES") is { Length: > 0 } named
        ? named
        : Path.GetDirectoryName(Repository) is { } beside ? Path.Combine(beside, "shared", "samples") : null;
}
