using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>An entry as its source told it: whose, which, and its log.</summary>
internal readonly record struct ToldEntry(LocalPatient Patient, EntryKey Key, IReadOnlyList<Said> Said);

/// <summary>An entry where the moves leave it: everything said of it under any name, and what is shown.</summary>
/// <param name="From">The entries it was told as.</param>
internal sealed record RoutedEntry(
    LocalPatient Patient, EntryKey Key, IReadOnlyList<Said> Said, Shown? Shown, IReadOnlyList<ToldEntry> From);

/// <summary>Puts moved entries where they belong: pure, over the logs and the moves alone.</summary>
internal static class Routing
{
    /// <summary>The entries that moves concern, at the places they are at now; others are left out.</summary>
    /// <param name="moves">All moves of these patients.</param>
    /// <param name="told">Their entries.</param>
    /// <param name="latest">The latest whole list of a patient by its key.</param>
    public static IReadOnlyList<RoutedEntry> Of(Moves moves, IEnumerable<ToldEntry> told, Func<LocalPatient, ListKey, Listed?> latest)
    {
        var routed = new List<RoutedEntry>();
        foreach (var place in Concerned(moves, told).GroupBy(e => (e.Now, e.To)))
        {
            var (now, key) = place.Key;
            var said = place.SelectMany(e => e.Entry.Said.Select(s => Rekeyed(s, e.Was, now.Key))).OrderBy(s => s.Last).ToList();
            var shown = Fold.Of(said, key.SourceKey, list => Latest(moves, now, new ListKey(list, key.ItemType), latest));
            routed.Add(new RoutedEntry(now.Patient, key, said, shown, [.. place.Select(e => e.Entry)]));
        }

        return routed;
    }

    /// <summary>What the entry would be at another place; null when it belongs to no encounter.</summary>
    public static EntryKey? KeyAt(ToldEntry entry, Place place) => Moves.EncounterOf(entry.Key, entry.Said) is { } was
        ? KeyAt(entry.Key, was, place)
        : null;

    private static EntryKey KeyAt(EntryKey entry, string was, Place place)
    {
        var key = Moves.Rekeyed(entry.SourceKey, was, place.Key);
        return new EntryKey(NameIds.Entry(place.Patient, entry.ItemType, key), entry.ItemType, key);
    }

    private static IEnumerable<(ToldEntry Entry, string Was, Place Now, EntryKey To)> Concerned(Moves moves, IEnumerable<ToldEntry> told)
    {
        foreach (var entry in told)
        {
            if (Moves.EncounterOf(entry.Key, entry.Said) is not { } encounter || !moves.Concern(new Place(entry.Patient, encounter)))
                continue;
            var now = moves.Now(new Place(entry.Patient, encounter));
            yield return (entry, encounter, now, KeyAt(entry.Key, encounter, now));
        }
    }

    private static Said Rekeyed(Said said, string from, string to) => from == to
        ? said
        : new Said(said.First, said.RecordedAt, said.AdapterVersion, said.List is { } list ? Moves.Rekeyed(list, from, to) : null, said.Json,
            said.IsWithdrawal ? null : Moves.Rekeyed(said.Item, to))
        { Last = said.Last, LastRecordedAt = said.LastRecordedAt };

    /// <summary>The newest of the lists sent under any place that is this one now.</summary>
    private static Listed? Latest(Moves moves, Place now, ListKey list, Func<LocalPatient, ListKey, Listed?> latest) => moves.Places
        .Where(p => moves.Now(p) == now)
        .Select(p => latest(p.Patient, list with { List = Moves.Rekeyed(list.List, now.Key, p.Key) }) is { } listed ? Rekeyed(listed, p.Key, now.Key) : null)
        .MaxBy(l => l?.Last);

    private static Listed Rekeyed(Listed listed, string from, string to) => from == to
        ? listed
        : new Listed(listed.First, listed.RecordedAt, Listed.Ordered(listed.Keys.Select(k => Moves.Rekeyed(k, from, to))))
        { Last = listed.Last, LastRecordedAt = listed.LastRecordedAt };
}
