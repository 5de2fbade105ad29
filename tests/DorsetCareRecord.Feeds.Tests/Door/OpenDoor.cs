using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DorsetCareRecord.Feeds.Door;
using DorsetCareRecord.Feeds.Inbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Tests.Door;

/// <summary>The door on a real socket, with keys that only these tests know.</summary>
internal sealed class OpenDoor : IAsyncDisposable
{
    public const string GpKey = "gp-key-for-tests";
    public const string CareCentricKey = "carecentric-key-for-tests";
    public const string BournemouthKey = "carecentric-rbch-key-for-tests";
    public const string DorsetKey = "dcc-key-for-tests";

    private readonly WebApplication _app;

    private OpenDoor(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public static async Task<OpenDoor> OpenAsync(Func<Delivery, CancellationToken, Task<long>> accept, int mostBytes = 1 << 20)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapDoor(
            DoorSettings.From(name => name switch
            {
                "DCR_DOOR_KEY_GP" => GpKey,
                "DCR_DOOR_KEY_CARECENTRIC" => CareCentricKey,
                "DCR_DOOR_KEY_CARECENTRIC_RBCH" => BournemouthKey,
                "DCR_DOOR_KEY_DCC" => DorsetKey,
                _ => null,
            })
                with
            { MostBytes = mostBytes },
            accept);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new OpenDoor(app);
    }

    public async Task<(int Status, JsonElement Outcome)> PostAsync(
        string path, HttpContent content, string? key = GpKey, string? type = "application/fhir+json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }

    public Task<(int Status, JsonElement Outcome)> PostAsync(string body, string? key = GpKey, string? type = "application/fhir+json") =>
        PostAsync("/fhir", new ByteArrayContent(Encoding.UTF8.GetBytes(body)), key, type);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
