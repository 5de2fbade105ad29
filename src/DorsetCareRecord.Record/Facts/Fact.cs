using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Facts;

/// <summary>What an adapter understood of a message: pure, so the same message always gives the same facts.</summary>
public abstract record Fact(SourceVersion Version);

/// <summary>The source states an item.</summary>
/// <param name="Key">The source's own key of the item, unique within patient and item type; stable over resends.</param>
/// <param name="Item">What it states.</param>
/// <param name="Version">The source's own time.</param>
/// <param name="List">The list the item belongs to, when the source sends that list whole (see <see cref="ListStated"/>).</param>
public sealed record Stated(string Key, Item Item, SourceVersion Version, string? List = null) : Fact(Version);

/// <summary>The source takes an item back: deleted, entered in error, cancelled so that nobody shall see it.</summary>
/// <param name="ItemType">The concrete type of <see cref="Item"/>.</param>
public sealed record Withdrawn(string Key, Type ItemType, SourceVersion Version) : Fact(Version);

/// <summary>
/// The source sent a list whole: what it stated before in that list and is not among <paramref name="Keys"/> has ended.
/// A list that is absent from a message says nothing, and is not stated.
/// </summary>
/// <param name="List">The list's name, for example <c>AL1</c>, <c>NK1</c>, <c>DG1|{encounter}</c>, <c>gp/allergies</c>, <c>service.csv</c>.</param>
/// <param name="ItemType">The concrete type of the list's items.</param>
/// <param name="Keys">Keys of every item the list now has; empty for an emptied list.</param>
/// <param name="Version">The source's own time.</param>
public sealed record ListStated(string List, Type ItemType, IReadOnlyList<string> Keys, SourceVersion Version) : Fact(Version);

/// <summary>
/// The source merged two of its own patients (A34, A40): from now on prior is the same person as survivor. A prior that is its own survivor
/// went over into nobody after all (A43). The newest word on a prior stands.
/// </summary>
public sealed record Merged(LocalPatient Survivor, LocalPatient Prior, SourceVersion Version) : Fact(Version);

/// <summary>
/// The source says that two of its own patients are one person and both numbers stay in use (A24), or that they are not after all (A37).
/// The newest word on the pair stands, whichever is named first; what was merged stays merged, for unlinking is not unmerging.
/// </summary>
/// <param name="Stands">False when the link is taken back.</param>
public sealed record Linked(LocalPatient One, LocalPatient Other, bool Stands, SourceVersion Version) : Fact(Version);

/// <summary>
/// An encounter the source had under <paramref name="Prior"/> and <paramref name="PriorKey"/> is <paramref name="Owner"/>'s, under
/// <paramref name="Key"/> (A45, A42, A50, A51): with all the source said of it, before and after, and all that belongs to it by its
/// encounter key. The newest move decides where it is; moving it back is a further move.
/// </summary>
public sealed record Moved(LocalPatient Prior, string PriorKey, LocalPatient Owner, string Key, SourceVersion Version) : Fact(Version);

/// <summary>The facts of one patient in a message.</summary>
public sealed record PatientFacts(LocalPatient Patient, IReadOnlyList<Fact> Facts);
