using System.Text.Json;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.Hosting;
using Npgsql;

namespace DorsetCareRecord.Portal.Commands;

/// <summary>
/// Takes an organisation's list of its staff, as the owner: a JSON array of <c>{"subject","nhsNumber","familyName","givenNames","bornOn",
/// "address","postcode","telephone"}</c>. It replaces the list before; hashes are kept, words are not.
/// </summary>
internal static class Staff
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    internal static async Task<int> RunAsync(string organisation, string file)
    {
        if (Settings.Owner is not { } owner)
            return Usage.Fail(Settings.NoOwner);
        try
        {
            await using var stream = File.OpenRead(file);
            var staff = await JsonSerializer.DeserializeAsync<StaffMember[]>(stream, Strict) ?? [];
            var keys = await StaffFile.ImportAsync(owner, organisation, staff);
            Console.WriteLine($"{organisation}: {staff.Length} members of staff, {keys} keys");
            return 0;
        }
        catch (JsonException fault)
        {
            return Usage.Fail($"The staff file is not as expected at {fault.Path}, line {fault.LineNumber + 1}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Usage.Fail($"The staff file cannot be read: {fault.Message}");
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The database did not take the staff: {fault.Message}");
        }
    }
}
