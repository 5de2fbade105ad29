using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Leaves out of an item who sent and wrote it, and blots a person's known whereabouts out of its texts. The second net: free
/// text can tell a place in words nobody knows, so what is mostly free text (letters, reports) is not shown at all.
/// </summary>
internal sealed class Blotter
{
    private const string Ink = "[not shown]";

    /// <summary>Properties that say where or by whom, which of a restricted person is a place.</summary>
    private static readonly HashSet<string> Places =
    [
        nameof(Item.Organisation), nameof(Problem.RecordedBy), nameof(Medicine.Prescriber), nameof(Report.Requester), nameof(Report.Laboratory),
    ];

    private static readonly ConcurrentDictionary<Type, (MethodInfo Copy, PropertyInfo[] Texts)> Shapes = new();

    private readonly Regex? _known;

    internal Blotter(IEnumerable<Demographics> everyStatement)
    {
        var needles = everyStatement.SelectMany(Whereabouts).Where(text => text is { Length: >= 4 }).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(text => text!.Length)
            .Select(text => string.Join(@"[\s,.\-]*", text!.Where(char.IsLetterOrDigit).Select(letter => Regex.Escape(letter.ToString()))))
            .Where(pattern => pattern.Length > 0).ToList();
        if (needles.Count > 0)
            _known = new Regex(string.Join('|', needles), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    internal TItem Blot<TItem>(TItem item)
        where TItem : Item
    {
        var (copy, texts) = Shapes.GetOrAdd(item.GetType(), Shape);
        var blotted = (TItem)copy.Invoke(item, null)!;
        foreach (var property in texts)
        {
            if (property.GetValue(item) is not string text)
                continue;
            property.SetValue(blotted, Places.Contains(property.Name) ? null : _known?.Replace(text, Ink) ?? text);
        }

        return blotted;
    }

    private static IEnumerable<string?> Whereabouts(Demographics person) =>
    [
        person.Address, .. (person.Address ?? "").Split(',', StringSplitOptions.TrimEntries).Take(1),
        person.Postcode, person.Telephone, person.Mobile, person.Email, person.PracticeCode, person.PracticeName, person.GpName,
    ];

    private static (MethodInfo Copy, PropertyInfo[] Texts) Shape(Type type) =>
        (type.GetMethod("<Clone>$")!, [.. type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.CanWrite)]);
}
