using DorsetCareRecord.Access.Directory;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Asks the database's rules about what the audit has gained. Several portals may ask at once: one is answered.</summary>
public sealed class Watch(AccessDatabase database)
{
    /// <summary>Twice within the shortest time an alert may take.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <returns>How many alerts were raised.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("select access.watch()");
        command.CommandTimeout = 600; // the first look over an old audit
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
