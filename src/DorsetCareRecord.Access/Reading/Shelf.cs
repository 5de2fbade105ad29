using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// One table of the record and the one statement that reads a person's rows of it: which columns, which rows never leave,
/// newest first, how many. The statement is fixed text, so the server prepares it once; who may see what comes as parameters.
/// </summary>
internal sealed class Shelf<TItem>
    where TItem : Item
{
    private readonly ItemTable<TItem> _table;

    /// <param name="never">Condition of rows nobody is shown (entered in error).</param>
    /// <param name="newestFirst">Order by.</param>
    /// <param name="limit">Rows at most; the number of all goes with each row.</param>
    /// <param name="part">What is shown of feeds of which only part is; nothing when not stated.</param>
    internal Shelf(ItemTable<TItem> table, string never, string newestFirst, int limit, Part? part = null)
    {
        _table = table;
        var columns = table.Columns.Select(column =>
            part?.Columnless.Contains(column) == true ? $"case when source = any($3) then \"{column}\" end" : $"\"{column}\"");
        var list = string.Join(", ", columns);
        Sql = Statement(table.ItemType == typeof(Encounter) ? ClosedWhenMoved(list) : list, $"record.{table.Name} t", part?.Rows ?? "false", $"and {NotCovered}");
        // What is hidden now is hidden in the past too, whatever it was called then; what a cutover covers now stood by itself then.
        SqlThen = new(() => Statement(list, KnownRows.From(table, first: 8, "t"),
            part?.Rows.Replace("from record.encounter e ", $"from {KnownRows.From(ItemTables.Encounter, 8, "e")} ", StringComparison.Ordinal) ?? "false",
            $"""
            and id not in (select t.id from record.{table.Name} t
                where t.home = any($1) and t.identity_id = any($2) and ({Marks.Of(table, first: 5)}))
            """));

        string Statement(string select, string from, string rows, string also) => $"""
            select {select}, count(*) over () from {from}
            where home = any($1) and identity_id = any($2) and ({never}) is not true
                and (source = any($3) or (source = any($4) and ({rows})))
                and not ({Marks.Of(table, first: 5)}) {also}
            order by {newestFirst}, id limit {limit}
            """;
    }

    /// <summary>
    /// Another entry of this very person shows the same, or a newer source speaks for it (docs/feeds/cutover.md). An entry covered by an
    /// identity that is not among theirs, because the link ended or its source has not the word, is shown. What is covered is sought once
    /// a statement, for most often it is nothing.
    /// </summary>
    private const string NotCovered = """
        (t.home, t.id) not in (select c.home, c.entry_id from record.cover c
          where c.home = any($1) and c.by_identity_id = any($2) and c.why <> 'closed')
        """;

    /// <summary>What a source that was drained had open, it can no longer close: shown as closed, with the reason.</summary>
    private static string ClosedWhenMoved(string quoted)
    {
        const string moved = """
            (t.home, t.id) in (select c.home, c.entry_id from record.cover c
              where c.home = any($1) and c.by_identity_id = any($2) and c.why = 'closed')
            """;
        return quoted
            .Replace("\"status\"", $"case when {moved} then {(short)EncounterStatus.Finished}::smallint else status end", StringComparison.Ordinal)
            .Replace("\"outcome\"", $"case when {moved} then 'Moved to the new system' else outcome end", StringComparison.Ordinal);
    }

    internal string Sql { get; }

    /// <summary>The same statement over what was known at a moment, given as parameters after the others.</summary>
    internal Lazy<string> SqlThen { get; }

    internal ItemTable Table => _table;

    internal NpgsqlBatchCommand Command(Places places, SectionScope scope, HidingMarks hidden, IReadOnlyList<KnownEntry>? known = null)
    {
        var command = new NpgsqlBatchCommand(known is null ? Sql : SqlThen.Value);
        places.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = scope.Whole });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = scope.Part });
        hidden.AddTo(command.Parameters);
        foreach (var parameter in known is null ? [] : KnownRows.Parameters(_table, known))
            command.Parameters.Add(parameter);
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

/// <summary>What is shown of a feed of which only part is.</summary>
/// <param name="Rows">Condition of the rows.</param>
/// <param name="Columnless">Columns that stay empty.</param>
internal sealed record Part(string Rows, params string[] Columnless);

/// <summary>Every reading there is, by type of item, by how much of it a role sees, and by how much a page shows.</summary>
internal static class Shelves
{
    private const int Summary = 200;
    private const int Whole = 4000;

    /// <summary>Clinical dates are stored so that their bytes are in their order, and comparing bytes costs a tenth of comparing words.</summary>
    private const string AsBytes = "collate \"C\"";

    private const string ByResultTime = $"coalesce(taken_at, reported_at) {AsBytes} desc nulls last, message_id desc, position";
    private const string ByReportTime = $"coalesce(taken_at, reported_at, requested_at) {AsBytes} desc nulls last";
    private const string ByEncounterTime = $"start_at {AsBytes} desc nulls last";
    private const string ByLetterTime = $"written_at {AsBytes} desc nulls last";

    private const string NothingIsHidden = "false";
    private static readonly string ProblemInError = $"status = {(short)ProblemStatus.EnteredInError}";
    private static readonly string MedicineInError = $"status = {(short)MedicineStatus.EnteredInError}";
    private static readonly string AllergyInError = $"status = {(short)AllergyStatus.EnteredInError}";
    private static readonly string ResultInError = $"status = {(short)ResultStatus.EnteredInError}";
    private static readonly string EncounterInError = $"status = {(short)EncounterStatus.EnteredInError}";
    private static readonly Part ActiveOnly = new($"not (status = {(short)ProblemStatus.Resolved} or ended)");
    private static readonly Part DischargeOnly = new($"kind = {(short)LetterKind.Discharge}");

    private static readonly Part DateAndService = new("true",
        "clinician", "reason", "outcome", "notes", "admission_method", "discharge_method", "discharge_destination");

    private static readonly Part DatesOnly = new("true",
        [.. DateAndService.Columnless, "kind", "location", "site", "specialty", "specialty_code"]);

    private static readonly Part LastThree = new($"""
        id in (select e.id from record.encounter e where e.home = any($1) and e.identity_id = any($2) and e.source = any($4)
            and (e.{EncounterInError}) is not true order by e.{ByEncounterTime}, e.id limit 3)
        """);

    private static readonly string ImmunisationInError = $"status = {(short)ImmunisationStatus.EnteredInError}";
    private static readonly string IsCarer = $"role in ({(short)ContactRole.MainCarer}, {(short)ContactRole.Carer})";

    internal static readonly Shelf<Demographics> Demographics = new(ItemTables.Demographics, NothingIsHidden, "source_version desc", Summary);

    internal static readonly Shelf<Flag> Flags = new(ItemTables.Flag, NothingIsHidden, "active desc, kind", Whole);

    internal static readonly Shelf<Allergy> Allergies =
        new(ItemTables.Allergy, AllergyInError, "severity desc nulls last, substance", Whole);

    internal static readonly Shelf<Medicine> Medicines =
        new(ItemTables.Medicine, MedicineInError, $"started_on {AsBytes} desc nulls last, name", Whole);

    internal static readonly Shelf<Contact> NextOfKin = new(ItemTables.Contact, IsCarer, "ended, role, is_main_contact desc nulls last", Whole);

    internal static readonly Shelf<Contact> Carers = new(ItemTables.Contact, $"not ({IsCarer})", "ended, role", Whole);

    internal static readonly Shelf<CareService> CareServices =
        new(ItemTables.CareService, NothingIsHidden, $"ended, status, started_on {AsBytes} desc nulls last", Whole);

    internal static readonly Shelf<CareWorker> CareWorkers =
        new(ItemTables.CareWorker, NothingIsHidden, "ended, is_primary desc nulls last", Whole);

    internal static readonly Shelf<CareDetail> CareDetails =
        new(ItemTables.CareDetail, NothingIsHidden, $"ended, kind, coalesce(started_on, ended_on) {AsBytes} desc nulls last", Whole);

    internal static readonly Shelf<Immunisation> Immunisations =
        new(ItemTables.Immunisation, ImmunisationInError, $"given_on {AsBytes} desc nulls last, vaccine", Whole);

    /// <summary>What a list no longer says of itself is past.</summary>
    internal static readonly Shelf<Notice> Notices = new(ItemTables.Notice, "ended", "section, kind", Whole);

    internal static readonly Shelf<Problem> Problems =
        new(ItemTables.Problem, ProblemInError, $"coalesce(onset_on, recorded_on) {AsBytes} desc nulls last", Whole, ActiveOnly);

    private static readonly Shelf<Result> LatestResults =
        new(ItemTables.Result.Without(nameof(Result.Notes)), ResultInError, ByResultTime, Summary);

    private static readonly Shelf<Result> AllResults = new(ItemTables.Result, ResultInError, ByResultTime, Whole);

    private static readonly ItemTable<Report> ReportHeads = ItemTables.Report.Without(nameof(Report.Text));

    private static readonly Shelf<Report> LatestReports = new(ReportHeads, ResultInError, ByReportTime, 40);

    private static readonly Shelf<Report> AllReports = new(ReportHeads, ResultInError, ByReportTime, Whole);

    private static readonly Shelf<Letter> LatestLetters = new(ItemTables.Letter, NothingIsHidden, ByLetterTime, 40, DischargeOnly);
    private static readonly Shelf<Letter> AllLetters = new(ItemTables.Letter, NothingIsHidden, ByLetterTime, Whole, DischargeOnly);

    private static readonly ItemTable<Encounter> WithoutNotes = ItemTables.Encounter.Without(nameof(Encounter.Notes));

    private static readonly Shelf<Encounter> LatestEncounters = new(WithoutNotes, EncounterInError, ByEncounterTime, 60);
    private static readonly Shelf<Encounter> AllEncounters = Encounters(Whole, null);
    private static readonly Shelf<Encounter> LastThreeEncounters = Encounters(Whole, LastThree);
    private static readonly Shelf<Encounter> EncounterServices = Encounters(Whole, DateAndService);
    private static readonly Shelf<Encounter> EncounterDates = Encounters(Whole, DatesOnly);

    internal static Shelf<Result> Results(bool whole) => whole ? AllResults : LatestResults;

    internal static Shelf<Report> Reports(bool whole) => whole ? AllReports : LatestReports;

    internal static Shelf<Letter> Letters(Extent extent, bool whole) =>
        whole || extent == Extent.DischargeOnly ? AllLetters : LatestLetters;

    internal static Shelf<Encounter> Encounters(Extent extent, bool whole) => extent switch
    {
        Extent.LastThree => LastThreeEncounters,
        Extent.DateAndService => EncounterServices,
        Extent.DatesOnly => EncounterDates,
        _ => whole ? AllEncounters : LatestEncounters,
    };

    private static Shelf<Encounter> Encounters(int limit, Part? part) =>
        new(ItemTables.Encounter, EncounterInError, ByEncounterTime, limit, part);

    /// <summary>How many rows of each section are there and not shown, of those whose being there may be known.</summary>
    internal static string CountHidden { get; } = string.Join(" union all ", (string[])
    [
        Count(Section.Flags, ItemTables.Flag, NothingIsHidden),
        Count(Section.Problems, ItemTables.Problem, ProblemInError),
        Count(Section.Medicines, ItemTables.Medicine, MedicineInError),
        Count(Section.Allergies, ItemTables.Allergy, AllergyInError),
        Count(Section.Results, ItemTables.Result, ResultInError),
        Count(Section.Results, ItemTables.Report, ResultInError),
        Count(Section.NextOfKin, ItemTables.Contact, IsCarer),
        Count(Section.Care, ItemTables.Contact, $"not ({IsCarer})"),
        Count(Section.Care, ItemTables.CareService, NothingIsHidden),
        Count(Section.Care, ItemTables.CareWorker, NothingIsHidden),
        Count(Section.Letters, ItemTables.Letter, NothingIsHidden),
        Count(Section.Care, ItemTables.CareDetail, NothingIsHidden),
        Count(Section.Encounters, ItemTables.Encounter, EncounterInError),
        Count(Section.Immunisations, ItemTables.Immunisation, ImmunisationInError),
    ]);

    /// <summary>
    /// $3 feeds shown and $4 feeds sealed, each as <c>section|feed</c>; from $5 marks that may be known, from $8 marks that may not. Whether a row
    /// bears a mark is asked first, for nearly none does; and by <c>case</c>, so that the planner keeps that order.
    /// </summary>
    private static string Count(Section section, ItemTable table, string never) => $"""
        select {(short)section}::smallint, count(*) from record.{table.Name} t
        where home = any($1) and identity_id = any($2) and ({never}) is not true
            and case when cardinality($4::text[]) > 0 and '{(short)section}|' || source = any($4) or ({Marks.Of(table, first: 5)})
                    and '{(short)section}|' || source = any($3)
                then not ({Marks.Of(table, first: 8)}) else false end
        """;
}
