using System.Diagnostics;
using System.Net;
using DorsetCareRecord.Simulator.Development;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// The web server alone: a static page of 60 kB from a bare Kestrel, in a process of its own (this program, called with
/// <c>serve-page PORT</c>). It ends when its standard input closes.
/// </summary>
internal sealed class BarePage : IAsyncDisposable
{
    public const string Verb = "serve-page";
    private readonly Process _process;

    private BarePage(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<BarePage> StartAsync()
    {
        var port = FreePort.Find();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(BarePage).Assembly.Location);
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add($"{port}");
        var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        return new BarePage(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    public static async Task ServeAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var page = new byte[60_000];
        Array.Fill(page, (byte)'a');
        app.MapGet("/", () => Results.Bytes(page, "text/html; charset=utf-8"));
        await app.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
