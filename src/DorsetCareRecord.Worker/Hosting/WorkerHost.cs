using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Door;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Worker.Acts;
using DorsetCareRecord.Worker.Drain;
using DorsetCareRecord.Worker.Watch;
using Npgsql;
using OpenTelemetry.Metrics;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace DorsetCareRecord.Worker.Hosting;

/// <summary>Puts the worker together: the doors messages come in by, the inbox behind them, and the drain that empties it.</summary>
internal static class WorkerHost
{
    private static readonly (string Variable, string Source)[] Hospitals =
    [
        ("DCR_MLLP_SYSTEMC", SourceCodes.SystemC),
        ("DCR_MLLP_CAMIS", SourceCodes.Camis),
        ("DCR_MLLP_CARECENTRIC", SourceCodes.CareCentric),
        ("DCR_MLLP_CARECENTRIC_RBCH", SourceCodes.CareCentricBournemouth),
    ];

    internal static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(Settings.Door.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        AddLogging(builder);
        AddInbox(builder.Services);
        AddDoors(builder.Services, refusesTestMessages: builder.Environment.IsProduction() && !Settings.TakesTestMessages);
        AddMetrics(builder.Services);
        if (StopWithParent.IsAsked)
            builder.Services.AddHostedService<StopWithParent>();

        var app = builder.Build();
        app.MapDoor(DoorSettings.From(Settings.ReadOrUp), app.Services.GetRequiredService<Inbox>().AcceptAsync);
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapFeedHealth();
        return app;
    }

    /// <summary>One JSON object a line: identifiers we made ourselves and closed lists; never what a message says.</summary>
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .WriteTo.Console(new CompactJsonFormatter()));
    }

    private static void AddInbox(IServiceCollection services)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(ConnectionString()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WaitingSignal>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<Projector>();
        services.AddSingleton(new ExtractGuard(Settings.Collapse));
        services.AddSingleton<ILaneWork, LaneWork>();
        services.AddSingleton<DrainMeter>();
        services.AddHostedService(s => ActivatorUtilities.CreateInstance<Drainer>(s, Settings.Drains));
        services.AddHostedService<WaitingListener>();
        services.AddSingleton(s => new ActRunner(
            s.GetRequiredService<NpgsqlDataSource>(), ActHandlers.All(s.GetRequiredService<TimeProvider>()), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ActLoop>();
        services.AddSingleton<FeedMeter>();
        services.AddHostedService<FeedWatch>();
        services.AddHostedService<Learning>();
        services.AddHostedService<PartitionsAhead>();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
    }

    private static string ConnectionString()
    {
        // The record's tables are named without schema, so that a shadow can stand in their place.
        var settings = new NpgsqlConnectionStringBuilder(RecordSchema.WithSearchPath(Settings.WorkerDatabase)) { MaxAutoPrepare = 100 };
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout={Settings.LanePatience.TotalMilliseconds:0}".Trim();
        return settings.ConnectionString;
    }

    private static void AddDoors(IServiceCollection services, bool refusesTestMessages)
    {
        services.AddSingleton<IHostedService>(s => new DropWatcher(
            DropSettings.From(Settings.ReadOrUp), s.GetRequiredService<Inbox>().AcceptAsync, s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<DropWatcher>>()));
        foreach (var (variable, source) in Hospitals)
        {
            var settings = MllpSettings.From(Settings.Read, variable, source, Profiles.DoorOf(source), refusesTestMessages);
            services.AddSingleton(s => new MllpListener(
                settings, s.GetRequiredService<Inbox>().AcceptAsync, s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<ILogger<MllpListener>>()));
            services.AddSingleton<IHostedService>(s => new MllpDoor(
                s.GetServices<MllpListener>().Single(listener => listener.Source == source), variable));
        }
    }

    private static void AddMetrics(IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics =>
    {
        metrics.AddMeter("DorsetCareRecord.*", "Npgsql").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
        if (Settings.Read("OTEL_EXPORTER_OTLP_ENDPOINT") is not null)
            metrics.AddOtlpExporter();
    });
}
