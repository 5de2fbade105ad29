namespace DorsetCareRecord.Access.Directory;

/// <summary>The ring of keys that protect cookies, in the database so that every portal process reads the same cookies.</summary>
public sealed class SessionKeys(AccessDatabase database)
{
    public IReadOnlyList<string> All()
    {
        using var command = database.Source.CreateCommand("select xml from access.protection_key");
        using var row = command.ExecuteReader();
        var keys = new List<string>();
        while (row.Read())
            keys.Add(row.GetString(0));
        return keys;
    }

    public void Add(string id, string xml)
    {
        using var command = database.Source.CreateCommand(
            "insert into access.protection_key (id, xml) values ($1, $2) on conflict (id) do nothing");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = xml });
        command.ExecuteNonQuery();
    }
}
