using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Work;

/// <summary>
/// Tells staff what they asked to be told. When a record changes, each who asked for news of that person has it read on their
/// behalf, as they are in the directory at that moment, through the same door and with a note of its own; so nobody is told of
/// what they could not open.
/// </summary>
public sealed class NewsTeller(AccessDatabase database, Door door, TimeProvider clock)
{
    private static readonly Origin Itself = new(null, "news");

    /// <summary>A discharge that is merely spoken of again long after it is no news.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <summary>The section a wish is about.</summary>
    public static Section SectionOf(Wish wish) => wish == Wish.Result ? Section.Results : Section.Encounters;

    /// <param name="persons">Who changed; null for everybody anyone asked about, after a gap in hearing.</param>
    /// <returns>How many were told something.</returns>
    public async Task<int> TellAsync(IReadOnlyCollection<Guid>? persons, CancellationToken cancel)
    {
        var told = 0;
        foreach (var asked in await AskedAsync(persons, cancel))
        {
            if (await door.OpenAsync(asked.Viewer, asked.Person, Purposes.Of(asked.Viewer.Role), Errand.News(asked.Since), Itself, cancel) is not Opening.Opened opened)
                continue;
            var view = await opened.Lens.ReadAsync(cancel);
            var news = Heard(view, asked.Since).Where(one => asked.Wishes.Contains(one.Kind)).ToList();
            if (news.Count > 0)
                told += await KeepAsync(asked.Viewer, asked.Person, news, cancel);
        }

        return told;
    }

    private static IEnumerable<(Wish Kind, Guid Entry, DateTimeOffset RecordedAt)> Heard(RecordView view, DateTimeOffset since)
    {
        if (view.News is not { } news)
            yield break;
        foreach (var entry in view.Encounters.Entries
            .Where(entry => news.Entries.ContainsKey(entry.Id) && entry.Item is { Kind: EncounterKind.Inpatient or EncounterKind.DayCase }))
        {
            if (entry.Item is { Status: EncounterStatus.InProgress, EndAt: null })
                yield return (Wish.Admission, entry.Id, entry.RecordedAt);
            if (entry.Item.Status == EncounterStatus.Finished && (entry.Item.EndAt?.AsInstant() ?? entry.StatedAt) > since - Stale)
                yield return (Wish.Discharge, entry.Id, entry.RecordedAt);
        }

        foreach (var line in RecentLines(view).Where(line => line.Entries.Any(news.IsNew)))
            yield return (Wish.Result, line.Entries[0], line.At);
    }

    private static IEnumerable<(IReadOnlyList<Guid> Entries, DateTimeOffset At)> RecentLines(RecordView view) =>
        Showing.RecentResult.Of(view.Reports, view.Results).Select(line => (
            (IReadOnlyList<Guid>)[.. line.Report is null ? [] : new[] { line.Report.Id }, .. line.Values.Select(value => value.Id)],
            line.Values.Select(value => value.RecordedAt).Append(line.Report?.RecordedAt ?? DateTimeOffset.MinValue).Max()));

    private async Task<List<(Viewer Viewer, Guid Person, DateTimeOffset Since, HashSet<Wish> Wishes)>> AskedAsync(
        IReadOnlyCollection<Guid>? persons, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Source.CreateCommand($"""
            with asked as (select w.account_id, m.person_id, min(greatest(w.since, m.added_at)) as since, array_agg(distinct w.kind) as kinds
            from access.people_list_member m
            join access.people_list l on l.id = m.list_id and l.ended_at is null
            join access.wish w on w.list_id = l.id and w.ended_at is null
            join access.account a on a.id = w.account_id
            join access.account k on k.id = l.account_id
            where m.ended_at is null and ($1::uuid[] is null or m.person_id = any($1))
                and (l.account_id = a.id or (k.organisation_code = a.organisation_code and (l.shared_with = 'organisation'
                    or (l.shared_with = 'team' and exists (select from access.team t where t.id = k.team_id and t.id = a.team_id
                        and t.organisation_code = k.organisation_code and t.closed_at is null)))))
            group by w.account_id, m.person_id)
            select a.id, a.issuer, a.subject, a.name, a.organisation_code, o.name, a.role, k.person_id, k.since, k.kinds, {Sessions.StandingColumns}
            from asked k join access.account a on a.id = k.account_id join access.organisation o on o.code = a.organisation_code
            """);
        command.Parameters.Add(new()
        {
            Value = persons is null ? DBNull.Value : persons.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid,
        });
        var asked = new List<(Viewer, Guid, DateTimeOffset, HashSet<Wish>)>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var standing = Sessions.StandingOf(row, now, from: 10);
            if (standing.MayEnter() && RoleNames.Find(row.GetString(6)) is { } role)
                asked.Add((new Viewer(row.GetGuid(0), Guid.Empty, row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), role)
                { Standing = standing, PolicyVersion = row.GetInt64(17) },
                    row.GetGuid(7), row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<string[]>(9).Select(WorkWords.Wished).OfType<Wish>().ToHashSet()));
        }

        return asked;
    }

    private async Task<int> KeepAsync(
        Viewer viewer, Guid person, List<(Wish Kind, Guid Entry, DateTimeOffset RecordedAt)> news, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            insert into access.news (account_id, person_id, entry_id, kind, recorded_at, told_at)
            select $1, $2, entry, kind, at, $6 from unnest($3, $4, $5) n (entry, kind, at) on conflict do nothing
            """);
        command.Parameters.Add(new() { Value = viewer.Account });
        command.Parameters.Add(new() { Value = person });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. news.Select(one => one.Entry)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. news.Select(one => WorkWords.Stored(one.Kind))] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. news.Select(one => one.RecordedAt.UtcDateTime)] });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
