using System.Globalization;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;


namespace DorsetCareRecord.Projection.Cutover;

/// <summary>Why an entry is covered; stored.</summary>
internal static class CoverReasons
{
    /// <summary>Its source merged the patient: the survivor's record has the same entry.</summary>
    public const string Merged = "merged";

    /// <summary>The migration team says which entry of the new source it is.</summary>
    public const string Crosswalk = "crosswalk";

    /// <summary>The new source says the same.</summary>
    public const string Same = "same";

    /// <summary>The new source has sent its own whole picture of this.</summary>
    public const string Picture = "picture";

    /// <summary>Not hidden: open in the old source, which hears no more of it, so it is shown as closed.</summary>
    public const string Closed = "closed";
}

/// <summary>An entry and what stands in its place.</summary>
internal sealed record Cover(Entry<Item> Old, Guid ByIdentityId, Guid? ByEntryId, string Why);

/// <summary>One patient as the source that goes and the source that comes know them.</summary>
internal sealed record PatientPair
{
    public required IReadOnlyList<Entry<Item>> Old { get; init; }

    /// <summary>Of the patient and, if the new source merged them into another, of the survivor.</summary>
    public required IReadOnlyList<Entry<Item>> New { get; init; }

    /// <summary>The patient's own identity in the new source.</summary>
    public required Guid NewIdentityId { get; init; }

    /// <summary>New keys by kind (<c>visit</c>, <c>appointment</c>, <c>document</c>) and old key.</summary>
    public required IReadOnlyDictionary<(string Kind, string Old), string> Crosswalk { get; init; }

    /// <summary>Types of item of which the new source has sent its whole list.</summary>
    public required IReadOnlySet<short> Pictures { get; init; }

    /// <summary>T0: from then on what the old source had open is closed.</summary>
    public DateTimeOffset? DrainedAt { get; init; }
}

/// <summary>
/// Which entry of the new source is which of the old: by the crosswalk, else by what they say; one to one. A pure function, used alike for
/// the comparison before a cut and for what is shown after it.
/// </summary>
/// <remarks>
/// Who next of kin is and what the patient is called now, the new source says alone once it has sent its picture of it. Everything that
/// happened is the union of both. An allergy is never hidden without its like in the new source: a list that forgot it is a fault, and
/// to show one too many is the safer one.
/// </remarks>
internal static class Pairing
{
    private static readonly short ContactNumber = ItemTables.Contact.Number;
    private static readonly short AllergyNumber = ItemTables.Allergy.Number;

    public static IReadOnlyList<Cover> Of(PatientPair pair)
    {
        var covers = new List<Cover>();
        var pictured = pair.New.FirstOrDefault(e => e.Item is Demographics);
        foreach (var old in pair.Old)
        {
            if (old.Item is Demographics && pictured is not null)
                covers.Add(new(old, pictured.IdentityId, pictured.Id, CoverReasons.Picture));
            else if (old.Item is Contact && pair.Pictures.Contains(ContactNumber))
                covers.Add(new(old, pair.NewIdentityId, null, CoverReasons.Picture));
            else if (old.Item is Allergy { Kind: AllergyKind.NoKnownAllergies } && pair.Pictures.Contains(AllergyNumber))
                covers.Add(new(old, pair.NewIdentityId, null, CoverReasons.Picture));
        }

        foreach (var type in pair.Old.GroupBy(e => e.Item.GetType()))
            covers.AddRange(Paired(type, pair));
        covers.AddRange(Closed(pair, covers));
        return covers;
    }

    private static IEnumerable<Cover> Paired(IGrouping<Type, Entry<Item>> old, PatientPair pair)
    {
        if (old.Key == typeof(Demographics) || old.Key == typeof(Contact))
            yield break;
        var free = pair.New.Where(e => e.Item.GetType() == old.Key).OrderBy(e => e.Id).ToList();
        var left = new List<Entry<Item>>();

        // The crosswalk first, for all: what says the same must not take away a partner that somebody else is promised.
        foreach (var entry in old.OrderBy(e => e.Id))
        {
            if (NewKeyOf(entry, pair.Crosswalk) is { } key && free.Find(e => IsKey(e.SourceKey, key)) is { } partner)
            {
                free.Remove(partner);
                yield return new(entry, partner.IdentityId, partner.Id, CoverReasons.Crosswalk);
            }
            else
            {
                left.Add(entry);
            }
        }

        var byWords = free.SelectMany(e => Words(e).Select(w => (Words: w, Entry: e))).ToLookup(x => x.Words, x => x.Entry);
        var taken = new HashSet<Guid>();
        foreach (var entry in left)
        {
            if (Words(entry).SelectMany(w => byWords[w]).FirstOrDefault(e => !taken.Contains(e.Id)) is { } partner)
            {
                taken.Add(partner.Id);
                yield return new(entry, partner.IdentityId, partner.Id, CoverReasons.Same);
            }
        }
    }

    private static IEnumerable<Cover> Closed(PatientPair pair, List<Cover> covers)
    {
        if (pair.DrainedAt is not { } drained)
            yield break;
        var covered = covers.Select(c => c.Old.Id).ToHashSet();
        foreach (var entry in pair.Old.Where(e => e.Item is Encounter && !covered.Contains(e.Id)))
        {
            var isOpen = (Encounter)entry.Item switch
            {
                { Status: EncounterStatus.InProgress, EndAt: null } => true,
                { Status: EncounterStatus.Planned, StartAt: { } start } => start.AsInstant() >= drained,
                _ => false,
            };
            if (isOpen)
                yield return new(entry, pair.NewIdentityId, null, CoverReasons.Closed);
        }
    }

    private static string? NewKeyOf(Entry<Item> entry, IReadOnlyDictionary<(string Kind, string Old), string> crosswalk)
    {
        foreach (var kind in KindsOf(entry.Item))
        {
            if (crosswalk.TryGetValue((kind, entry.SourceKey), out var key) || crosswalk.TryGetValue((kind, NumberOf(entry.SourceKey)), out key))
                return key;
        }

        return null;
    }

    private static ReadOnlySpan<string> KindsOf(Item item) => item switch
    {
        Encounter => (string[])["visit", "appointment"],
        Letter => (string[])["document"],
        _ => default,
    };

    /// <summary>A key is a number, or a namespace and a number.</summary>
    public static string NumberOf(string key) => key[(key.LastIndexOf('|') + 1)..];

    private static bool IsKey(string key, string wanted) => key == wanted || NumberOf(key) == wanted;

    /// <summary>What two entries say the same by; best first. Empty for what is only paired by the crosswalk, or not at all.</summary>
    private static IEnumerable<string> Words(Entry<Item> entry)
    {
        switch (entry.Item)
        {
            case Allergy { Kind: not AllergyKind.NoKnownAllergies } allergy:
                if (allergy.Coding is { } coding)
                    yield return $"code {coding.System} {coding.Code}";
                yield return $"substance {Folded(allergy.Substance)}";
                break;
            case Encounter { StartAt: { } start } visit:
                yield return $"{visit.Kind} {start} {visit.SpecialtyCode ?? Folded(visit.Specialty)}";
                break;
            case Result result:
                yield return $"key {entry.SourceKey} {ValueOf(result)}";
                if (result.TakenAt is { } taken)
                    yield return $"{result.Coding?.Code ?? Folded(result.Test)} {taken} {ValueOf(result)}";
                break;
            case Report report:
                yield return $"key {entry.SourceKey}";
                yield return $"{Folded(report.Title)} {report.TakenAt ?? report.ReportedAt} {Folded(report.Text)}";
                break;
            case Letter letter:
                if (letter.ContentHash is { } hash)
                    yield return $"content {hash}";
                if (letter.WrittenAt is { } written)
                    yield return $"{letter.Kind} {Folded(letter.Title)} {written} {Folded(letter.Author)}";
                break;
            case Problem problem:
                yield return $"{problem.Coding?.Code ?? Folded(problem.Text)} {(problem.RecordedOn ?? problem.OnsetOn)?.DayInLondon}";
                break;
            case Medicine medicine:
                yield return $"{Folded(medicine.Name)} {medicine.StartedOn} {Folded(medicine.DosageText ?? medicine.Dose)}";
                break;
            case Flag flag:
                yield return $"{flag.Kind} {Folded(flag.Text)}";
                break;
            case Immunisation:
                yield return $"key {entry.SourceKey}";
                break;
            default:
                break;
        }
    }

    private static string ValueOf(Result result) =>
        result.Number?.ToString("0.############", CultureInfo.InvariantCulture) ?? Folded(result.Value);

    private static string Folded(string? words) => NameKeys.Folded(words ?? "");
}
