using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Corrections;

/// <summary>
/// Corrections asked for: put by a reader of an item to the organisation whose source sent it, worked by that organisation's
/// administrator, followed by the reporter. What is written here is kept in these tables alone.
/// </summary>
public sealed class CorrectionDesk(AccessDatabase database, TimeProvider clock)
{
    /// <summary>
    /// Puts a correction of an item in a view into its organisation's queue. The same id twice, as of a form sent twice, is once.
    /// </summary>
    /// <returns>False when the item is not in the view, its source is nobody's, or nothing was written.</returns>
    public async Task<bool> ReportAsync(
        Viewer viewer, RecordView view, Guid entry, Guid id, CorrectionReason reason, string? words, CancellationToken cancel)
    {
        var written = words?.Trim() ?? "";
        if (written.Length is 0 or > CorrectionWords.Longest
            || EverythingIn.Of(view).FirstOrDefault(one => one.Id == entry) is not { } about
            || Dorset.SourceOf(about.Source) is not { } source)
            return false;
        await using var batch = database.Source.CreateBatch();
        var report = new NpgsqlBatchCommand("""
            insert into access.correction (id, person_id, entry_id, message_id, section, source, organisation_code, reason, words,
                account_id, name, reporter_organisation, reported_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing
            """);
        foreach (var value in (object[])[id, view.Person, about.Id, about.Message, (short)about.Section, about.Source, source.OrganisationCode,
            CorrectionWords.Stored(reason), written, viewer.Account, viewer.Name, viewer.OrganisationName, clock.GetUtcNow().UtcDateTime])
            report.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(report);
        batch.BatchCommands.Add(Step(viewer, id, 1, CorrectionState.Reported, null));
        await batch.ExecuteNonQueryAsync(cancel);
        return true;
    }

    /// <summary>What this viewer reported, newest first.</summary>
    public Task<IReadOnlyList<Correction>> OfReporterAsync(Viewer viewer, CancellationToken cancel) =>
        ReadAsync("c.account_id = $1", viewer.Account, cancel);

    /// <summary>The queue of an administrator's organisation, open ones first; null for who administers nothing.</summary>
    public async Task<IReadOnlyList<Correction>?> QueueAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await NoteAsync(Act.ListCorrections, may, viewer, null, [], origin, cancel);
        return may ? await ReadAsync("c.organisation_code = $1", viewer.Organisation, cancel) : null;
    }

    /// <param name="after">The last step the viewer saw.</param>
    /// <param name="words">To the reporter; whoever closes a correction must say something.</param>
    public async Task<StepTaken> StepAsync(
        Viewer viewer, Guid id, int after, CorrectionState state, string? words, Origin origin, CancellationToken cancel)
    {
        var written = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        var mine = Decide.MayAdministerAccounts(viewer.Role)
            ? (await ReadAsync("c.organisation_code = $1", viewer.Organisation, cancel)).FirstOrDefault(one => one.Id == id) : null;
        var may = mine is not null && state != CorrectionState.Reported && Enum.IsDefined(state) && written?.Length is null or <= CorrectionWords.Longest
            && (state is not (CorrectionState.Mended or CorrectionState.NotAProblem) || written is not null);
        await NoteAsync(Act.WorkCorrection, may, viewer, mine?.Person, [id], origin, cancel);
        if (!may)
            return StepTaken.NotAllowed;
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(Step(viewer, id, after + 1, state, written));
        return mine!.Last == after && await batch.ExecuteNonQueryAsync(cancel) == 1 ? StepTaken.Taken : StepTaken.Overtaken;
    }

    private NpgsqlBatchCommand Step(Viewer viewer, Guid id, int number, CorrectionState state, string? words)
    {
        var step = new NpgsqlBatchCommand("""
            insert into access.correction_step (correction_id, step, state, words, account_id, name, organisation_code, taken_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
            """);
        step.Parameters.Add(new() { Value = id });
        step.Parameters.Add(new() { Value = number });
        step.Parameters.Add(new() { Value = CorrectionWords.Stored(state) });
        step.Parameters.Add(new() { Value = (object?)words ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        step.Parameters.Add(new() { Value = viewer.Account });
        step.Parameters.Add(new() { Value = viewer.Name });
        step.Parameters.Add(new() { Value = viewer.Organisation });
        step.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        return step;
    }

    private async Task<IReadOnlyList<Correction>> ReadAsync(string whose, object key, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand($"""
            select c.id, c.person_id, c.entry_id, c.message_id, c.section, c.source, c.reason, c.words, c.name, c.reporter_organisation, c.reported_at,
                (select coalesce(array_agg(i.local_id order by i.local_id), array[]::text[]) from record.person_link l
                    join record.identity i on i.home = l.home and i.id = l.identity_id
                    where l.person_id = c.person_id and l.ended_at is null and i.source = c.source),
                s.step, s.state, s.words, s.name, s.organisation_code, s.taken_at
            from access.correction c join access.correction_step s on s.correction_id = c.id
            where {whose} order by c.reported_at desc, c.id, s.step limit 5000
            """);
        command.Parameters.Add(new() { Value = key });
        var read = new List<Correction>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var step = new CorrectionStep(row.GetInt32(12), CorrectionWords.State(row.GetString(13)), row.IsDBNull(14) ? null : row.GetString(14),
                row.GetString(15), row.GetString(16), row.GetFieldValue<DateTimeOffset>(17));
            if (read.Count > 0 && read[^1].Id == row.GetGuid(0))
                read[^1] = read[^1] with { Steps = [.. read[^1].Steps, step] };
            else
                read.Add(new Correction(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), (Section)row.GetInt16(4), row.GetString(5),
                    CorrectionWords.Reason(row.GetString(6)), row.GetString(7), row.GetString(8), row.GetString(9),
                    row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<string[]>(11), [step]));
        }

        return [.. read.OrderByDescending(one => one.IsOpen).ThenBy(one => one.Reason != CorrectionReason.OtherPerson).ThenByDescending(one => one.At)];
    }

    private async Task NoteAsync(Act act, bool may, Viewer viewer, Guid? person, Guid[] about, Origin origin, CancellationToken cancel) =>
        await AuditLog.WriteAsync(database, new Note
        {
            Act = act, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin, Person = person, Found = about,
        }, cancel);
}
