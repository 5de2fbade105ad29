using System.Text.Json;
using DorsetCareRecord.Feeds.Files;
using Npgsql;

namespace DorsetCareRecord.Worker.Hosting;

/// <summary>
/// What the environment says, or else what a running <c>up</c> wrote to <c>.local/up.json</c>; docs/house.md lists the variables.
/// </summary>
internal static class Settings
{
    private static readonly Lazy<Dictionary<string, string>> Up = new(ReadUp);

    /// <summary>The variable, if it is set and not empty.</summary>
    internal static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The variable, else what <c>up</c> chose.</summary>
    internal static string? ReadOrUp(string name) => Read(name) ?? (Up.Value.TryGetValue(name, out var value) ? value : null);

    /// <summary>Connection string of <c>dcr_worker</c>.</summary>
    /// <exception cref="SettingsException">Neither set nor known from <c>up</c>.</exception>
    internal static string WorkerDatabase => Checked("DCR_WORKER_DATABASE", ReadOrUp("DCR_WORKER_DATABASE") ?? throw new SettingsException(
        "No database is known: start ./dcr up first, or set DCR_WORKER_DATABASE to the connection string of the role dcr_worker."));

    /// <summary>Connection string of the owner, who migrates.</summary>
    /// <exception cref="SettingsException">Not set.</exception>
    internal static string OwnerDatabase => Checked("DCR_DATABASE", ReadOrUp("DCR_DATABASE") ?? throw new SettingsException(
        "DCR_DATABASE is not set: it is the connection string of the database's owner."));

    /// <summary>Where the files of a cutover lie: <c>crosswalk/</c> and <c>extract/</c> under it.</summary>
    internal static string Cutover => ReadOrUp("DCR_CUTOVER") ?? Path.Combine(".local", "cutover");

    internal static Uri Door => Uri.TryCreate(Read("DCR_DOOR_URL") ?? "http://127.0.0.1:8083", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new SettingsException("DCR_DOOR_URL is not an http or https address.");

    /// <summary>How many lanes are worked at once. Two by default: more only queue for the cores they share with PostgreSQL.</summary>
    internal static int Drains => Read("DCR_DRAINS") is not { } text ? 2
        : int.TryParse(text, out var drains) && drains is > 0 and <= 64 ? drains
        : throw new SettingsException("DCR_DRAINS must be a number from 1 to 64.");

    /// <summary>
    /// How long PostgreSQL lets a drain do nothing in the middle of its batch before it ends the connection: a worker that is paused (a virtual
    /// machine being moved, a host that swaps) keeps its sockets open and would hold its patients' lane for as long.
    /// </summary>
    internal static TimeSpan LanePatience => Read("DCR_LANE_PATIENCE") is not { } text ? TimeSpan.FromSeconds(60)
        : int.TryParse(text, out var seconds) && seconds is > 0 and <= 3600 ? TimeSpan.FromSeconds(seconds)
        : throw new SettingsException("DCR_LANE_PATIENCE must be a number of seconds from 1 to 3600.");

    /// <summary>How much a council's full extract may shrink (<c>DCR_EXTRACT_COLLAPSE</c> and its like).</summary>
    internal static CollapseSettings Collapse
    {
        get
        {
            try
            {
                return CollapseSettings.From(Read);
            }
            catch (FormatException fault)
            {
                throw new SettingsException(fault.Message);
            }
        }
    }

    /// <summary>Whether messages marked as training or debugging (MSH-11 T, D) are taken although the environment is Production.</summary>
    internal static bool TakesTestMessages => Read("DCR_TEST_MESSAGES") switch
    {
        null or "refuse" => false,
        "take" => true,
        _ => throw new SettingsException("DCR_TEST_MESSAGES must be take or refuse."),
    };

    /// <summary>A damaged one would be shown with its password by whoever met it first.</summary>
    private static string Checked(string name, string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new SettingsException($"{name} is not a connection string (Host=...;Database=...;Username=...;Password=...).");
        }
    }

    private static Dictionary<string, string> ReadUp()
    {
        var file = Path.Combine(Read("DCR_ROOT") ?? Environment.CurrentDirectory, ".local", "up.json");
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Dictionary<string, string>();
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file} cannot be read: {e.GetType().Name}.");
        }
    }
}
