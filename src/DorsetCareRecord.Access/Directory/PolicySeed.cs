using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>Puts the presets, the switches and the national codes into a database that has none; touches nothing afterwards.</summary>
internal static class PolicySeed
{
    private const string Who = "installation";
    private const string Why = "as delivered";

    internal static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var seed = new NpgsqlBatch(connection);
        var cells = Presets.Cells.ToList();
        Add("""
            insert into access.role_rule (id, preset, role, category, extent, valid_from, made_by, made_at, why)
            select gen_random_uuid(), c.preset, c.role, c.category, c.extent, timestamptz '2000-01-01Z', $5, clock_timestamp(), $6
            from unnest($1::text[], $2::text[], $3::smallint[], $4::text[]) c (preset, role, category, extent)
            where not exists (select from access.role_rule)
            """, cells.Select(c => c.Preset).ToArray(), cells.Select(c => c.Role.Name()).ToArray(),
            cells.Select(c => (short)c.Category).ToArray(), cells.Select(c => ExtentNames.Of(c.Extent)).ToArray(), Who, Why);
        Add("""
            insert into access.policy_setting (id, name, value, valid_from, made_by, made_at, why)
            select gen_random_uuid(), s.name, s.value, timestamptz '2000-01-01Z', $3, clock_timestamp(), $4
            from unnest($1::text[], $2::text[]) s (name, value) where not exists (select from access.policy_setting)
            """, Presets.Settings.Select(s => s.Name).ToArray(), Presets.Settings.Select(s => s.Value).ToArray(), Who, Why);
        Add("""
            insert into access.national_code (code, permission)
            select * from unnest($1::text[], $2::text[]) where not exists (select from access.national_code)
            """, NationalCodes.Seed.Select(c => c.Code).ToArray(), NationalCodes.Seed.Select(c => c.Permission).ToArray());
        await seed.ExecuteNonQueryAsync(cancel);

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            seed.BatchCommands.Add(command);
        }
    }
}

/// <summary>Extents as the tables spell them.</summary>
internal static class ExtentNames
{
    private static readonly Dictionary<string, Extent> ByName = new(StringComparer.Ordinal)
    {
        ["all"] = Extent.All,
        ["active-only"] = Extent.ActiveOnly,
        ["discharge-only"] = Extent.DischargeOnly,
        ["date-and-service"] = Extent.DateAndService,
        ["dates-only"] = Extent.DatesOnly,
        ["last-three"] = Extent.LastThree,
        ["sealed"] = Extent.Sealed,
        ["marked"] = Extent.Marked,
        ["own-only"] = Extent.OwnOnly,
    };

    internal static string Of(Extent extent) => ByName.Single(pair => pair.Value == extent).Key;

    /// <summary>An unknown word shows nothing.</summary>
    internal static Extent Read(string name) => ByName.GetValueOrDefault(name, Extent.None);
}
