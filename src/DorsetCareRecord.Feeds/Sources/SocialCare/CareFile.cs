using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>What one row becomes: an item of one type, or nothing when the council takes it back.</summary>
/// <param name="ItemType">The concrete type.</param>
/// <param name="Read">Null for a row that is entered in error.</param>
internal sealed record CareReading(Type ItemType, Func<CareRow, CareExtract, Item?> Read)
{
    public static CareReading Of<TItem>(Func<CareRow, CareExtract, TItem?> read)
        where TItem : Item => new(typeof(TItem), read);
}

/// <summary>The person of a row that names none: the row of another file says whose it is.</summary>
/// <param name="Column">Of the row itself.</param>
/// <param name="File">Where to look.</param>
/// <param name="SameAs">The column there that has the same.</param>
/// <param name="Person">The column there with the person.</param>
internal sealed record CareVia(string Column, string File, string SameAs, string Person);

/// <summary>A file of the layout.</summary>
/// <param name="Name">As the manifest names it.</param>
/// <param name="Key">The column of the row's own key.</param>
/// <param name="Person">The column of the person it is about; null for a file that others look up.</param>
/// <param name="Readings">What its rows become.</param>
/// <param name="LastsLong">A row missing from a full extract has gone out of its window and has not ended (referrals, enquiries).</param>
/// <param name="Via">Where the person is found when the file has no column of it.</param>
internal sealed record CareFile(
    string Name, string Key, string? Person, IReadOnlyList<CareReading> Readings, bool LastsLong = false, CareVia? Via = null)
{
    /// <summary>Without these columns it is another file, or another delimiter.</summary>
    public IEnumerable<string> RequiredOf(CareTable table) =>
        Person is null || Person == Key ? [Key] : Via is not null && table.Index(Person) is null ? [Key, Via.Column] : [Key, Person];

    /// <summary>Null when the row does not say, or the row it leads to is not in the extract.</summary>
    public string? PersonOf(CareRow row, CareExtract extract) => Person is null ? null
        : row[Person] ?? (Via is null ? null : extract.Lookup(Via.File, row[Via.Column], Via.Person, Via.SameAs));
}

/// <summary>A set of files that belongs together: an extract has files of one set only.</summary>
/// <param name="Persons">The file of people.</param>
/// <param name="Files">By name.</param>
/// <param name="Audience">Whom everything in the set is kept for; null for whoever may see its section.</param>
/// <param name="IdPrefix">Before a person's number, where the set's system numbers people for itself.</param>
internal sealed record CareSet(CareFile Persons, IReadOnlyDictionary<string, CareFile> Files, Audience? Audience, string IdPrefix)
{
    public static CareSet Adults { get; } = Of(AdultFiles.Persons, AdultFiles.All, null, "");

    /// <summary>The standard safeguarding dataset (SSD) of children's services, whose people have numbers of their own.</summary>
    public static CareSet Children { get; } = Of(ChildFiles.Persons, ChildFiles.All, Record.Sections.Audience.ChildrensSocialCare, "children|");

    private static CareSet Of(CareFile persons, IEnumerable<CareFile> others, Audience? audience, string prefix) =>
        new(persons, others.Append(persons).ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase), audience, prefix);
}
