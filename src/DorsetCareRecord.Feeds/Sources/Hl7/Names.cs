using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>Names of people for reading: title, given names, family name.</summary>
internal static class Names
{
    /// <summary>XPN: family, given, further given, suffix, title. A name sent as one text stays as it is.</summary>
    public static string? OfPerson(Piece name) => Join(name.TextOf(5), name.TextOf(2), name.TextOf(3), name[1][1].Text);

    /// <summary>XCN: id, family, given, further given, suffix, title. Some senders put the name where the id belongs.</summary>
    public static string? OfClinician(Piece name) =>
        Join(name.TextOf(6), name.TextOf(3), name.TextOf(4), name[2][1].Text) ?? (IsName(name.TextOf(1)) ? name.TextOf(1) : null);

    /// <summary>The first repetition that names somebody.</summary>
    public static string? OfFirstClinician(Piece field)
    {
        foreach (var repetition in field.Repetitions)
        {
            if (OfClinician(repetition) is { } name)
                return name;
        }

        return null;
    }

    private static bool IsName(string? text) => text is not null && text.Length > 3 && !text.Any(char.IsAsciiDigit);

    private static string? Join(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join(' ', parts.ToArray().Where(p => p is not null));
        return joined.Length == 0 ? null : joined;
    }
}
