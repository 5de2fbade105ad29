using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One person around the patient as several sources have them, shown once with every source beside it. Only what reads the same is
/// joined: role, relationship, name (but for a title) and every telephone number; anything that differs stays apart for the reader to see.
/// </summary>
/// <param name="Lead">The statement shown: the one that says most, of equals the newest.</param>
/// <param name="Entries">Every statement, newest first.</param>
public sealed record ContactGroup(Entry<Contact> Lead, IReadOnlyList<Entry<Contact>> Entries)
{
    private static readonly string[] Titles = ["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "dame", "master"];

    public static IReadOnlyList<ContactGroup> Of(IEnumerable<Entry<Contact>> entries) =>
    [
        .. entries.GroupBy(Likeness).Select(group =>
        {
            var newestFirst = group.OrderByDescending(entry => entry.StatedAt).ToList();
            return new ContactGroup(newestFirst.MaxBy(entry => entry.Item.Name.Length)!, newestFirst);
        }),
    ];

    private static string Likeness(Entry<Contact> entry)
    {
        var contact = entry.Item;
        var name = contact.Name.ToUpperInvariant().Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Titles.Contains(word, StringComparer.OrdinalIgnoreCase));
        var phones = new[] { contact.Telephone, contact.Mobile }.Where(phone => phone is not null)
            .Select(phone => string.Concat(phone!.Where(char.IsAsciiDigit))).Order(StringComparer.Ordinal);
        return string.Join('|', contact.Role, contact.Relationship?.ToUpperInvariant(), contact.Scope, contact.Until, entry.Ended,
            string.Join(' ', name), string.Join(' ', phones));
    }
}
