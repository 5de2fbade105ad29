using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using Npgsql;

namespace DorsetCareRecord.Portal.Commands;

/// <summary>Adds organisations and users from a file, as the owner; running it again changes nothing.</summary>
internal static class ImportDirectory
{
    internal static async Task<int> RunAsync(string file)
    {
        if (Settings.Owner is not { } owner)
            return Usage.Fail(Settings.NoOwner);
        try
        {
            await using var stream = File.OpenRead(file);
            var imported = await DirectoryFile.ImportAsync(owner, stream, TimeProvider.System);
            Console.WriteLine($"directory has {imported.Organisations} organisations and {imported.Users} users of this file");
            return 0;
        }
        catch (DirectoryFileException fault)
        {
            return Usage.Fail(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Usage.Fail($"The directory file cannot be read: {fault.Message}");
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The database did not take the directory: {fault.Message}");
        }
    }
}
