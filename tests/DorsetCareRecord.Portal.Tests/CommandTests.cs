using System.Diagnostics;
using System.Text.Json;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>The portal's commands as an operator types them.</summary>
public sealed class CommandTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_up_has_chosen_the_database_then_the_audit_is_verified_without_naming_it()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        var root = System.IO.Directory.CreateTempSubdirectory("dcr-commands-");
        root.CreateSubdirectory(".local");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, ".local", "up.json"),
            JsonSerializer.Serialize(new Dictionary<string, string> { ["DCR_DATABASE"] = database.Owner }), Cancel);

        await using (var access = new AccessDatabase(database.Portal))
            await new Sessions(access, TimeProvider.System).RefuseAsync(("https://provider.test", "nobody"), "account:unknown", new Origin(null, "test"), Cancel);

        var (code, said) = await AskAsync(root.FullName, "audit", "verify");
        await TamperAsync(database);
        var (after, found) = await AskAsync(root.FullName, "audit", "verify");
        root.Delete(recursive: true);

        Assert.Equal(0, code);
        Assert.StartsWith("1 chains, 1 lines", said, StringComparison.Ordinal);
        Assert.EndsWith("no break\n", said, StringComparison.Ordinal);
        Assert.Equal(1, after);
        Assert.StartsWith("BROKEN  chain -, line 1", found, StringComparison.Ordinal);
    }

    private static async Task TamperAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "alter table access.audit disable trigger user; update access.audit set outcome = 'allowed'; alter table access.audit enable trigger user", connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    [Theory]
    [InlineData("audit", "verify")]
    [InlineData("audit", "screen", "clinician.dch", "14:02")]
    [InlineData("privacy", "staff", "dch", "staff.json")]
    public async Task When_no_database_is_known_then_one_sentence_says_so(params string[] words)
    {
        var root = System.IO.Directory.CreateTempSubdirectory("dcr-commands-");

        var (code, said) = await AskAsync(root.FullName, words);
        root.Delete();

        Assert.Equal((1, "No database is known: start ./dcr up first, or set DCR_DATABASE to the connection string of the database's owner.\n"), (code, said));
    }

    private static async Task<(int Code, string Said)> AskAsync(string root, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DorsetCareRecord.Portal.dll"), .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = root,
        };
        start.Environment["DCR_ROOT"] = root;
        start.Environment.Remove("DCR_DATABASE");
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await said + await failed);
    }
}
