namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>The shape of a value, for faults: how long and of what kind, never what.</summary>
internal static class Shapes
{
    public static string Of(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
            return "empty";
        var kind = !value.ContainsAnyExceptInRange('0', '9') ? "digits"
            : value.ContainsAnyInRange('0', '9') ? "characters with digits"
            : "characters";
        return $"{value.Length} {kind}";
    }
}
