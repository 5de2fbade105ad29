using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>
/// Names as they are compared: without case, accents, apostrophes, hyphens and blanks. A double-barrelled name also goes by
/// each of its parts. A placeholder (BABY, UNKNOWN, ZZ...) has no key, so it agrees with nothing.
/// </summary>
public static class NameKeys
{
    /// <summary>Longer names are cut, so that a key always fits an index entry.</summary>
    private const int Longest = 100;

    private const int ShortestPart = 3;

    /// <summary>What stands in a surname field when there is no surname.</summary>
    private static readonly HashSet<string> Placeholders =
    [
        "BABY", "INFANT", "NEWBORN", "TWIN", "TWINONE", "TWINTWO", "BABYBOY", "BABYGIRL", "BABYOF", "BOY", "GIRL", "MALE", "FEMALE", "UNKNOWN",
        "UNKNOWNMALE", "UNKNOWNFEMALE", "UNK", "NOTKNOWN", "NOTGIVEN", "NOTSTATED", "NONAME", "UNNAMED", "ANON", "ANONYMOUS", "NK", "NFN",
        "X", "XX", "XXX", "XXXX", "TEST", "TESTPATIENT", "DUMMY", "DONOTUSE",
    ];

    /// <summary>Parts of a name that many unrelated names share.</summary>
    private static readonly HashSet<string> Particles = ["VAN", "VON", "DER", "DEN", "DOS", "DAS", "DEL", "DELLA", "BIN", "IBN", "BINT", "ABU", "ABD", "SAN", "AND"];

    /// <summary>Keys of a surname and of the other surnames the source knows; ordered, so that equal sets are equal lists.</summary>
    public static IReadOnlyList<string> OfFamily(string? name, IEnumerable<string>? others = null)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var each in (others ?? []).Prepend(name ?? ""))
            AddTo(keys, each);
        return [.. keys];
    }

    /// <summary>Key of the first given name; null when there is none or it stands for none.</summary>
    public static string? OfGiven(string? names)
    {
        var first = names?.Split([' ', '-', '\u00A0'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        var key = Folded(first ?? "");
        return key.Length == 0 || IsPlaceholder(key) ? null : key;
    }

    /// <summary>Keys of every given name.</summary>
    public static IReadOnlyCollection<string> OfAllGiven(string? names) =>
        (names ?? "").Split([' ', '-', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Folded).Where(k => k.Length > 0 && !IsPlaceholder(k)).ToHashSet();

    /// <summary>Case, accents, spacing and punctuation apart.</summary>
    internal static bool SameWords(string? one, string? other) => Folded(one ?? "") == Folded(other ?? "");

    /// <summary>Whether the words stand for a name that is not known.</summary>
    public static bool IsPlaceholder(string? name)
    {
        var key = Folded(name ?? "");
        return Placeholders.Contains(key) || key.StartsWith("ZZ", StringComparison.Ordinal) || key.StartsWith("XXTEST", StringComparison.Ordinal);
    }

    private static void AddTo(SortedSet<string> keys, string name)
    {
        var whole = Folded(name);
        if (whole.Length == 0 || IsPlaceholder(whole))
            return;

        keys.Add(whole);
        var parts = name.Split(['-', ' ', '\u2010', '\u2011', '\u2013', '\u00A0', '/'], StringSplitOptions.RemoveEmptyEntries).Select(Folded).ToList();
        if (parts.Count > 1 && !parts.Exists(IsPlaceholder))
            keys.UnionWith(parts.Where(p => p.Length >= ShortestPart && !Particles.Contains(p)));
    }

    public static string Folded(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKD))
        {
            if (folded.Length >= Longest)
                break;
            if (char.IsLetterOrDigit(c))
                folded.Append(Plain(char.ToUpperInvariant(c)));
        }

        return folded.ToString();
    }

    /// <summary>Letters that Unicode does not take apart but people write without.</summary>
    private static string Plain(char c) => c switch
    {
        'Ø' => "O",
        'Æ' => "AE",
        'Œ' => "OE",
        'Ł' => "L",
        'Đ' or 'Ð' => "D",
        'Þ' => "TH",
        'ß' or 'ẞ' => "SS",
        'ı' => "I",
        _ => c.ToString(CultureInfo.InvariantCulture),
    };
}
