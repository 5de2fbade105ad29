using System.Globalization;
using System.Text.Json;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// An object of a profile while it is read. Every question names a property; what was never asked for is a fault at the end, so that
/// a misspelt setting is found at the start and not by its absence.
/// </summary>
internal sealed class ProfileNode(JsonElement element, string file, string path, List<ProfileFault> faults)
{
    private readonly HashSet<string> _asked = [];

    public string Path => path;

    public void Wrong(string at, string wrong, string allowed) => faults.Add(new ProfileFault(file, at, wrong, allowed));

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : Fault<string>(name, value, "a text that is not empty");

    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Fault<string>(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return null;
    }

    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> allowed)
        where T : struct
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && allowed.TryGetValue(value.GetString()!, out var one))
            return one;
        Fault<string>(name, value, string.Join(", ", allowed.Keys));
        return null;
    }

    public List<string>? Texts(string name) => Each(name, "a list of texts", static v =>
        v.ValueKind == JsonValueKind.String && v.GetString() is { Length: > 0 } text ? text : null);

    /// <summary>Each element of a list; null for one that is faulty.</summary>
    public List<T>? Each<T>(string name, string allowed, Func<JsonElement, T?> read)
        where T : class
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Fault<List<T>>(name, value, allowed);
        var all = new List<T>();
        foreach (var element in value.EnumerateArray())
        {
            if (read(element) is { } one)
                all.Add(one);
            else
                Wrong($"{path}.{name}[{all.Count}]", Describe(element), allowed);
        }

        return all;
    }

    public ProfileNode? Child(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new ProfileNode(value, file, $"{path}.{name}", faults)
        : Fault<ProfileNode>(name, value, "an object");

    public List<ProfileNode>? Children(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Fault<List<ProfileNode>>(name, value, "a list of objects");
        var all = new List<ProfileNode>();
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (element.ValueKind == JsonValueKind.Object)
                all.Add(new ProfileNode(element, file, $"{path}.{name}[{index}]", faults));
            else
                Wrong($"{path}.{name}[{index}]", Describe(element), "an object");
        }

        return all;
    }

    /// <summary>An object's own names and texts: a map of codes, or of triggers.</summary>
    public IEnumerable<(string Name, string Value)> Pairs()
    {
        foreach (var property in element.EnumerateObject())
        {
            _asked.Add(property.Name);
            if (property.Value.ValueKind == JsonValueKind.String)
                yield return (property.Name, property.Value.GetString()!);
            else
                Wrong($"{path}.{property.Name}", Describe(property.Value), "a text");
        }
    }

    /// <summary>Whatever was not asked for is unknown.</summary>
    public void End()
    {
        foreach (var property in element.EnumerateObject().Where(p => !_asked.Contains(p.Name)))
            Wrong($"{path}.{property.Name}", "is not a setting", string.Join(", ", _asked.Order(StringComparer.Ordinal)));
    }

    public T? Fault<T>(string name, JsonElement value, string allowed)
        where T : class
    {
        Wrong($"{path}.{name}", Describe(value), allowed);
        return null;
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static string Describe(JsonElement value) =>
        value.GetRawText() is { Length: <= 60 } text ? $"is {text}" : $"is {value.ValueKind.ToString().ToLowerInvariant()}";
}
