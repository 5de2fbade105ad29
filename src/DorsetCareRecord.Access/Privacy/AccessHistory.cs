using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Whom a history is about: a name and a number, which is all that a privacy officer sees of anybody.</summary>
public sealed record HistoryPerson(Guid Person, string? NhsNumber, string? FamilyName, string? GivenNames);

/// <param name="Lines">Every act, oldest first.</param>
public sealed record PersonHistory(HistoryPerson Who, DateTimeOffset At, IReadOnlyList<HistoryLine> Lines);

/// <summary>
/// The patient's question: who looked at my record, when, in what role and for which organisation then, and why? For privacy officers,
/// who answer it; each asking is itself a line of the answer. It holds for people who opted out, too: they may ask like anybody.
/// </summary>
public sealed class AccessHistory(AccessDatabase database, TimeProvider clock)
{
    private const string ByNumber = """
        select l.person_id from record.trait t join record.person_link l on l.identity_id = t.identity_id and l.ended_at is null
        where t.nhs_number = $1 order by l.person_id limit 1
        """;

    private const string WhoIsIt = """
        select t.nhs_number, t.family_name, t.given_names from record.person_link l join record.trait t on t.identity_id = l.identity_id
        where l.person_id = $1 and l.ended_at is null order by t.nhs_number nulls last, l.since limit 1
        """;

    /// <summary>The person of a number; null when nobody has it, or it is not for this role. Noted either way.</summary>
    public async Task<Guid?> FindAsync(Viewer viewer, NhsNumber number, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var person = Decide.MayWatchOverAccess(viewer.Role) ? await ScalarAsync(number.Digits, cancel) : null;
        await NoteAsync(viewer, Act.ReadHistory, null, number.Digits, person is { } found ? [found] : [], origin, cancel);
        return person;
    }

    /// <summary>Null when there is no such person, or it is not for this role.</summary>
    /// <param name="isExport">It leaves the record as a file.</param>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing is told.</exception>
    public async Task<PersonHistory?> OpenAsync(Viewer viewer, Guid person, bool isExport, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var act = isExport ? Act.ExportHistory : Act.ReadHistory;
        var note = await NoteAsync(viewer, act, person, null, [], origin, cancel);
        if (!Decide.MayWatchOverAccess(viewer.Role) || await WhoAsync(database, person, cancel) is not { } who)
            return null;
        var lines = await LinesAsync(database, "select * from access.history_of($1, $2)", person, note, cancel);
        return new PersonHistory(who, clock.GetUtcNow(), HistoryLine.WithReasons(lines));
    }

    internal static async Task<HistoryPerson?> WhoAsync(AccessDatabase database, Guid person, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(WhoIsIt);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new HistoryPerson(person, Text(row, 0), Text(row, 1), Text(row, 2)) : null;
    }

    /// <summary>Lines that the database gives for a note.</summary>
    internal static async Task<List<HistoryLine>> LinesAsync(AccessDatabase database, string sql, Guid about, long note, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = about });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = note });
        var lines = new List<HistoryLine>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            lines.Add(HistoryLine.Read(row));
        return lines;
    }

    private async Task<Guid?> ScalarAsync(string number, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(ByNumber);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        return await command.ExecuteScalarAsync(cancel) as Guid?;
    }

    private Task<long> NoteAsync(Viewer viewer, Act act, Guid? person, string? searched, Guid[] found, Origin origin, CancellationToken cancel) =>
        PrivacyNotes.WriteAsync(database, viewer, act, person, searched, found, [], origin, cancel);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
