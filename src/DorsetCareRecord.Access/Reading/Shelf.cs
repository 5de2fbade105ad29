using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// One table of the record and the one statement that reads a person's rows of it: which columns, which rows never leave,
/// newest first, how many. The statement is fixed text, so the server prepares it once.
/// </summary>
internal sealed class Shelf<TItem>
    where TItem : Item
{
    private readonly ItemTable<TItem> _table;

    /// <param name="never">Condition of rows nobody is shown (entered in error).</param>
    /// <param name="newestFirst">Order by.</param>
    /// <param name="limit">Rows at most; the number of all goes with each row.</param>
    internal Shelf(ItemTable<TItem> table, string never, string newestFirst, int limit)
    {
        _table = table;
        Sql = $"""
            select {table.Quoted}, count(*) over () from record.{table.Name}
            where home = any($1) and identity_id = any($2) and ({never}) is not true
            order by {newestFirst}, id limit {limit}
            """;
    }

    internal string Sql { get; }

    internal NpgsqlBatchCommand Command(Places places)
    {
        var command = new NpgsqlBatchCommand(Sql);
        places.AddTo(command.Parameters);
        return command;
    }

    internal async Task<(List<Entry<TItem>> Entries, int Total)> ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
    {
        var entries = new List<Entry<TItem>>();
        var total = 0;
        while (await row.ReadAsync(cancel))
        {
            var read = _table.Read(row);
            total = (int)row.GetInt64(_table.Columns.Count);
            entries.Add(new(read.Id, read.SourceKey, read.Source, read.Version.At, read.RecordedAt, read.MessageId, read.Ended, read.Item));
        }

        return (entries, total);
    }
}

/// <summary>Every reading there is, by type of item, by how much of it a role sees, and by how much a page shows.</summary>
internal static class Shelves
{
    private const int Summary = 200;
    private const int Whole = 4000;

    private const string ByResultTime = "coalesce(taken_at, reported_at) desc nulls last, message_id desc, position";
    private const string ByEncounterTime = "start_at desc nulls last";
    private const string ByLetterTime = "written_at desc nulls last";

    private const string NothingIsHidden = "false";
    private static readonly string ProblemInError = $"status = {(short)ProblemStatus.EnteredInError}";
    private static readonly string MedicineInError = $"status = {(short)MedicineStatus.EnteredInError}";
    private static readonly string AllergyInError = $"status = {(short)AllergyStatus.EnteredInError}";
    private static readonly string ResultInError = $"status = {(short)ResultStatus.EnteredInError}";
    private static readonly string EncounterInError = $"status = {(short)EncounterStatus.EnteredInError}";
    private static readonly string ImmunisationInError = $"status = {(short)ImmunisationStatus.EnteredInError}";
    private static readonly string NotDischarge = $"kind <> {(short)LetterKind.Discharge}";
    private static readonly string NotActive = $"status = {(short)ProblemStatus.Resolved} or ended";
    private static readonly string IsCarer = $"role in ({(short)ContactRole.MainCarer}, {(short)ContactRole.Carer})";

    internal static readonly Shelf<Demographics> Demographics = new(ItemTables.Demographics, NothingIsHidden, "source_version desc", Summary);

    internal static readonly Shelf<Flag> Flags = new(ItemTables.Flag, NothingIsHidden, "active desc, kind", Whole);

    internal static readonly Shelf<Allergy> Allergies =
        new(ItemTables.Allergy, AllergyInError, "severity desc nulls last, substance", Whole);

    internal static readonly Shelf<Medicine> Medicines =
        new(ItemTables.Medicine, MedicineInError, "started_on desc nulls last, name", Whole);

    internal static readonly Shelf<Contact> NextOfKin = new(ItemTables.Contact, IsCarer, "ended, role, is_main_contact desc nulls last", Whole);

    internal static readonly Shelf<Contact> Carers = new(ItemTables.Contact, $"not ({IsCarer})", "ended, role", Whole);

    internal static readonly Shelf<CareService> CareServices =
        new(ItemTables.CareService, NothingIsHidden, "ended, status, started_on desc nulls last", Whole);

    internal static readonly Shelf<CareWorker> CareWorkers =
        new(ItemTables.CareWorker, NothingIsHidden, "ended, is_primary desc nulls last", Whole);

    internal static readonly Shelf<CareDetail> CareDetails =
        new(ItemTables.CareDetail, NothingIsHidden, "ended, kind, coalesce(started_on, ended_on) desc nulls last", Whole);

    internal static readonly Shelf<Immunisation> Immunisations =
        new(ItemTables.Immunisation, ImmunisationInError, "given_on desc nulls last, vaccine", Whole);

    /// <summary>What a list no longer says of itself is past.</summary>
    internal static readonly Shelf<Notice> Notices = new(ItemTables.Notice, "ended", "section, kind", Whole);

    private static readonly Shelf<Problem> AllProblems =
        new(ItemTables.Problem, ProblemInError, "coalesce(onset_on, recorded_on) desc nulls last", Whole);

    private static readonly Shelf<Problem> ActiveProblems = new(ItemTables.Problem,
        $"{ProblemInError} or {NotActive}", "coalesce(onset_on, recorded_on) desc nulls last", Whole);

    private static readonly Shelf<Result> LatestResults =
        new(ItemTables.Result.Without(nameof(Result.Notes)), ResultInError, ByResultTime, Summary);

    private static readonly Shelf<Result> AllResults = new(ItemTables.Result, ResultInError, ByResultTime, Whole);

    private static readonly ItemTable<Report> ReportHeads = ItemTables.Report.Without(nameof(Report.Text));

    private static readonly Shelf<Report> LatestReports = new(ReportHeads, ResultInError, "coalesce(taken_at, reported_at) desc nulls last", 40);

    private static readonly Shelf<Report> AllReports = new(ReportHeads, ResultInError, "coalesce(taken_at, reported_at) desc nulls last", Whole);

    private static readonly Shelf<Letter> LatestLetters = new(ItemTables.Letter, NothingIsHidden, ByLetterTime, 40);
    private static readonly Shelf<Letter> AllLetters = new(ItemTables.Letter, NothingIsHidden, ByLetterTime, Whole);
    private static readonly Shelf<Letter> DischargeLetters = new(ItemTables.Letter, NotDischarge, ByLetterTime, Whole);

    private static readonly ItemTable<Encounter> WithoutNotes = ItemTables.Encounter.Without(nameof(Encounter.Notes));

    private static readonly Shelf<Encounter> LatestEncounters = new(WithoutNotes, EncounterInError, ByEncounterTime, 60);
    private static readonly Shelf<Encounter> AllEncounters = new(ItemTables.Encounter, EncounterInError, ByEncounterTime, Whole);
    private static readonly Shelf<Encounter> LastThreeEncounters = new(WithoutNotes, EncounterInError, ByEncounterTime, 3);

    private static readonly ItemTable<Encounter> DateAndService = ItemTables.Encounter.Without(
        nameof(Encounter.Clinician), nameof(Encounter.Reason), nameof(Encounter.Outcome), nameof(Encounter.AdmissionMethod),
        nameof(Encounter.DischargeMethod), nameof(Encounter.DischargeDestination), nameof(Encounter.Notes));

    private static readonly Shelf<Encounter> EncounterServices = new(DateAndService, EncounterInError, ByEncounterTime, Whole);

    private static readonly Shelf<Encounter> EncounterDates = new(
        DateAndService.Without(nameof(Encounter.Kind), nameof(Encounter.Location), nameof(Encounter.Site),
            nameof(Encounter.Specialty), nameof(Encounter.SpecialtyCode)),
        EncounterInError, ByEncounterTime, Whole);

    internal static Shelf<Problem> Problems(Extent extent) => extent == Extent.ActiveOnly ? ActiveProblems : AllProblems;

    internal static Shelf<Result> Results(bool whole) => whole ? AllResults : LatestResults;

    internal static Shelf<Report> Reports(bool whole) => whole ? AllReports : LatestReports;

    internal static Shelf<Letter> Letters(Extent extent, bool whole) =>
        extent == Extent.DischargeOnly ? DischargeLetters : whole ? AllLetters : LatestLetters;

    internal static Shelf<Encounter> Encounters(Extent extent, bool whole) => extent switch
    {
        Extent.All => whole ? AllEncounters : LatestEncounters,
        Extent.LastThree => LastThreeEncounters,
        Extent.DateAndService => EncounterServices,
        _ => EncounterDates,
    };
}
