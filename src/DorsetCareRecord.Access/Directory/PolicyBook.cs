using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// Policy as the tables have it, kept in memory until its version moves. Every request learns the version together with
/// whose session it is, so a change counts at the very next request and costs none in between.
/// </summary>
public sealed class PolicyBook(AccessDatabase database)
{
    private const string Agreements = """
        select id, source_org, consumer_org, category, purpose, preset, valid_from, valid_to from access.sharing_agreement
        """;

    private const string Cells = "select preset, role, category, extent, valid_from, valid_to from access.role_rule";
    private const string Settings = "select name, organisation_code, value, valid_from, valid_to from access.policy_setting";
    private const string Sets = "select id, name, category, valid_from, valid_to from access.sensitive_set";
    private const string Version = "select version from access.policy_version";

    private Policy _policy = Policy.Empty;

    /// <param name="version">What the request was told; another than the one kept means reading anew.</param>
    internal async ValueTask<Policy> ReadAsync(long version, CancellationToken cancel)
    {
        var kept = _policy;
        if (kept.Version == version && version != 0)
            return kept;
        var read = await LoadAsync(cancel);
        _policy = read;
        return read;
    }

    private async Task<Policy> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        // The version first: should a change come between, the older number makes the next request read again.
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[Version, Agreements, Cells, Settings, Sets])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var version = await row.ReadAsync(cancel) ? row.GetInt64(0) : 0;
        var agreements = await NextAsync(row, r => Purposes.Find(r.GetString(4)) is not { } purpose ? null : new Agreement(
            r.GetGuid(0), r.GetString(1), r.GetString(2), (Category)r.GetInt16(3), purpose, r.GetString(5), TermOf(r, 6)), cancel);
        var cells = await NextAsync(row, r => RoleNames.Find(r.GetString(1)) is not { } role ? null : new RoleRule(
            r.GetString(0), role, (Category)r.GetInt16(2), ExtentNames.Read(r.GetString(3)), TermOf(r, 4)), cancel);
        var settings = await NextAsync(row, r => new Setting(
            r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetString(2), TermOf(r, 3)), cancel);
        var sets = await NextAsync(row, r => new SensitiveSet(r.GetGuid(0), r.GetString(1), (Category)r.GetInt16(2), TermOf(r, 3)), cancel);
        return new Policy(version, agreements, cells, settings, sets);
    }

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T?> read, CancellationToken cancel)
        where T : class
    {
        await row.NextResultAsync(cancel);
        var all = new List<T>();
        while (await row.ReadAsync(cancel))
        {
            if (read(row) is { } one)
                all.Add(one);
        }

        return all;
    }

    private static Term TermOf(NpgsqlDataReader row, int column) => new(
        row.GetFieldValue<DateTimeOffset>(column), row.IsDBNull(column + 1) ? null : row.GetFieldValue<DateTimeOffset>(column + 1));
}
