using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>
/// Finds messages by NHS number, by the sender's control id, or by time; lists what is on their outside. A search for somebody is noted
/// first, with the words.
/// </summary>
internal static class Find
{
    // What the record was made of for these source records, and what has not been applied and names the number.
    private const string OfNhsNumber = """
        select distinct id from (
          select unnest(array[v.message_id, v.last_message_id]) as id
          from record.trait t join record.version v on v.home = t.home and v.identity_id = t.identity_id where t.nhs_number = $1
          union all
          select m.id from (select message_id, received_at from inbox.parked union all select message_id, received_at from inbox.waiting) u
          join inbox.message m on m.id = u.message_id and m.received_at = u.received_at
          where position(convert_to($1, 'UTF8') in m.body) > 0) found
        order by id desc limit 200
        """;

    internal static Task<int> RunAsync(string[] arguments)
    {
        var words = Words.Of(arguments);
        if (words.Unknown is not null || words.Plain.Count > 0)
            return Task.FromResult(Usage.Say());
        if (words["nhs"] is { } typed)
        {
            return NhsNumber.TryParse(typed, out var number)
                ? Asking.NotedAsync("find", number.Value.Digits, words["why"], () =>
                    ListAsync(words, async database => await MessageList.OfAsync(database, await IdsAsync(database, number.Value), CancellationToken.None)))
                : Task.FromResult(Usage.Fail($"\"{typed}\" is not an NHS number: it needs ten digits, the last a valid check digit."));
        }

        if (words["control-id"] is { } control)
            return Asking.NotedAsync("find", control, words["why"], () =>
                ListAsync(words, database => MessageList.OfControlIdAsync(database, control, CancellationToken.None)));
        if (words["from"] is not { } from)
            return Task.FromResult(Usage.Say());
        if (!Times.TryRead(from, out var begin))
            return Task.FromResult(Usage.Fail(Times.Advice(from)));
        var end = begin.AddMinutes(10);
        if (words["until"] is { } until && !Times.TryRead(until, out end))
            return Task.FromResult(Usage.Fail(Times.Advice(until)));
        return ListAsync(words, database => MessageList.AroundAsync(database, words["source"], begin, end, CancellationToken.None));
    }

    private static Task<int> ListAsync(Words words, Func<NpgsqlDataSource, Task<IReadOnlyList<MessageLine>>> find) => Operation.RunAsync(async database =>
    {
        var found = await find(database);
        if (words.Has("json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(found, Operation.Json));
            return 0;
        }

        foreach (var line in found)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{line.Id,10}  {line.Source,-16} {line.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {line.State,-10} {line.ControlId,-20} {line.Reason} {line.Place}").TrimEnd());
        }

        Console.WriteLine(found.Count == 200 ? "the newest 200 messages" : $"{found.Count} messages");
        return 0;
    });

    private static async Task<IReadOnlyList<long>> IdsAsync(NpgsqlDataSource database, NhsNumber number)
    {
        await using var command = database.CreateCommand(OfNhsNumber);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number.Digits });
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync())
            ids.Add(reader.GetInt64(0));
        return ids;
    }
}
