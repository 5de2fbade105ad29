namespace DorsetCareRecord.Feeds.Sources;

/// <summary>A source's words as the record keeps them.</summary>
internal static class Words
{
    /// <summary>Without blanks around it; null when nothing is left.</summary>
    public static string? Of(string? text) => Verbatim(text?.Trim()) is { Length: > 0 } words ? words : null;

    /// <summary>As sent, but without NUL, which PostgreSQL's text cannot hold, and with LF alone as line end.</summary>
    public static string? Verbatim(string? text) => text?.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n");

    /// <summary>Those that say something, in one line; null when none does.</summary>
    public static string? Join(string separator, params IEnumerable<string?> parts) =>
        string.Join(separator, parts.Select(Of).Where(p => p is not null)) is { Length: > 0 } joined ? joined : null;
}
