using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Testing;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>A full extract that lost most of its people ends nobody's care until an operator has looked.</summary>
public sealed class CollapsedExtractTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_full_extract_collapses_then_it_waits_until_an_operator_accepts_it()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await using var owner = await database.OpenAsync();
        Put(worker, "night-1", services: 30, "2026-11-20T02:00:00Z");
        await UntilAsync(owner, "select count(*) from inbox.settled", 1);

        Put(worker, "night-2", services: 2, "2026-11-21T02:00:00Z");
        await UntilAsync(owner, "select count(*) from inbox.parked where reason = 'collapsed-extract' and place = 'service.csv' and attempts = 1", 1);
        var id = await ScalarAsync(owner, "select message_id from inbox.parked");
        var running = await ScalarAsync(owner, "select count(*) from record.care_service where not ended");
        await worker.AskAsync(Cancel, "replay", id.ToString(CultureInfo.InvariantCulture));
        await UntilAsync(owner, "select count(*) from inbox.parked where attempts = 2", 1);
        var accepted = await worker.AskAsync(Cancel, "replay", id.ToString(CultureInfo.InvariantCulture), "--accept-collapse");
        await UntilAsync(owner, "select count(*) from inbox.settled where outcome = 'applied'", 2);

        Assert.Equal(0, accepted.Code);
        Assert.Equal((30L, 2L), (running, await ScalarAsync(owner, "select count(*) from record.care_service where not ended")));
        Assert.Equal(1L, await ScalarAsync(owner, "select count(*) from inbox.accepted_collapse c join inbox.act a on a.id = c.act_id where a.kind = 'replay'"));
        Assert.Equal((0, "no difference in 30 people, 2 messages\n"), await worker.AskAsync(Cancel, "verify"));
    }

    /// <summary>Thirty people; those after the first so many have lost their service.</summary>
    private static void Put(WorkerProcess worker, string name, int services, string takenAt)
    {
        var folder = Directory.CreateDirectory(Path.Combine(worker.Drop, ".writing", name)).FullName;
        var manifest = new StringBuilder("file,row_count,sha256,extract_time,scope,source_system,la_code,schema_version\r\n");
        Write("person.csv", ["person_id,surname", .. Enumerable.Range(1, 30).Select(n => $"P{n},Hardwick")]);
        Write("service.csv", ["service_id,person_id,service_type,status", .. Enumerable.Range(1, services).Select(n => $"S{n},P{n},HS,active")]);
        File.WriteAllText(Path.Combine(folder, "manifest.csv"), manifest.ToString());
        Directory.CreateDirectory(Path.Combine(worker.Drop, "dcc"));
        Directory.Move(folder, Path.Combine(worker.Drop, "dcc", name));

        void Write(string file, IReadOnlyList<string> lines)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
            manifest.Append(CultureInfo.InvariantCulture, $"{file},{lines.Count - 1},{Convert.ToHexStringLower(SHA256.HashData(bytes))},{takenAt},FULL,Mosaic,815,1\r\n");
        }
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string count, long expected)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await beat.WaitForNextTickAsync(Cancel))
        {
            if (await ScalarAsync(connection, count) == expected)
                return;
        }
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
