using System.Globalization;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Corrections;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Matching;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>Puts the portal together.</summary>
internal static class PortalHost
{
    internal static WebApplication Build(Settings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // Run from its build folder, the site's files are where the manifest says; published, they are beside it.
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{builder.Environment.ApplicationName}.staticwebassets.runtime.json")))
        {
            builder.WebHost.UseStaticWebAssets();
            // Else each asset is read again and sent as large as it is, in case somebody edits it: ten times the bytes of the built ones.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = builder.Environment.IsDevelopment() ? "true" : "false";
        }

        builder.WebHost.UseUrls(settings.Listen.ToString());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024; // forms of a few words
        });

        AddLogging(builder);
        AddSignIn(builder.Services, settings);
        AddAccess(builder.Services, settings);
        AddPages(builder.Services, settings);
        builder.Services.AddRateLimiter(options => Limits.Configure(options, settings));
        if (StopWithParent.IsAsked)
            builder.Services.AddHostedService<StopWithParent>();

        var app = builder.Build();
        if (settings.AuditAnchors is null)
            app.Logger.LogWarning("The audit is anchored nowhere: set DCR_AUDIT_ANCHORS to a folder outside the database");
        Use(app, settings);
        return app;
    }

    /// <summary>No query strings, no bodies, no headers: a path holds nothing but identifiers we made ourselves.</summary>
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // It quotes what a provider, or whoever comes back as from one, says is wrong. What failed is logged by us, by its kind.
            .MinimumLevel.Override("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogEventLevel.Fatal)
            .MinimumLevel.Override(typeof(ProviderHandler).FullName!, LogEventLevel.Fatal)
            // "No XML encryptor configured": the ring lies in the database, behind the database's own doors.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // It warns whenever it says no-store on an answer that said so already.
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error)
            .Enrich.FromLogContext()
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}"),
            preserveStaticLogger: true); // each host has its own: another that ends in the same process must not take this one's with it
    }

    private static void AddSignIn(IServiceCollection services, Settings settings)
    {
        var signIn = services.AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            // One provider is gone to directly; among several the cookie's page lets people choose.
            options.DefaultChallengeScheme = settings.Providers is [var only] ? only.Scheme : CookieAuthenticationDefaults.AuthenticationScheme;
        })
        .AddCookie(options => Cookie.Configure(options, settings));
        foreach (var provider in settings.Providers)
            ProviderHandler.AddTo(signIn, provider.Scheme, options => Provider.Configure(options, provider, settings));
        services.AddSingleton<ProviderOfSession>();
        services.AddAuthorization(Policies.Configure);
        services.AddDataProtection().SetApplicationName("dorset-care-record-portal");
        services.AddSingleton<IXmlRepository, KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = settings.IsSecure ? "__Host-dcr-form" : "dcr-form";
            options.Cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    private static void AddAccess(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new AccessDatabase(settings.Database));
        if (settings.AuditAnchors is { } folder)
        {
            services.AddSingleton(provider => new Anchoring(
                provider.GetRequiredService<AccessDatabase>(), folder, settings.AuditKey, provider.GetRequiredService<TimeProvider>()));
            services.AddHostedService<AnchorEveryFiveMinutes>();
        }

        services.AddSingleton<Sessions>();
        services.AddSingleton<OpenSessions>();
        services.AddSingleton<Employers>();
        services.AddSingleton<ProviderSignOuts>();
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Members>();
        services.AddSingleton<Teams>();
        services.AddSingleton<Proposals>();
        services.AddSingleton<Agreements>();
        services.AddSingleton<Explanation>();
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<Reach>();
        services.AddSingleton<Door>();
        services.AddSingleton<Reception>();
        services.AddSingleton<PersonSearch>();
        services.AddSingleton<ReadLetters>();
        services.AddSingleton<CorrectionDesk>();
        services.AddSingleton<RecordChanges>();
        services.AddSingleton<MyWork>();
        services.AddSingleton<PeopleLists>();
        services.AddSingleton<NewsTeller>();
        services.AddSingleton<LiveKeys>();
        services.AddHostedService<Listening>();
        services.AddHostedService<NewsTelling>();
        services.AddSingleton(provider => new FeedClock(settings.Database, provider.GetRequiredService<AccessDatabase>(), TimeProvider.System));
        services.AddSingleton(_ => new DeskDatabase(settings.Database));
        services.AddSingleton(provider => provider.GetRequiredService<DeskDatabase>().Acts);
        services.AddSingleton<DeskNotes>();
        services.AddSingleton<MessageDoor>();
        services.AddSingleton<FeedStages>();
        services.AddSingleton<ServiceNotices>();
        services.AddSingleton<Asking>();
        services.AddSingleton<MatchDesk>();
        services.AddSingleton<CutoverDesk>();
        services.AddSingleton<AccessHistory>();
        services.AddSingleton<PrivacyDesk>();
        services.AddSingleton<WatchList>();
        services.AddSingleton<Figures>();
        services.AddSingleton<Watch>();
        services.AddHostedService<WatchOverAccess>();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: ["ready"]);
    }

    private static void AddPages(IServiceCollection services, Settings settings)
    {
        services.AddRazorPages(pages =>
        {
            pages.Conventions.ConfigureFilter(new OnlyWhatIsHandled());
            pages.Conventions.AllowAnonymousToFolder("/Doorstep");
            // These answer for other pages, also when a form came without its token.
            pages.Conventions.AddFolderApplicationModelConvention("/Doorstep",
                model => model.Filters.Add(new Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute()));
            pages.Conventions.AllowAnonymousToPage("/Choose"); // whoever has proved who they are, and is nobody's yet; it asks itself
            foreach (var page in (string[])["/MySessions", "/Help"]) // whoever is signed in, in whichever role
                pages.Conventions.AuthorizePage(page);
            pages.Conventions.AuthorizeFolder("/Admin", Policies.Administrator);
            pages.Conventions.AuthorizeFolder("/Record", Policies.Reader);
            pages.Conventions.AuthorizeFolder("/Feeds", Policies.Feeds);
            foreach (var page in (string[])["/Feeds/Messages", "/Feeds/Message", "/Feeds/Codes", "/Feeds/Notices"])
                pages.Conventions.AuthorizePage(page, Policies.Operator);
            pages.Conventions.AuthorizeFolder("/BreakGlass", Policies.Reader);
            pages.Conventions.AuthorizeFolder("/Matches", Policies.Matcher);
            pages.Conventions.AuthorizeFolder("/Cutover", Policies.Operator);
            pages.Conventions.AuthorizeFolder("/Work", Policies.Reader);
            pages.Conventions.AuthorizeFolder("/Privacy", Policies.Privacy);
        });
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(o =>
        {
            o.Cookie.Name = settings.IsSecure ? "__Host-dcr-next" : "dcr-next";
            o.Cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
    }

    private static void Use(WebApplication app, Settings settings)
    {
        Unhurried.Use(app);
        app.UseForwardedHeaders();
        if (settings.Public is { } address)
        {
            // Addresses we hand out are the ones we were told, whatever a Host header says.
            app.Use((context, next) =>
            {
                context.Request.Scheme = address.Scheme;
                // Without the port that goes without saying: a provider compares the way back letter by letter.
                context.Request.Host = address.IsDefaultPort ? new HostString(address.Host) : new HostString(address.Host, address.Port);
                return next(context);
            });
        }

        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.GetLevel = (context, _, fault) => fault is not null || context.Response.StatusCode >= 500
                ? LogEventLevel.Error
                : context.Request.Path.StartsWithSegments("/health") ? LogEventLevel.Debug : LogEventLevel.Information;
        });
        app.UseSecurityHeaders(settings);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = fault => fault is BadHttpRequestException request ? request.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.Use((context, next) =>
        {
            // No words we take hold NUL, and no database keeps it.
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        app.UseRouting();
        app.UseAuthentication();
        app.Use(NobodyKnows.StopAsync);
        app.UseRateLimiter();
        app.UseAuthorization();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapLive();
        app.MapBackChannel(settings.Providers);
        app.MapSessionClock();
        app.MapPolicyReports();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }
}
