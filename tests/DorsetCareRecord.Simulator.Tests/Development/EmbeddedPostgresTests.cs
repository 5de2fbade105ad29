using DorsetCareRecord.Simulator.Development;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Development;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-postgres-").FullName;

    private EmbeddedPostgresOptions Options => new()
    {
        DataFolder = Path.Combine(_folder, "postgres"),
        LogFile = Path.Combine(_folder, "logs", "postgres.log"),
        Durable = false,
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task When_it_is_started_again_then_the_data_are_still_there()
    {
        await using (var first = await EmbeddedPostgres.StartAsync(Options))
            await RunAsync(first, "create table kept (n int)");

        await using var second = await EmbeddedPostgres.StartAsync(Options);
        await RunAsync(second, "insert into kept values (1)");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Options.DataFolder + ".password"));
    }

    [Fact]
    public async Task When_a_server_holds_the_folder_then_a_second_says_already_running()
    {
        await using var first = await EmbeddedPostgres.StartAsync(Options);

        var refusal = await Assert.ThrowsAsync<DevelopmentException>(() => EmbeddedPostgres.StartAsync(Options));

        Assert.Contains("already running", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_folder_is_no_cluster_then_the_refusal_names_it()
    {
        Directory.CreateDirectory(Options.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(Options.DataFolder, "notes.txt"), "mine");

        var refusal = await Assert.ThrowsAsync<DevelopmentException>(() => EmbeddedPostgres.StartAsync(Options));

        Assert.Contains($"{Options.DataFolder} is broken", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task When_a_file_of_the_cluster_is_damaged_then_the_reason_is_one_sentence()
    {
        await using (await EmbeddedPostgres.StartAsync(Options))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Options.DataFolder, "global", "pg_control"), "x");
        var refusal = await Assert.ThrowsAsync<DevelopmentException>(() => EmbeddedPostgres.StartAsync(Options));

        Assert.Contains("did not start", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static async Task RunAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
