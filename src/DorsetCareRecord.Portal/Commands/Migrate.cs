using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using Npgsql;

namespace DorsetCareRecord.Portal.Commands;

/// <summary>Brings schema <c>access</c> and the rights of the two database roles up to date, as the owner.</summary>
internal static class Migrate
{
    internal static async Task<int> RunAsync()
    {
        if (Settings.Owner is not { } owner)
            return Usage.Fail(Settings.NoOwner);
        try
        {
            await AccessSchema.MigrateAsync(owner, new RolePasswords(
                Settings.Read("DCR_PORTAL_PASSWORD"), Settings.Read("DCR_WORKER_PASSWORD")));
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The database could not be migrated: {fault.Message}");
        }

        Console.WriteLine("access is up to date");
        return 0;
    }
}
