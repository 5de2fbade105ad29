using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One person around the patient as several sources have them, shown once with every source beside it. Only what reads the same is
/// joined: role, relationship, name (but for a title) and telephone numbers, of which one source may know more than another; anything
/// that differs stays apart for the reader to see.
/// </summary>
/// <param name="Lead">The statement shown: the one with most numbers, then the longest name, of equals the newest.</param>
/// <param name="Entries">Every statement, newest first.</param>
public sealed record ContactGroup(Entry<Contact> Lead, IReadOnlyList<Entry<Contact>> Entries)
{
    private static readonly string[] Titles = ["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "dame", "master"];

    public static IReadOnlyList<ContactGroup> Of(IEnumerable<Entry<Contact>> entries) =>
    [
        .. entries.GroupBy(Likeness).SelectMany(ByPhones).Select(group =>
        {
            var newestFirst = group.OrderByDescending(entry => entry.StatedAt).ToList();
            return new ContactGroup(
                newestFirst.OrderByDescending(entry => Phones(entry).Count).ThenByDescending(entry => entry.Item.Name.Length).First(), newestFirst);
        }),
    ];

    /// <summary>Whose numbers are all among another's are that one; with none at all, nothing says that two are the same.</summary>
    private static IEnumerable<IReadOnlyList<Entry<Contact>>> ByPhones(IEnumerable<Entry<Contact>> alike)
    {
        var groups = new List<(HashSet<string> Phones, List<Entry<Contact>> Entries)>();
        foreach (var entry in alike.OrderByDescending(entry => Phones(entry).Count))
        {
            var phones = Phones(entry);
            var known = groups.Find(group => phones.Count == 0 ? group.Phones.Count == 0 : phones.IsSubsetOf(group.Phones));
            if (known.Entries is null)
                groups.Add((phones, [entry]));
            else
                known.Entries.Add(entry);
        }

        return groups.Select(group => group.Entries);
    }

    private static string Likeness(Entry<Contact> entry)
    {
        var contact = entry.Item;
        var name = contact.Name.ToUpperInvariant().Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Titles.Contains(word, StringComparer.OrdinalIgnoreCase));
        return string.Join('|', contact.Role, contact.Relationship?.ToUpperInvariant(), contact.Scope, contact.Until, entry.Ended, string.Join(' ', name));
    }

    private static HashSet<string> Phones(Entry<Contact> entry) =>
    [
        .. new[] { entry.Item.Telephone, entry.Item.Mobile }.Where(phone => phone is not null)
            .Select(phone => string.Concat(phone!.Where(char.IsAsciiDigit))).Where(digits => digits.Length > 0),
    ];
}
