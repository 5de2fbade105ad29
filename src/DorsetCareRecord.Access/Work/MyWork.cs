using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Work;

/// <summary>The people a viewer has lately opened, and the news they asked for. Whom it showed is noted before it is shown.</summary>
public sealed class MyWork(AccessDatabase database, PersonSearch search, Door door, TimeProvider clock)
{
    private static readonly TimeSpan NewsAge = TimeSpan.FromDays(28);

    /// <summary>Newest first; somebody merged into another since is given as that other.</summary>
    public async Task<IReadOnlyList<RecentPerson>> RecentAsync(Viewer viewer, TimeSpan back, int most, Origin origin, CancellationToken cancel)
    {
        if (!Decide.MayOpenRecords(viewer.Role))
            return [];
        await using var command = database.Source.CreateCommand("""
            select person_id, max(last_at) from access.visit where account_id = $1 and last_at > $2 group by person_id order by 2 desc limit $3
            """);
        command.Parameters.Add(new() { Value = viewer.Account });
        command.Parameters.Add(new() { Value = (clock.GetUtcNow() - back).UtcDateTime });
        command.Parameters.Add(new() { Value = most });
        var looks = new List<(Guid Person, DateTimeOffset At)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
                looks.Add((row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)));
        }

        var people = await PeopleAsync(viewer, [.. looks.Select(look => look.Person)], origin, cancel);
        return [.. looks.Where(look => people.ContainsKey(look.Person)).Select(look => new RecentPerson(people[look.Person], look.At)).DistinctBy(one => one.Found.Person)];
    }

    /// <summary>News of the last four weeks, unseen first; only of people and sections the viewer's role may still see.</summary>
    public async Task<IReadOnlyList<NewsItem>> NewsAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        if (!Decide.MayOpenRecords(viewer.Role))
            return [];
        await using var command = database.Source.CreateCommand("""
            select person_id, entry_id, kind, recorded_at, seen_at is not null from access.news where account_id = $1 and told_at > $2
            order by seen_at is not null, recorded_at desc limit 100
            """);
        command.Parameters.Add(new() { Value = viewer.Account });
        command.Parameters.Add(new() { Value = (clock.GetUtcNow() - NewsAge).UtcDateTime });
        var news = new List<(Guid Person, Guid Entry, Wish Kind, DateTimeOffset At, bool IsSeen)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                if (WorkWords.Wished(row.GetString(2)) is { } kind)
                    news.Add((row.GetGuid(0), row.GetGuid(1), kind, row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4)));
            }
        }

        // Asked again at each showing: a relationship may have ended, a person may have chosen not to have a record.
        var may = new Dictionary<Guid, IReadOnlySet<Section>?>();
        foreach (var person in news.Select(one => one.Person).Distinct())
            may[person] = await door.SectionsAsync(viewer, person, Purposes.Of(viewer.Role), cancel);
        news.RemoveAll(one => may[one.Person]?.Contains(NewsTeller.SectionOf(one.Kind)) != true);
        var people = await PeopleAsync(viewer, [.. news.Select(one => one.Person).Distinct()], origin, cancel);
        return [.. news.Where(one => people.ContainsKey(one.Person)).Select(one => new NewsItem(people[one.Person], one.Kind, one.Entry, one.At, one.IsSeen))];
    }

    public async Task SeenAsync(Viewer viewer, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("update access.news set seen_at = $2 where account_id = $1 and seen_at is null");
        command.Parameters.Add(new() { Value = viewer.Account });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Who people are now, by the ids they were kept under; noted before they are told.</summary>
    internal async Task<IReadOnlyDictionary<Guid, FoundPerson>> PeopleAsync(Viewer viewer, Guid[] kept, Origin origin, CancellationToken cancel)
    {
        if (kept.Length == 0)
            return new Dictionary<Guid, FoundPerson>();
        await using var command = database.Source.CreateCommand("""
            select k.id, coalesce(
                (select person_id from record.person_link where person_id = k.id and ended_at is null limit 1),
                (select n.person_id from record.person_link o join record.person_link n on n.identity_id = o.identity_id and n.ended_at is null
                    where o.person_id = k.id order by n.person_id limit 1))
            from unnest($1) k (id)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = kept });
        var now = new Dictionary<Guid, Guid>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                if (!row.IsDBNull(1))
                    now[row.GetGuid(0)] = row.GetGuid(1);
            }
        }

        var who = (await search.WhoAsync(viewer, [.. now.Values.Distinct()], cancel)).ToDictionary(found => found.Person);
        await AuditLog.WriteAsync(database, new Note
        {
            Act = Act.OpenMyWork, Outcome = Outcome.Allowed, Viewer = viewer, Origin = origin, Found = [.. who.Keys],
        }, cancel);
        return now.Where(pair => who.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => who[pair.Value]);
    }
}
