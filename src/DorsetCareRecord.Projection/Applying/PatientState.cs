using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>One entry while a batch is applied: as it was, and as it becomes.</summary>
internal sealed class EntryState(EntryKey key, EntryLog log)
{
    public EntryKey Key { get; } = key;

    public EntryLog Log { get; } = log;

    public Shown? Before { get; set; }

    public Shown? After { get; set; }

    /// <summary>What is laid over each other for the row: its own log, unless a move brought other logs here.</summary>
    public IReadOnlyList<Said> Statements => Moved?.Said ?? Log.Said;

    /// <summary>Set when a move concerns the entry.</summary>
    public MovedEntry? Moved { get; set; }

    public ItemTable Table => ItemTables.Of(Key.ItemType);

    /// <summary>Its row must be written, if it is shown.</summary>
    public bool IsTouched => Moved is not null || Log.IsChanged || Before?.Ended != After?.Ended;

    /// <summary>Its row must be taken away: also when it may not be there, since what was before a move is not known.</summary>
    public bool IsGone => After is null && (Moved is not null || Before is not null);

    /// <summary>A reader would see a difference: more than that its source said the same again.</summary>
    public bool IsNews => Moved is not null || Log.Added.Count > 0 || Before?.Ended != After?.Ended;
}

/// <summary>An identity while a batch is applied.</summary>
internal sealed class PatientState(PatientIntake intake)
{
    public PatientIntake Intake { get; } = intake;

    public Guid IdentityId => Intake.IdentityId;

    /// <summary>Null until placed, for an identity seen for the first time.</summary>
    public Guid? Home { get; set; }

    /// <summary>Seen for the first time.</summary>
    public required bool IsNew { get; init; }

    public required Guid OwnPersonId { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The source's own time of the merge by which this patient is shown as another; null when it was not merged away.</summary>
    public DateTimeOffset? MergedAwayAt { get; init; }

    /// <summary>It is part of a merge, or its source of a cutover: what hides what must be worked out again.</summary>
    public bool MayBeCovered { get; init; }

    public Trait TraitBefore { get; init; } = Trait.None;

    public Trait Trait { get; private set; } = Trait.None;

    /// <summary>NHS numbers that went; null when nothing was said of who the patient is.</summary>
    public IReadOnlyList<FormerNumber>? FormerNumbers { get; private set; }

    public IReadOnlyList<FormerNumber> FormerNumbersBefore { get; private set; } = [];

    public Dictionary<Guid, EntryState> Entries { get; } = [];

    public Dictionary<ListKey, ListLog> Lists { get; } = [];

    /// <summary>Whether matching must look at it again.</summary>
    public bool NeedsMatching => IsNew || Intake.Merges.Count > 0 || Intake.Links.Count > 0 || TraitBefore != Trait || Intake.SeenAt < FirstSeenAt
        || (FormerNumbers is { } former && !former.SequenceEqual(FormerNumbersBefore));

    /// <summary>Adds what the batch says to the logs as they were stored, and folds.</summary>
    public void Apply()
    {
        foreach (var entry in Entries.Values)
            entry.Before = ShownOf(entry);
        if (Person is { } person)
            FormerNumbersBefore = Matching.FormerNumbers.Of(person.Log.Said, TraitBefore.NhsNumber);

        foreach (var message in Intake.Messages)
            Apply(message);

        foreach (var entry in Entries.Values)
            entry.After = ShownOf(entry);
        FoldTrait();
    }

    /// <summary>Statements first: a list of the same message then finds its entries said.</summary>
    private void Apply(MessageIntake message)
    {
        foreach (var (key, said) in message.Statements)
        {
            if (!Entries.TryGetValue(key.Id, out var entry))
                Entries[key.Id] = entry = new EntryState(key, new EntryLog());
            entry.Log.Add(said, (before, stamp) => before.List is { } list
                && ListOf(new ListKey(list, key.ItemType))?.EndedBetween(key.SourceKey, before.Last, stamp) == true);
        }

        foreach (var (key, listed) in message.Lists)
        {
            if (ListOf(key) is not { } log)
                Lists[key] = log = new ListLog();
            log.Add(listed, (before, stamp) => Entries.Values.Any(e => EndsNow(e, key, before, stamp)));
        }
    }

    private EntryState? Person => Entries.Values.FirstOrDefault(e =>
        e.Key.ItemType == ItemTables.Demographics.Number && e.Key.SourceKey == Demographics.Key);

    private void FoldTrait()
    {
        Trait = TraitBefore;
        if (Person is not { IsTouched: true } person)
            return;
        Trait = Trait.Of(person.After is null ? null : (Demographics)Fold.Item(person.Log.Said));
        FormerNumbers = Matching.FormerNumbers.Of(person.Log.Said, Trait.NhsNumber);
    }

    private Shown? ShownOf(EntryState entry) =>
        Fold.Of(entry.Log.Said, entry.Key.SourceKey, list => ListOf(new ListKey(list, entry.Key.ItemType))?.Latest);

    private ListLog? ListOf(ListKey key) => Lists.GetValueOrDefault(key);

    /// <summary>Said in that list after it was sent, and not among its keys when it is sent again.</summary>
    private static bool EndsNow(EntryState entry, ListKey key, Listed before, Stamp stamp) =>
        entry.Key.ItemType == key.ItemType && !before.Has(entry.Key.SourceKey)
        && entry.Log.Said.Any(s => s.List == key.List && before.Last.IsOutdatedBy(s.Last) && s.Last.IsOutdatedBy(stamp));
}
