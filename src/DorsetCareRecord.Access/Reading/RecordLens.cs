using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>The record could not be read, not even whose it is; nothing may be shown.</summary>
public sealed class RecordUnavailableException(Exception? cause) : Exception("The record could not be read.", cause);

/// <summary>
/// One person's record as one viewer may see it, for one noted errand. Sections the viewer may not see are never read.
/// Made by <see cref="Door"/> only.
/// </summary>
public sealed class RecordLens
{
    private readonly AccessDatabase _database;
    private readonly TimeProvider _clock;
    private readonly Guid _person;
    private readonly Places _places;
    private readonly Errand _errand;
    private readonly IReadOnlyDictionary<Section, Decision> _decisions;
    private readonly long _note;
    private RecordView? _view;

    internal RecordLens(AccessDatabase database, TimeProvider clock, Guid person, Places places, Errand errand,
        IReadOnlyDictionary<Section, Decision> decisions, long note) =>
        (_database, _clock, _person, _places, _errand, _decisions, _note) =
            (database, clock, person, places, errand, decisions, note);

    /// <summary>All the errand is about, in one round trip; what was shown is noted before it is returned.</summary>
    /// <exception cref="RecordUnavailableException">Not even the demographics could be read.</exception>
    public async Task<RecordView> ReadAsync(CancellationToken cancel)
    {
        var at = _clock.GetUtcNow();
        var demographics = Ask(Section.Demographics, Shelves.Demographics);
        var flags = Ask(Section.Flags, Shelves.Flags);
        var problems = Ask(Section.Problems, Shelves.Problems(ExtentOf(Section.Problems)));
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

        await FetchAsync(
            [
                demographics, flags, problems, medicines, allergies, results, reports, nextOfKin, carers, services, workers, letters,
                encounters, immunisations, details, notices,
            ],
            cancel);

        var persons = demographics.View(at);
        if (!persons.IsRead)
            throw new RecordUnavailableException(demographics.Fault);
        _view = Restriction.Apply(new RecordView
        {
            Person = _person,
            At = at,
            Demographics = persons,
            Who = ConsolidatedPerson.Of(persons.Entries),
            Flags = flags.View(at),
            Problems = problems.View(at),
            Medicines = medicines.View(at),
            Allergies = allergies.View(at),
            Results = results.View(at),
            Reports = reports.View(at),
            NextOfKin = nextOfKin.View(at),
            Carers = carers.View(at),
            CareServices = services.View(at),
            CareWorkers = workers.View(at),
            Letters = letters.View(at),
            Encounters = encounters.View(at),
            Immunisations = immunisations.View(at),
            CareDetails = details.View(at),
            Notices = NoticesFor(notices.View(at)),
        });
        var (entries, messages) = Shown.Of(_view);
        await AuditLog.ShownAsync(_database, _note, part: 1, entries, messages, cancel);
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
            ? new LetterFile(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetFieldValue<byte[]>(2))
            : null;
    }

    /// <summary>The words of the report this lens was opened for, once read; null when there are none, or none for this viewer.</summary>
    public async Task<string?> ReadReportTextAsync(CancellationToken cancel)
    {
        var report = _view?.Reports.Entries.FirstOrDefault(entry => entry.Id == _errand.Entry);
        if (report is null)
            return null;
        await using var command = _database.Source.CreateCommand("select text from record.report where home = any($1) and id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = _places.Homes });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = report.Id });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>A notice is for whoever may read the section it is about, and on pages that show it.</summary>
    private SectionView<Notice> NoticesFor(SectionView<Notice> all)
    {
        var entries = all.Entries
            .Where(entry => _errand.Sections.Contains(entry.Item.About) && ExtentOf(entry.Item.About) != Extent.None).ToList();
        return all with { Entries = entries, Total = entries.Count };
    }

    /// <summary>Sources that are not for all yet and that this viewer sees or does not see; the page says so of the first.</summary>
    public Sight Sight => _places.Sight;

    /// <summary>
    /// What the amended results of the view were before, newest first within each; noted as shown like the view itself. Empty before
    /// <see cref="ReadAsync"/>.
    /// </summary>
    public async Task<IReadOnlyList<EarlierValue>> ReadAmendedAsync(CancellationToken cancel)
    {
        var earlier = _view is null ? [] : await Amended.ReadAsync(_database, _places, _view.Results.Entries, cancel);
        if (earlier.Count > 0)
            await AuditLog.ShownAsync(_database, _note, part: 2, [.. earlier.Select(one => one.Entry)], [.. earlier.Select(one => one.Message)], cancel);
        return earlier;
    }

    private Extent ExtentOf(Section section) =>
        _decisions.TryGetValue(section, out var decision) ? decision.Extent : Extent.None;

    private Asked<TItem> Ask<TItem>(Section section, Shelf<TItem> shelf)
        where TItem : Item =>
        new(section, shelf, !_errand.Sections.Contains(section) ? SectionState.NotAsked
            : ExtentOf(section) == Extent.None ? SectionState.NotForYourRole : SectionState.Read, ExtentOf(section));

    /// <summary>
    /// One round trip for all. Should it fail, each section is tried by itself: one table in trouble shows as that section
    /// being unavailable, and the rest still helps.
    /// </summary>
    private async Task FetchAsync(Asked[] all, CancellationToken cancel)
    {
        var wanted = Array.FindAll(all, asked => asked.State == SectionState.Read);
        try
        {
            await FetchTogetherAsync(wanted, cancel);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            foreach (var asked in wanted)
            {
                try
                {
                    await FetchTogetherAsync([asked], cancel);
                }
                catch (Exception own) when (own is NpgsqlException or TimeoutException)
                {
                    asked.Fail(own);
                }
            }
        }
    }

    private async Task FetchTogetherAsync(IReadOnlyList<Asked> wanted, CancellationToken cancel)
    {
        await using var batch = _database.Source.CreateBatch();
        foreach (var asked in wanted)
            batch.BatchCommands.Add(asked.Command(_places));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        foreach (var asked in wanted)
        {
            await asked.ReadAsync(row, cancel);
            await row.NextResultAsync(cancel);
        }
    }
}

/// <summary>A letter's file exactly as its source sent it.</summary>
public sealed record LetterFile(string ContentType, string? FileName, byte[] Bytes);
