using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// When two statements are of the same thing: the same code of the same national system, or the same words. A code joins what
/// words keep apart and words join what has no code; a code of one system is never compared with a code of another.
/// </summary>
internal static class Likeness
{
    /// <summary>Groups in the order of their first member. Being alike is passed on: A with B by code and B with C by words are one group.</summary>
    internal static IReadOnlyList<IReadOnlyList<T>> Group<T>(IEnumerable<T> all, Func<T, Coding?> coding, Func<T, string> words)
    {
        var groups = new List<List<T>>();
        var byKey = new Dictionary<string, List<T>>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            var code = coding(one) is { System: CodeSystems.SnomedCt or CodeSystems.DmPlusD, Code: { Length: > 0 } value } ? "code " + value : null;
            var text = "text " + words(one);
            var mine = (code is not null ? byKey.GetValueOrDefault(code) : null) ?? byKey.GetValueOrDefault(text);
            if (mine is null)
                groups.Add(mine = []);
            else if (byKey.GetValueOrDefault(text) is { } other && other != mine)
                Join(mine, other);
            mine.Add(one);
            byKey[text] = mine;
            if (code is not null)
                byKey[code] = mine;
        }

        return groups;

        void Join(List<T> into, List<T> from)
        {
            into.AddRange(from);
            groups.Remove(from);
            foreach (var key in byKey.Where(pair => pair.Value == from).Select(pair => pair.Key).ToList())
                byKey[key] = into;
        }
    }

    /// <summary>Words without case, punctuation and doubled blanks.</summary>
    internal static string Words(string? text) => string.Join(' ',
        (text ?? "").ToUpperInvariant().Split([' ', '\t', '\n', ',', '.', ';', ':', '(', ')', '-', '–', '/'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What somebody is allergic to, without the words around it: "Allergy to penicillin", "Penicillin allergy".</summary>
    internal static string Substance(string text)
    {
        var words = Words(text);
        foreach (var lead in (string[])["ALLERGY TO ", "ALLERGIC TO ", "INTOLERANCE TO ", "H O ", "ADVERSE REACTION TO "])
        {
            if (words.StartsWith(lead, StringComparison.Ordinal))
                words = words[lead.Length..];
        }

        return words.EndsWith(" ALLERGY", StringComparison.Ordinal) ? words[..^" ALLERGY".Length] : words;
    }
}
