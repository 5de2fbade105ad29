using System.Text.Json;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>
/// Where the doors of a running house are: the environment's variables first, then what <c>up</c> wrote to
/// <c>.local/up.json</c> in this folder or one above, then the documented defaults (docs/house.md).
/// </summary>
public sealed class Settings
{
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<string, string> _written;

    private Settings(Func<string, string?> environment, Dictionary<string, string> written, string local)
    {
        _environment = environment;
        _written = written;
        LocalFolder = local;
    }

    /// <summary>The folder of private state, <c>.local</c>, as a full path.</summary>
    public string LocalFolder { get; }

    public string this[string variable, string otherwise] => Find(variable) ?? otherwise;

    public string? Find(string variable) =>
        _environment(variable) is { Length: > 0 } value ? value : _written.GetValueOrDefault(variable);

    /// <summary><c>DCR_ROOT</c> names the clone; without it, it is looked for from the current folder upwards.</summary>
    public static Settings Load() => Load(
        Environment.GetEnvironmentVariable,
        Environment.GetEnvironmentVariable("DCR_ROOT") is { Length: > 0 } root ? root : Environment.CurrentDirectory);

    /// <summary>Settings somebody else has made out already.</summary>
    internal static Settings Of(IReadOnlyDictionary<string, string> values) =>
        new(_ => null, values.ToDictionary(), Path.Combine(Environment.GetEnvironmentVariable("DCR_ROOT") ?? Environment.CurrentDirectory, ".local"));

    internal static Settings Load(Func<string, string?> environment, string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, ".local", "up.json");
            if (File.Exists(file))
                return new Settings(environment, Read(file), Path.Combine(at.FullName, ".local"));
        }

        return new Settings(environment, [], Path.Combine(folder, ".local"));
    }

    private static Dictionary<string, string> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(property => property.Name, property => property.Value.GetString()!);
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new SendException($"{file} cannot be read; set the variables of docs/house.md, or run ./dcr up again.", e);
        }
    }
}
