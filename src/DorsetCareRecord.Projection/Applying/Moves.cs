using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Where a source has an encounter: under which patient and which key.</summary>
internal readonly record struct Place(LocalPatient Patient, string Key);

/// <summary>A move as stored or as just told.</summary>
internal sealed record Move(Place Prior, Place Owner, Stamp Stamp, DateTimeOffset RecordedAt);

/// <summary>
/// The moves that concern a batch, and where they leave an encounter. A place is followed through all moves in the order of their
/// stamps, whatever was said when: so the order in which messages were processed leaves no trace, a late message that still names the
/// old place is heard at the new one, and an encounter moved there and back is where it began.
/// </summary>
internal sealed class Moves
{
    public static readonly Moves None = new([]);

    private readonly List<Move> _moves;
    private readonly HashSet<Place> _places = [];

    public Moves(IEnumerable<Move> moves)
    {
        _moves = [.. moves.DistinctBy(m => (m.Prior, m.Stamp)).OrderBy(m => m.Stamp)];
        foreach (var move in _moves)
        {
            _places.Add(move.Prior);
            _places.Add(move.Owner);
        }
    }

    public bool IsEmpty => _moves.Count == 0;

    public IReadOnlyCollection<Place> Places => _places;

    public bool Concern(Place place) => _places.Contains(place);

    public Place Now(Place place)
    {
        foreach (var move in _moves)
        {
            if (move.Prior == place)
                place = move.Owner;
        }

        return place;
    }

    /// <summary>The encounter an entry is, or belongs to; null when it belongs to none.</summary>
    public static string? EncounterOf(EntryKey entry, IReadOnlyList<Said> said) => entry.ItemType == Schema.ItemTables.Encounter.Number
        ? entry.SourceKey
        : entry.ItemType == Schema.ItemTables.Problem.Number || entry.ItemType == Schema.ItemTables.Letter.Number
            ? said.Select(s => EncounterOf(s.Item)).LastOrDefault(k => k is not null)
            : null;

    /// <summary>A key or the name of a list in which the encounter's key stands between bars, with the other key in its place.</summary>
    public static string Rekeyed(string text, string from, string to) =>
        from == to ? text
        : text == from ? to
        : text.StartsWith(from + '|', StringComparison.Ordinal) ? to + text[from.Length..]
        : text.EndsWith('|' + from, StringComparison.Ordinal) ? text[..^from.Length] + to
        : text;

    public static Item? Rekeyed(Item? item, string key) => item switch
    {
        Problem problem => problem with { EncounterKey = key },
        Letter letter => letter with { EncounterKey = key },
        _ => item,
    };

    private static string? EncounterOf(Item? item) => item switch
    {
        Problem problem => problem.EncounterKey,
        Letter letter => letter.EncounterKey,
        _ => null,
    };
}
