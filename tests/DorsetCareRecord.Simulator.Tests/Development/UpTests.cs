using Npgsql;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Development;

/// <summary>The development host with the real worker and portal, from its start to every kind of end.</summary>
public sealed class UpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-up-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task When_it_runs_then_a_second_is_refused_and_SIGTERM_leaves_nothing()
    {
        await using var up = RunningUp.Start(_folder, null, "--no-simulator");
        await up.OpenAsync();
        var settings = up.Settings();
        var mode = File.GetUnixFileMode(up.UpFile);
        var portal = await AnswerAsync($"{settings["DCR_PORTAL_URL"]}/health/ready");
        var worker = await AnswerAsync($"{settings["DCR_DOOR_URL"]}/health/ready");

        await using var second = RunningUp.Start(_folder, null, "--no-simulator");
        var refused = await second.EndAsync();
        await RunningUp.SignalAsync(up.Id, "TERM");
        var ended = await up.EndAsync();

        Assert.True(portal.IsSuccessStatusCode && worker.IsSuccessStatusCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Equal(1, refused);
        Assert.Contains("already running", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, ended);
        Assert.Empty(up.Others());
        Assert.False(File.Exists(up.UpFile));
    }

    [Fact]
    public async Task When_it_is_killed_then_nothing_outlives_it_and_the_next_goes_on_with_the_kept_data()
    {
        await using (var first = RunningUp.Start(_folder, null, "--no-simulator"))
        {
            await first.OpenAsync();
            await RunAsync(first, "create table kept (n int)");
            var others = first.Others();
            await RunningUp.SignalAsync(first.Id, "KILL");
            await first.EndAsync();
            await RunningUp.GoneAsync(others.Keys);
            Assert.Contains(others.Values, command => command.Contains("postgres", StringComparison.Ordinal));
            Assert.Empty(first.Others());
        }

        await using var second = RunningUp.Start(_folder, null, "--no-simulator");
        await second.OpenAsync();
        await RunAsync(second, "insert into kept values (1)");

        // A host that dies takes everything down, and the sentence says which and where to look.
        var worker = second.Others().Single(o => o.Value.Contains("DorsetCareRecord.Worker.dll", StringComparison.Ordinal)).Key;
        await RunningUp.SignalAsync(worker, "KILL");
        var ended = await second.EndAsync();

        Assert.Equal(1, ended);
        Assert.StartsWith("The worker stopped with code", second.Errors, StringComparison.Ordinal);
        Assert.Contains("worker.log", second.Errors, StringComparison.Ordinal);
        Assert.Empty(second.Others());
    }

    private static async Task<HttpResponseMessage> AnswerAsync(string address)
    {
        using var client = new HttpClient();
        return await client.GetAsync(new Uri(address));
    }

    private static async Task RunAsync(RunningUp up, string sql)
    {
        await using var source = NpgsqlDataSource.Create(up.Settings()["DCR_DATABASE"]);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
