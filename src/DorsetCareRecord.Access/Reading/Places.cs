using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>Messages about a person that are parked: something of this source is missing, and nobody but operators would know (H17).</summary>
public sealed record Unprocessed(string Source, int Messages);

/// <summary>
/// Where a person's rows lie for one viewer: the identities that are this person now, and their homes (nearly always one), which come
/// first in every key of the record. An identity is one source's, so a source that is not for this viewer yet is left out here, and
/// nothing that reads by places can show it.
/// </summary>
internal sealed record Places(Guid[] Homes, Guid[] Identities)
{
    private readonly IReadOnlyList<(Guid Home, Guid Identity, string Source)> _all = [];

    /// <summary>What of the staged sources the viewer sees.</summary>
    internal Sight Sight { get; private init; } = Sight.Whole;

    /// <summary>Messages about this person that could not be applied.</summary>
    internal IReadOnlyList<Unprocessed> Unprocessed { get; private init; } = [];

    /// <summary>Which of the records shown were joined to this person, newest first.</summary>
    internal IReadOnlyList<Joined> Joins { get; private init; } = [];

    internal bool IsEmpty => Identities.Length == 0;

    /// <summary>The three statements whose answers <see cref="ReadAsync"/> reads, to go before others in a batch.</summary>
    internal static void AddTo(NpgsqlBatch batch, Guid person)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select l.home, l.identity_id, i.source, l.since, l.evidence from record.shown_link l
            join record.identity i on i.home = l.home and i.id = l.identity_id
            where l.person_id = $1 order by l.identity_id
            """)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = person } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FeedStages.Open));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select p.source, count(distinct p.message_id) from record.person_link l
            join record.identity i on i.home = l.home and i.id = l.identity_id
            join inbox.parked p on p.patients @> array[i.local_id] and p.source = i.source
            where l.person_id = $1 and l.ended_at is null group by p.source
            """)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = person } },
        });
    }

    /// <summary>Leaves the reader at the end of the third answer.</summary>
    internal static async Task<Places> ReadAsync(NpgsqlDataReader row, Viewer viewer, CancellationToken cancel)
    {
        var all = new List<(Guid, Guid, string)>();
        var joins = new List<Joined>();
        while (await row.ReadAsync(cancel))
        {
            all.Add((row.GetGuid(0), row.GetGuid(1), row.GetString(2)));
            if (Joined.ByOf(row.GetString(4)) is { } by)
                joins.Add(new Joined(row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), by));
        }

        await row.NextResultAsync(cancel);
        var sight = Sight.Of(await FeedStages.ReadAsync(row, cancel), viewer);
        await row.NextResultAsync(cancel);
        var unprocessed = new List<Unprocessed>();
        while (await row.ReadAsync(cancel))
            unprocessed.Add(new Unprocessed(row.GetString(0), (int)row.GetInt64(1)));
        return Of([.. all.Where(one => !sight.HiddenSources.Contains(one.Item3))], sight) with
        {
            Unprocessed = [.. unprocessed.Where(one => !sight.HiddenSources.Contains(one.Source))],
            Joins = [.. joins.Where(one => !sight.HiddenSources.Contains(one.Source)).OrderByDescending(one => one.At)],
        };
    }

    /// <summary>The same for one section, which may be staged by itself.</summary>
    internal Places For(Section section) => Sight.HidesNothing || !_all.Any(one => Sight.Hides(one.Source, section))
        ? this
        : Of([.. _all.Where(one => !Sight.Hides(one.Source, section))], Sight);

    /// <summary>The two parameters every reading of a section begins with.</summary>
    internal void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Homes });
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Identities });
    }

    private static Places Of(IReadOnlyList<(Guid Home, Guid Identity, string Source)> all, Sight sight) =>
        new([.. all.Select(one => one.Home).Distinct()], [.. all.Select(one => one.Identity)], all, sight);

    private Places(Guid[] homes, Guid[] identities, IReadOnlyList<(Guid, Guid, string)> all, Sight sight)
        : this(homes, identities) => (_all, Sight) = (all, sight);
}
