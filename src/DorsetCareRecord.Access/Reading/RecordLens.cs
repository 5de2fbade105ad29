using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>The record could not be read, not even whose it is; nothing may be shown.</summary>
public sealed class RecordUnavailableException(Exception? cause) : Exception("The record could not be read.", cause);

/// <summary>
/// One person's record as one viewer may see it, for one noted errand. Sections the viewer may not see are never read.
/// Made by <see cref="Door"/> only.
/// </summary>
public sealed partial class RecordLens
{
    private readonly AccessDatabase _database;
    private readonly TimeProvider _clock;
    private readonly Viewer _viewer;
    private readonly Guid _person;
    private readonly Places _places;
    private readonly PastPlaces? _past;
    private readonly Errand _errand;
    private readonly Scope _scope;
    private readonly bool _isRestricted;
    private readonly long _note;
    private DateTimeOffset? _lastLooked;
    private IReadOnlyList<KnownEntry>? _known;
    private RecordView? _view;

    internal RecordLens(AccessDatabase database, TimeProvider clock, Viewer viewer, Guid person, Places places, PastPlaces? past,
        bool isRestricted, Errand errand, Scope scope, long note) =>
        (_database, _clock, _viewer, _person, _places, _past, _isRestricted, _errand, _scope, _note) =
            (database, clock, viewer, person, places, past, isRestricted, errand, scope, note);

    /// <summary>All the errand is about, in one round trip; what was shown is noted before it is returned.</summary>
    /// <exception cref="RecordUnavailableException">Not even the demographics could be read.</exception>
    public async Task<RecordView> ReadAsync(CancellationToken cancel)
    {
        var at = _clock.GetUtcNow();
        var demographics = Ask(Section.Demographics, Shelves.Demographics);
        var flags = Ask(Section.Flags, Shelves.Flags);
        var problems = Ask(Section.Problems, Shelves.Problems);
        var medicines = Ask(Section.Medicines, Shelves.Medicines);
        var allergies = Ask(Section.Allergies, Shelves.Allergies);
        var results = Ask(Section.Results, Shelves.Results(_errand.IsWhole));
        var reports = Ask(Section.Results, Shelves.Reports(_errand.IsWhole));
        var nextOfKin = Ask(Section.NextOfKin, Shelves.NextOfKin);
        var carers = Ask(Section.Care, Shelves.Carers);
        var services = Ask(Section.Care, Shelves.CareServices);
        var workers = Ask(Section.Care, Shelves.CareWorkers);
        var letters = Ask(Section.Letters, Shelves.Letters(ExtentOf(Section.Letters), _errand.IsWhole));
        var encounters = Ask(Section.Encounters, Shelves.Encounters(ExtentOf(Section.Encounters), _errand.IsWhole));
        var immunisations = Ask(Section.Immunisations, Shelves.Immunisations);
        var details = Ask(Section.Care, Shelves.CareDetails);
        var notices = Ask(Section.Demographics, Shelves.Notices);

        Asked[] all =
        [
            demographics, flags, problems, medicines, allergies, results, reports, nextOfKin, carers, services, workers, letters,
            encounters, immunisations, details, notices,
        ];
        var hidden = new HiddenItems();
        _known = await KnownAsync(all, cancel);
        await FetchAsync(hidden, all, _known, cancel);

        var persons = demographics.View(at, hidden);
        if (!persons.IsRead)
            throw new RecordUnavailableException(demographics.Fault);
        var then = await ThenAsync(persons, allergies.View(at, hidden), cancel);
        var view = Restriction.Apply(new RecordView
        {
            Person = _person,
            At = at,
            Then = then,
            Demographics = persons,
            Who = then is { IsBeforeAnything: true } ? then.WhoNow : ConsolidatedPerson.Of(persons.Entries, _isRestricted),
            HasSealed = _scope.HasSealed,
            Flags = flags.View(at, hidden),
            Problems = problems.View(at, hidden),
            Medicines = medicines.View(at, hidden),
            Allergies = allergies.View(at, hidden),
            Results = results.View(at, hidden),
            Reports = reports.View(at, hidden),
            NextOfKin = nextOfKin.View(at, hidden),
            Carers = carers.View(at, hidden),
            CareServices = services.View(at, hidden),
            CareWorkers = workers.View(at, hidden),
            Letters = letters.View(at, hidden),
            Encounters = encounters.View(at, hidden),
            Immunisations = immunisations.View(at, hidden),
            CareDetails = details.View(at, hidden),
            Notices = NoticesFor(notices.View(at, hidden)),
        });
        view = ShownOnce.Apply(view);
        _view = view with { News = await NewsAsync(view, cancel) };
        var (entries, messages) = Shown.Of(_view);
        await AuditLog.ShownAsync(_database, _viewer, _note, part: 1, entries, messages, hidden.Counts, cancel);
        return _view;
    }

    /// <summary>The file of the letter this lens was opened for, once read; null when there is none, or none for this viewer.</summary>
    public async Task<LetterFile?> ReadFileAsync(CancellationToken cancel)
    {
        var letter = _view?.Letters.Entries.FirstOrDefault(entry => entry.Id == _errand.Entry);
        if (letter?.Item.ContentHash is not { } hash)
            return null;
        await using var command = _database.Source.CreateCommand("""
            select content_type, file_name, bytes from record.document where home = any($1) and entry_id = $2 and hash = $3
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = _places.Homes });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = letter.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hash });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? LetterFile.Of(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetFieldValue<byte[]>(2), hash)
            : null;
    }

    /// <summary>The words of the report this lens was opened for, once read; null when there are none, or none for this viewer.</summary>
    public async Task<string?> ReadReportTextAsync(CancellationToken cancel)
    {
        if (_isRestricted)
            return null; // its words may tell where somebody is; documents stay sealed whatever else opens
        var report = _view?.Reports.Entries.FirstOrDefault(entry => entry.Id == _errand.Entry);
        if (report is null)
            return null;
        if (_known is not null)
            return (_known.FirstOrDefault(known => known.Id == report.Id)?.Says as Report)?.Text;
        await using var command = _database.Source.CreateCommand("select text from record.report where home = any($1) and id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = _places.Homes });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = report.Id });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>
    /// What was first said since the viewer's last visit, of what is in the view: the same said again is not news. Null when
    /// this is their first visit, or when only part of the record was read.
    /// </summary>
    private async Task<News?> NewsAsync(RecordView view, CancellationToken cancel)
    {
        if ((_errand.NewsSince ?? _lastLooked) is not { } since || !_errand.IsOfEverything || _errand.Then is not null)
            return null;
        await using var command = _database.Source.CreateCommand("""
            select entry_id, min(recorded_at) > $3 from record.version where home = any($1) and identity_id = any($2)
            group by entry_id having max(recorded_at) > $3
            """);
        _places.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        var shown = EverythingIn.Of(view).Select(entry => entry.Id).ToHashSet();
        var news = new Dictionary<Guid, bool>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (shown.Contains(row.GetGuid(0)))
                news[row.GetGuid(0)] = row.GetBoolean(1);
        }

        return new News(since, news);
    }

    /// <summary>What the sections of this errand that the viewer may see held at the moment asked for; null for now.</summary>
    private async Task<IReadOnlyList<KnownEntry>?> KnownAsync(Asked[] all, CancellationToken cancel)
    {
        if (_past is null || _errand.Then is not { } then)
            return null;
        try
        {
            await using var connection = await _database.Log.OpenConnectionAsync(cancel);
            return await LogAsAt.ReadAsync(connection, _past.Identities, then,
                all.Where(asked => asked.State == SectionState.Read).Select(asked => asked.Table), cancel);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new RecordUnavailableException(fault);
        }
    }

    /// <summary>What of now must be said beside the past.</summary>
    private async Task<Then?> ThenAsync(SectionView<Demographics> persons, SectionView<Allergy> allergiesThen, CancellationToken cancel)
    {
        if (_past is null || _errand.Then is not { } then)
            return null;
        var (demographics, allergies) = (Ask(Section.Demographics, Shelves.Demographics), Ask(Section.Allergies, Shelves.Allergies));
        var hidden = new HiddenItems();
        await FetchAsync(hidden, [demographics, allergies], known: null, cancel);
        var (who, now) = (demographics.View(then, hidden), allergies.View(then, hidden));
        if (!who.IsRead || now.State == SectionState.Unavailable)
            throw new RecordUnavailableException(demographics.Fault ?? allergies.Fault);
        var since = now.Entries.Where(entry => !entry.Ended && entry.Item.Kind != AllergyKind.NoKnownAllergies
            && !allergiesThen.Entries.Any(old => old.Id == entry.Id && !old.Ended && old.Item == entry.Item)).ToList();
        return new Then(then, ConsolidatedPerson.Of(who.Entries, _isRestricted), since, _past.LeftOut, persons.Entries.Count == 0);
    }

    /// <summary>A notice is for whoever may read the section it is about, of that source, and on pages that show it.</summary>
    private SectionView<Notice> NoticesFor(SectionView<Notice> all)
    {
        var entries = all.Entries
            .Where(entry => _errand.Sections.Contains(entry.Item.About) && _scope.Of(entry.Item.About).Seen.Contains(entry.Source)).ToList();
        return all with { Entries = entries, Total = entries.Count };
    }

    /// <summary>Sources that are not for all yet and that this viewer sees or does not see; the page says so of the first.</summary>
    public Sight Sight => _places.Sight;

    /// <summary>Messages about this person that could not be applied, where they could at least be told to be about them.</summary>
    public IReadOnlyList<Unprocessed> Unprocessed => _places.Unprocessed;

    /// <summary>Records of a source that somebody's word joined to this person, newest first; of a past moment only those joined by then.</summary>
    public IReadOnlyList<Joined> Joins => [.. _places.Joins.Where(one => _errand.Then is not { } then || one.At <= then)];

    /// <summary>
    /// What the amended results of the view were before, newest first within each; noted as shown like the view itself. Empty before
    /// <see cref="ReadAsync"/>.
    /// </summary>
    public async Task<IReadOnlyList<EarlierValue>> ReadAmendedAsync(CancellationToken cancel)
    {
        var earlier = _view is null || _isRestricted ? [] : await Amended.ReadAsync(_database, _places, _view.Results.Entries, cancel);
        if (earlier.Count > 0)
            await AuditLog.ShownAsync(_database, _viewer, _note, part: 2,
                [.. earlier.Select(one => one.Entry)], [.. earlier.Select(one => one.Message)], new Dictionary<Section, int>(), cancel);
        return earlier;
    }

    private Extent ExtentOf(Section section) => _scope.Of(section).Extent;

    private Asked<TItem> Ask<TItem>(Section section, Shelf<TItem> shelf)
        where TItem : Item =>
        new(section, shelf, !_errand.Sections.Contains(section) ? SectionState.NotAsked
            : _scope.Of(section) is { Extent: Extent.None, NotShared.Length: 0, SealedFeeds.Length: 0 } ? SectionState.NotForYourRole
            : SectionState.Read, _scope.Of(section));
}
