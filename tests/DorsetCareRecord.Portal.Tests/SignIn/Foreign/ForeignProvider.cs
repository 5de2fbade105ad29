using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DorsetCareRecord.Portal.SignIn.Providers;
using DorsetCareRecord.Simulator.Development;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.Tests.SignIn.Foreign;

/// <summary>
/// Identity providers in a process that is not ours: <c>oidc-provider</c> for Node, set up after three dialects (<c>provider.mjs</c>). The tests
/// tell it who its people are and when its keys change; all else is its own doing.
/// </summary>
public sealed class ForeignProvider : IAsyncDisposable
{
    internal const string Tenant = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly int _port = FreePort.Find();
    private readonly string _secret = Guid.NewGuid().ToString("n") + Guid.NewGuid().ToString("n");
    private readonly RSA _key = RSA.Create(2048);
    private readonly ClientKey _clientKey;
    private readonly HttpClient _control;
    private readonly List<string> _said = [];
    private Process? _process;

    public ForeignProvider()
    {
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}/control/") };
        var file = Path.GetTempFileName();
        File.WriteAllText(file, _key.ExportPkcs8PrivateKeyPem());
        _clientKey = ClientKey.Load("DCR_OIDC_2_CLIENT_KEY", file);
        File.Delete(file);
    }

    /// <summary>As an operator would set them: Keycloak with a secret, CIS2 with a key, Entra ID with a secret.</summary>
    internal ProviderSettings[] Settings =>
    [
        Named(1, "keycloak", "realms/dorset") with { ClientSecret = _secret },
        Named(2, "cis2", "cis2") with { Key = _clientKey },
        Named(3, "entra", $"{Tenant}/v2.0") with { ClientSecret = _secret },
    ];

    internal bool Is(Uri address) => address.Port == _port;

    /// <summary>Runs, whoever stopped it before, and knows nobody.</summary>
    internal async Task BeginAsync(Uri portal)
    {
        if (_process is null)
            await StartAsync(portal);
        await KnowAsync();
        await HeardAsync();
    }

    internal async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Its people from now on: what it says of them, and of how they proved who they are.</summary>
    internal Task KnowAsync(params ForeignPerson[] people) => SayAsync("people", new JsonObject(people.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Who,
        new JsonObject { ["acr"] = one.Acr, ["amr"] = new JsonArray([.. one.Amr.Select(way => (JsonNode)way)]), ["ago"] = one.Ago, ["claims"] = one.Claims.DeepClone() }))));

    /// <summary>What was asked of it since it was last looked at, method and path.</summary>
    internal async Task<IReadOnlyList<string>> HeardAsync() => (await SayAsync("heard")).Deserialize<string[]>()!;

    /// <summary>It signs with a new key from now on, and publishes that one alone.</summary>
    internal Task ChangeKeyAsync(string kind) => SayAsync("rotate", kind);

    /// <summary>Its administrator ends somebody's session; fails unless the portal was told and took it.</summary>
    internal Task EndSessionAsync(string kind, string who) => SayAsync("end", new JsonObject { ["at"] = kind, ["who"] = who });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _control.Dispose();
        _key.Dispose();
    }

    private async Task StartAsync(Uri portal)
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.ExportParameters(includePrivateParameters: false)));
        var told = JsonSerializer.Serialize(new
        {
            port = _port,
            portal = portal.ToString().TrimEnd('/'),
            secret = _secret,
            tenant = Tenant,
            key = new { kty = "RSA", n = key.N, e = key.E, kid = _clientKey.Id },
        });
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Foreign", "provider.mjs"), told])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.Add(line.Data ?? "");
            if (line.Data == "ready")
                ready.TrySetResult();
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, process.WaitForExitAsync()).WaitAsync(StartLimit);
        if (!ready.Task.IsCompleted)
            throw new InvalidOperationException($"It did not start: {Said}");
        _process = process;
    }

    private async Task<JsonNode?> SayAsync(string what, JsonNode? said = null)
    {
        using var answer = await _control.PostAsJsonAsync(what, said);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode?>() : throw new InvalidOperationException($"{what} failed: {Said}");
    }

    private string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said.TakeLast(20));
        }
    }

    private ProviderSettings Named(int number, string kind, string path)
    {
        var dialect = Dialect.Find(kind)!;
        return new ProviderSettings
        {
            Number = number, Name = kind, Dialect = dialect, Authority = new Uri($"http://127.0.0.1:{_port}/{path}"), ClientId = "dcr-portal",
            Strengths = (dialect.DefaultStrengths ?? ProviderSettings.Cis2Strengths).Split(' ').ToHashSet(),
        };
    }
}

/// <summary>What a provider says of somebody.</summary>
/// <param name="Who">The name they sign in with.</param>
internal sealed record ForeignPerson(string Who)
{
    public string? Acr { get; init; }

    public IReadOnlyList<string> Amr { get; init; } = [];

    /// <summary>Seconds since they proved who they are, as the provider has it.</summary>
    public int Ago { get; init; }

    public JsonObject Claims { get; init; } = [];
}
