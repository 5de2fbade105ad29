using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>A detail of an item in words.</summary>
public sealed record ItemDetail(string What, string Says);

/// <summary>
/// Every detail a source gave of an item, in words: for its change log and for looking into the record. Drawn from the item's
/// own properties, so that a new one is never forgotten.
/// </summary>
public static class ItemWords
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Details = [];

    /// <summary>Not words of the source: how the log folds, where a file lies, and who may read.</summary>
    private static readonly HashSet<string> NotSaid =
    [
        nameof(Item.Section), nameof(Item.Cleared), nameof(Item.Audience), nameof(Item.Confidentiality), nameof(Result.ValueNotResent),
        nameof(Result.Position), nameof(Result.Number), nameof(Result.RangeLow), nameof(Result.RangeHigh), nameof(Result.ReportKey),
        nameof(Problem.EncounterKey), nameof(Letter.Replaces),
    ];

    public static IReadOnlyList<ItemDetail> Of(Item item) =>
    [
        .. Details.GetOrAdd(item.GetType(), DetailsOf)
            .Select(detail => (detail.Name, Says: Words(detail.GetValue(item))))
            .Where(detail => !string.IsNullOrWhiteSpace(detail.Says))
            .Select(detail => detail.Name == nameof(Letter.ContentHash)
                ? new ItemDetail("File", $"fingerprint {detail.Says![..Math.Min(12, detail.Says!.Length)]}")
                : new ItemDetail(Apart(detail.Name), detail.Says!)),
    ];

    private static PropertyInfo[] DetailsOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && !NotSaid.Contains(p.Name) && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(p => p.DeclaringType == typeof(Item)).ThenBy(p => p.MetadataToken),
    ];

    private static string? Words(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "yes" : "no",
        Enum name => Apart(name.ToString()),
        ClinicalDate date => Dates.Text(date),
        Coding coding => coding.Display is { } display ? $"{display} ({coding.Code})" : coding.Code,
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary><c>LastIssuedOn</c> is "Last issued on".</summary>
    private static string Apart(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
            words.Append(char.IsUpper(letter) && words.Length > 0 ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        return words.ToString();
    }
}
