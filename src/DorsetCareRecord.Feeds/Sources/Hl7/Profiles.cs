using System.Collections.Frozen;
using System.Reflection;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The HL7 v2 senders by the code of their feed. A profile is a JSON file named after its source: one in the folder that
/// <c>DCR_PROFILES</c> names, else the one in this assembly. They are read once, because the same message must give the same facts as
/// long as the process lives; another version of a profile is followed by a rebuild.
/// </summary>
public static class Profiles
{
    public const string FolderVariable = "DCR_PROFILES";

    private static readonly string[] Sources = [SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric, SourceCodes.CareCentricBournemouth];

    private static readonly Lazy<FrozenDictionary<string, Profile>> All = new(() => Load(Environment.GetEnvironmentVariable(FolderVariable)));

    /// <summary>Reads all profiles, so that a fault stops the start and not the first message.</summary>
    /// <exception cref="ProfileException">A profile has faults; the message lists every one.</exception>
    public static void Check() => _ = All.Value;

    public static DoorRules DoorOf(string source) => Of(source).Door;

    internal static bool Has(string source) => Sources.Contains(source);

    /// <exception cref="ArgumentOutOfRangeException">Not an HL7 v2 source.</exception>
    internal static Profile Of(string source) =>
        All.Value.GetValueOrDefault(source) ?? throw new ArgumentOutOfRangeException(nameof(source), "Not an HL7 v2 source.");

    /// <param name="folder">Where other profiles than the built-in ones are; null for none.</param>
    /// <exception cref="ProfileException">A profile has faults.</exception>
    internal static FrozenDictionary<string, Profile> Load(string? folder)
    {
        var (faults, profiles) = (new List<ProfileFault>(), new List<Profile>());
        if (!string.IsNullOrEmpty(folder))
            CheckFolder(folder, faults);
        foreach (var source in Sources)
        {
            var file = $"{source}.json";
            var own = string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, file);
            try
            {
                var json = own is not null && File.Exists(own) ? File.ReadAllText(own) : BuiltIn(file);
                if (ProfileReader.Read(json, own ?? file, source, faults) is { } profile)
                    profiles.Add(profile);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add(new ProfileFault(own ?? file, "$", "cannot be read", "a file this process may read"));
            }
        }

        faults.AddRange(profiles.GroupBy(p => p.Door.Port).Where(g => g.Count() > 1)
            .Select(g => new ProfileFault($"{g.Last().Source}.json", "$.door.port", $"is {g.Key}, as in {g.First().Source}.json", "a port of its own for each source")));
        return faults.Count == 0 ? profiles.ToFrozenDictionary(p => p.Source) : throw new ProfileException(faults);
    }

    /// <summary>A file nobody would read is a mistake: the operator believes that it counts.</summary>
    private static void CheckFolder(string folder, List<ProfileFault> faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add(new ProfileFault(folder, "$", $"is no folder ({FolderVariable})", "a folder with profiles"));
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(f => !Sources.Contains(Path.GetFileNameWithoutExtension(f))))
            faults.Add(new ProfileFault(Path.GetFileName(file), "$", "is the profile of no source", string.Join(", ", Sources.Select(s => $"{s}.json"))));
    }

    private static string BuiltIn(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
