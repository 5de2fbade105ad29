using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary>Which county, how lively, and where its messages go.</summary>
public sealed record CountyOptions
{
    public const int DefaultSeed = 1;
    public const int DefaultPeople = 2_000;

    /// <summary>Every other seed is another county; null for that of the kept data, else the default.</summary>
    public int? Seed { get; init; }

    /// <summary>Null for as many as the kept data has, else the default.</summary>
    public int? People { get; init; }

    /// <summary>Messages a second once it is loaded; 0 stops after the backload.</summary>
    public double Rate { get; init; } = 5;

    /// <summary>Connections each hospital opens for the backload. One patient always stays on one of them.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>When the county was begun: its histories lead up to that day. Null for what the state file has, else now.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>The backload is known to have been taken, whatever the state file says.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Called once when the backload was sent and answered.</summary>
    public Action? Loaded { get; init; }

    /// <summary>Where the county remembers how far it is, so that a restart goes on and repeats nothing.</summary>
    public required string StateFile { get; init; }

    /// <summary><c>host:port</c>, or a port on loopback.</summary>
    public required string SystemC { get; init; }

    public required string Camis { get; init; }

    public required string CareCentric { get; init; }

    /// <summary>The inbound door; bundles go to <c>/fhir</c> there.</summary>
    public required Uri Door { get; init; }

    /// <summary>The GP feed's credential.</summary>
    public required string? DoorKey { get; init; }

    /// <summary>Holds one folder a council.</summary>
    public required string DropFolder { get; init; }

    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Seed, size and rate as given; addresses from the environment or from what <c>up</c> wrote.</summary>
    public static CountyOptions From(Settings settings) => new()
    {
        StateFile = Path.Combine(settings.LocalFolder, "county-live.json"),
        SystemC = settings["DCR_MLLP_SYSTEMC", "2575"],
        Camis = settings["DCR_MLLP_CAMIS", "2576"],
        CareCentric = settings["DCR_MLLP_CARECENTRIC", "2577"],
        Door = new Uri(settings["DCR_DOOR_URL", "http://127.0.0.1:8083"]),
        DoorKey = settings.Find("DCR_DOOR_KEY_GP"),
        DropFolder = settings["DCR_DROP", Path.Combine(settings.LocalFolder, "drop")],
    };
}
