using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Portal.SignIn.Providers;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>A setting is missing or cannot be meant; said in one sentence, and the process ends.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>What the environment says; docs/house.md lists the variables.</summary>
internal sealed record Settings
{
    /// <summary>Connection string of <c>dcr_portal</c>.</summary>
    internal required string Database { get; init; }

    /// <summary>Where to listen.</summary>
    internal required Uri Listen { get; init; }

    /// <summary>What browsers call it, when that is not where it listens: a proxy ends TLS in front.</summary>
    internal Uri? Public { get; init; }

    /// <summary>Who may vouch for people; at least one.</summary>
    internal required IReadOnlyList<ProviderSettings> Providers { get; init; }

    /// <summary>Folder outside the database where the audit is anchored; null anchors it nowhere, which the log says at the start.</summary>
    internal string? AuditAnchors { get; init; }

    /// <summary>File of the key that signs anchors; made when missing.</summary>
    internal string AuditKey { get; init; } = "";

    /// <summary>What the limits on requests are multiplied by; 0 for none (measuring).</summary>
    internal double Pace { get; init; } = 1;

    /// <summary>A browser only takes a Secure cookie over TLS; loopback development has none.</summary>
    internal bool IsSecure => (Public ?? Listen).Scheme == Uri.UriSchemeHttps;

    /// <summary>What an operator's command is told that finds no database.</summary>
    internal const string NoOwner = "No database is known: start ./dcr up first, or set DCR_DATABASE to the connection string of the database's owner.";

    /// <summary>The owner's connection string, for the commands; null when nobody told it.</summary>
    internal static string? Owner => ReadOrUp("DCR_DATABASE");

    /// <summary>The variable, else what <c>up</c> chose in this clone.</summary>
    internal static string? ReadOrUp(string name)
    {
        if (Read(name) is { } told)
            return told;
        try
        {
            var file = Path.Combine(Read("DCR_ROOT") ?? Environment.CurrentDirectory, ".local", "up.json");
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))?.GetValueOrDefault(name);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // no `up` was here, or it is of no use
        }
    }

    internal static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    internal static Settings FromEnvironment()
    {
        var listen = Address("DCR_PORTAL_URL", "http://127.0.0.1:8080");
        return new Settings
        {
            Database = Read("DCR_PORTAL_DATABASE")
                ?? throw new SettingsException("DCR_PORTAL_DATABASE is not set: it is the connection string of the role dcr_portal."),
            Listen = listen,
            Public = Read("DCR_PORTAL_PUBLIC_URL") is null ? null : Address("DCR_PORTAL_PUBLIC_URL", ""),
            AuditAnchors = Read("DCR_AUDIT_ANCHORS"),
            AuditKey = Read("DCR_AUDIT_KEY") ?? Path.Combine(Read("DCR_AUDIT_ANCHORS") ?? "", "..", "audit-anchors.key.pem"),
            Providers = ProviderSettings.FromEnvironment(),
            Pace = PaceFromEnvironment(),
        };
    }

    private static double PaceFromEnvironment() =>
        double.TryParse(Read("DCR_LIMITS") ?? "1", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pace) && pace is >= 0 and <= 1000
            ? pace
            : throw new SettingsException("DCR_LIMITS is a number from 0 (no limits) to 1000; 1 is usual.");

    /// <summary>Loopback, or a name below <c>localhost</c>, which never leaves the machine (RFC 6761, 6.3).</summary>
    internal static bool IsThisMachine(Uri address) =>
        address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    internal static Uri Address(string name, string otherwise) =>
        Uri.TryCreate(Read(name) ?? otherwise, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new SettingsException($"{name} is not an http or https address.");
}
