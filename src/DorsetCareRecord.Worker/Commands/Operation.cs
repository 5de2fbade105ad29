using System.Text.Json;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Worker.Hosting;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>What every operator's command has in common: a database to ask, one sentence when it cannot, and JSON that reads well.</summary>
internal static class Operation
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task<int> RunAsync(Func<NpgsqlDataSource, Task<int>> command)
    {
        try
        {
            // A profile that cannot be read would make every message unreadable, and a rebuild would believe it.
            Profiles.Check();
            await using var database = NpgsqlDataSource.Create(Settings.WorkerDatabase);
            return await command(database);
        }
        catch (Exception fault) when (fault is SettingsException or ProfileException)
        {
            return Usage.Fail(fault.Message);
        }
        catch (PostgresException fault)
        {
            return Usage.Fail($"The database refused ({fault.SqlState}): is it migrated, and is this the role dcr_worker?");
        }
        catch (NpgsqlException)
        {
            return Usage.Fail("The database does not answer: is ./dcr up running, or does DCR_WORKER_DATABASE point elsewhere?");
        }
    }
}
