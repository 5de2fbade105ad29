using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Worker.Hosting;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Brings the schemas inbox and record up to date, as the owner. Safe to repeat, and for two at once.</summary>
internal static class Migrate
{
    internal static async Task<int> RunAsync()
    {
        try
        {
            var owner = Settings.OwnerDatabase;
            await InboxSchema.MigrateAsync(owner);
            await RecordSchema.MigrateAsync(owner);
        }
        catch (SettingsException fault)
        {
            return Usage.Fail(fault.Message);
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The database could not be migrated: {fault.Message}");
        }

        Console.WriteLine("inbox and record are up to date");
        return 0;
    }
}
