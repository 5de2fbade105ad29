using System.Net;
using DorsetCareRecord.Simulator.Development.SignIn;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// The variables of docs/house.md as this run uses them: those of the environment, else the defaults; passwords and keys that
/// nobody gave are made once and kept.
/// </summary>
internal sealed class HouseSettings
{
    private static readonly string[] s_mllp = ["DCR_MLLP_SYSTEMC", "DCR_MLLP_CAMIS", "DCR_MLLP_CARECENTRIC", "DCR_MLLP_CARECENTRIC_RBCH"];
    private readonly Dictionary<string, string> _values = [];

    public HouseSettings(LocalState state)
    {
        Take("DCR_PORTAL_URL", () => "http://127.0.0.1:8080");
        Take("DCR_SIGNIN_URL", () => "http://127.0.0.1:8082");
        Take("DCR_DOOR_URL", () => "http://127.0.0.1:8083");
        Take("DCR_MLLP_SYSTEMC", () => "2575");
        Take("DCR_MLLP_CAMIS", () => "2576");
        Take("DCR_MLLP_CARECENTRIC", () => "2577");
        Take("DCR_MLLP_CARECENTRIC_RBCH", () => "2578");
        // Nobody is treated by this house: messages marked as a test are as welcome as any.
        Take("DCR_TEST_MESSAGES", () => "take");
        // Nor is anything to be guarded from being read: those who measure find no limit in their way.
        Take("DCR_LIMITS", () => "1000");
        Take("DCR_DROP", () => state.Drop);
        Take("DCR_AUDIT_ANCHORS", () => state.AuditAnchors);
        Take("DCR_AUDIT_KEY", () => Path.Combine(state.Passwords, "audit-anchors.key.pem"));
        Take("DCR_OIDC_AUTHORITY", () => this["DCR_SIGNIN_URL"]);
        Take("DCR_OIDC_CLIENT_ID", () => SignInHost.ClientId);
        foreach (var name in (string[])["DCR_WORKER_PASSWORD", "DCR_PORTAL_PASSWORD", "DCR_DOOR_KEY_GP", "DCR_DOOR_KEY_CARECENTRIC", "DCR_DOOR_KEY_CARECENTRIC_RBCH"])
            Take(name, () => Secret.Keep(Path.Combine(state.Passwords, name), Secret.NewPassword));
    }

    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    public IReadOnlyDictionary<string, string> All => _values;

    public Uri Portal => Address("DCR_PORTAL_URL");

    public Uri Door => Address("DCR_DOOR_URL");

    public Uri SignInAddress => Address("DCR_SIGNIN_URL");

    /// <summary>False when somebody's own identity provider is named.</summary>
    public bool HasDevelopmentSignIn => this["DCR_OIDC_AUTHORITY"].TrimEnd('/') == this["DCR_SIGNIN_URL"].TrimEnd('/');

    public static string? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Throws one sentence that names every place somebody else listens on, before anything is started.</summary>
    public void CheckPorts()
    {
        List<(string Name, IPEndPoint Place)> places =
        [
            .. s_mllp.Select(name => (name, ListenerOf(name))),
            ("DCR_DOOR_URL", PlaceOf("DCR_DOOR_URL", Door.Host, Door.Port)),
            ("DCR_PORTAL_URL", PlaceOf("DCR_PORTAL_URL", Portal.Host, Portal.Port)),
        ];
        if (HasDevelopmentSignIn)
            places.Add(("DCR_SIGNIN_URL", PlaceOf("DCR_SIGNIN_URL", SignInAddress.Host, SignInAddress.Port)));
        foreach (var twice in places.GroupBy(place => place.Place.Port).Where(group => group.Count() > 1))
            throw new DevelopmentException($"{string.Join(" and ", twice.Select(p => p.Name))} name the same port {twice.Key}: give each its own.");

        var taken = places.Where(place => !FreePort.IsFree(place.Place)).ToList();
        if (taken.Count > 0)
            throw new DevelopmentException(
                $"In use by another program: {string.Join(", ", taken.Select(t => $"port {t.Place.Port} ({t.Name})"))}; stop it, or set the variable to another address.");
    }

    private void Take(string name, Func<string> otherwise) => _values[name] = Given(name) ?? otherwise();

    private Uri Address(string name) => Uri.TryCreate(this[name], UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new DevelopmentException($"{name} is not an http or https address.");

    private IPEndPoint ListenerOf(string name)
    {
        var text = this[name];
        var colon = text.LastIndexOf(':');
        return int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and < 65536
            ? PlaceOf(name, colon < 0 ? "127.0.0.1" : text[..colon], port)
            : throw new DevelopmentException($"{name} is neither a port nor address:port.");
    }

    private static IPEndPoint PlaceOf(string name, string host, int port) => host switch
    {
        "localhost" => new(IPAddress.Loopback, port),
        "*" or "+" => new(IPAddress.Any, port),
        _ when IPAddress.TryParse(host.Trim('[', ']'), out var address) => new(address, port),
        _ => throw new DevelopmentException($"{name} names {host}, which is not an address of this machine: use 127.0.0.1."),
    };
}
