namespace DorsetCareRecord.Benchmarks;

/// <summary>How quickly the county was loaded through its doors, from the first message received to the last settled.</summary>
internal static class Backload
{
    public static async Task MeasureAsync(House house, Rounds rounds)
    {
        await using var command = house.Owner.CreateCommand("""
            select (select count(*) from record.version), (select count(*) from inbox.message),
              extract(epoch from (select max(settled_at) from inbox.settled) - (select min(received_at) from inbox.message))::float8
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        rounds.Add("back-load through the doors, statements of items", "items/s", row.GetInt64(0) / row.GetDouble(2));
        rounds.Add("back-load through the doors, messages", "messages/s", row.GetInt64(1) / row.GetDouble(2));
    }
}
