using DorsetCareRecord.Access.Directory;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Where a person's rows lie: the identities that are this person now, and their homes (nearly always one), which come
/// first in every key of the record.
/// </summary>
internal sealed record Places(Guid[] Homes, Guid[] Identities)
{
    internal bool IsEmpty => Identities.Length == 0;

    internal static async Task<Places> OfAsync(AccessDatabase database, Guid person, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            "select home, identity_id from record.person_link where person_id = $1 and ended_at is null order by identity_id");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var homes = new HashSet<Guid>();
        var identities = new List<Guid>();
        while (await row.ReadAsync(cancel))
        {
            homes.Add(row.GetGuid(0));
            identities.Add(row.GetGuid(1));
        }

        return new Places([.. homes], [.. identities]);
    }

    /// <summary>The two parameters every reading of a section begins with.</summary>
    internal void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Homes });
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Identities });
    }
}
