using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Development;

/// <summary>What keeps <c>up</c> from starting is one clear sentence and a non-zero exit, and nothing is left behind.</summary>
public sealed class UpRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-up-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task When_a_port_is_in_use_then_it_is_named_with_its_variable_before_anything_starts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await using var up = RunningUp.Start(_folder, new Dictionary<string, string> { ["DCR_MLLP_CAMIS"] = port });

        Assert.Equal(1, await up.EndAsync());
        Assert.StartsWith($"In use by another program: port {port} (DCR_MLLP_CAMIS)", up.Errors, StringComparison.Ordinal);
        Assert.Single(up.Errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(_folder, ".local", "postgres")));
    }

    [Fact]
    public async Task When_the_data_folder_is_broken_then_the_sentence_names_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".local", "postgres", "base"));

        await using var up = RunningUp.Start(_folder);

        Assert.Equal(1, await up.EndAsync());
        Assert.Contains("is broken", up.Errors, StringComparison.Ordinal);
        Assert.Contains("--fresh", up.Errors, StringComparison.Ordinal);
        Assert.Empty(up.Others());
    }

    [Fact]
    public async Task When_PostgreSQL_is_missing_then_the_sentence_says_what_to_type()
    {
        await using var up = RunningUp.Start(_folder, new Dictionary<string, string> { ["DCR_PG_BIN"] = _folder });

        Assert.Equal(1, await up.EndAsync());
        Assert.Contains("DCR_PG_BIN", up.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_database_of_ones_own_does_not_answer_then_it_is_said_without_the_password()
    {
        await using var up = RunningUp.Start(_folder, new Dictionary<string, string>
        {
            ["DCR_DATABASE"] = "Host=127.0.0.1;Port=1;Database=dcr;Username=me;Password=hush",
        });

        Assert.Equal(1, await up.EndAsync());
        Assert.StartsWith("The database that DCR_DATABASE names does not answer", up.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", up.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_environment_is_production_then_nothing_pretend_runs()
    {
        await using var up = RunningUp.Start(_folder, new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" });

        Assert.Equal(1, await up.EndAsync());
        Assert.Contains("Development only", up.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--peple", "5")]
    [InlineData("--people", "none")]
    [InlineData("--rate", "-1")]
    [InlineData("--seed")]
    public async Task When_an_option_cannot_be_read_then_the_refusal_names_it(params string[] words)
    {
        await using var up = RunningUp.Start(_folder, null, words);

        Assert.Equal(2, await up.EndAsync());
        Assert.Contains(words[0], up.Errors, StringComparison.Ordinal);
    }
}
