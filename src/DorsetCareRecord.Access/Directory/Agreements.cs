using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Directory;

/// <summary>What an organisation shares, with whom: one cell of its table. No cell, not shared.</summary>
public sealed record SharedCategory(string Consumer, Category Category, Purpose Purpose, string Preset, DateTimeOffset From, DateTimeOffset? To, string MadeBy, string Why);

/// <summary>Sharing agreements of the administrator's own organisation, as the one whose items they open.</summary>
public sealed class Agreements(AccessDatabase database, TimeProvider clock)
{
    /// <summary>In force now; null when the viewer administers nothing.</summary>
    public async Task<IReadOnlyList<SharedCategory>?> ListAsync(Viewer viewer, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.ListAgreements, viewer, [], origin, cancel))
            return null;
        await using var command = database.Source.CreateCommand("""
            select consumer_org, category, purpose, preset, valid_from, valid_to, made_by, why from access.sharing_agreement
            where source_org = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2) order by category, consumer_org, purpose
            """);
        command.Parameters.Add(new() { Value = viewer.Organisation });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var shared = new List<SharedCategory>();
        while (await row.ReadAsync(cancel))
        {
            if (Purposes.Find(row.GetString(2)) is { } purpose)
                shared.Add(new(row.GetString(0), (Category)row.GetInt16(1), purpose, row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
                    row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), row.GetString(6), row.GetString(7)));
        }

        return shared;
    }

    /// <summary>Ends at once what the organisation shares of a category with another, for every purpose: closing takes one person.</summary>
    public async Task<Changed> EndAsync(Viewer viewer, string consumer, Category category, string why, Origin origin, CancellationToken cancel)
    {
        if (!await NoteAsync(Act.EndAgreement, viewer, [$"end:{consumer}:{category}"], origin, cancel))
            return Changed.NothingForYou;
        if (why.Trim().Length is 0 or > 500)
            return Changed.NotUnderstood;
        await using var command = database.Source.CreateCommand("""
            update access.sharing_agreement set valid_to = $4, ended_by = $5, ended_why = $6
            where source_org = $1 and consumer_org = $2 and category = $3 and (valid_to is null or valid_to > $4)
            """);
        foreach (var value in (object[])[viewer.Organisation, consumer, (short)category, clock.GetUtcNow(), viewer.Name, why.Trim()])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel) > 0 ? Changed.Done : Changed.NothingForYou;
    }

    private async Task<bool> NoteAsync(Act act, Viewer viewer, IReadOnlyList<string> rules, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database,
            new Note { Act = act, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin, Rules = rules }, cancel);
        return may;
    }
}
