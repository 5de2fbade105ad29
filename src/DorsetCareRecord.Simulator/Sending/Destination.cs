namespace DorsetCareRecord.Simulator.Sending;

/// <summary>A source as an operator may name it, and how it reaches the record.</summary>
/// <param name="Code">The feed's code, as docs/house.md spells it.</param>
/// <param name="Route">By which transport.</param>
/// <param name="Variable">The variable that says where.</param>
/// <param name="Otherwise">Its default.</param>
/// <param name="Council">For social care: the council's code and drop folder.</param>
/// <param name="DocumentKey">For a hospital that also sends FHIR to the door: the variable with its key there.</param>
internal sealed record Destination(
    string Code, Route Route, string Variable, string Otherwise, string? Council = null, string? DocumentKey = null)
{
    private static readonly Destination[] All =
    [
        new("systemc", Route.Mllp, "DCR_MLLP_SYSTEMC", "2575"),
        new("camis", Route.Mllp, "DCR_MLLP_CAMIS", "2576"),
        new("carecentric", Route.Mllp, "DCR_MLLP_CARECENTRIC", "2577", DocumentKey: "DCR_DOOR_KEY_CARECENTRIC"),
        new("carecentric-rbch", Route.Mllp, "DCR_MLLP_CARECENTRIC_RBCH", "2578", DocumentKey: "DCR_DOOR_KEY_CARECENTRIC_RBCH"),
        new("gp", Route.Door, "DCR_DOOR_URL", "http://127.0.0.1:8083"),
        new("socialcare-dcc", Route.Drop, "DCR_DROP", "drop", "dcc"),
        new("socialcare-bbc", Route.Drop, "DCR_DROP", "drop", "bbc"),
        new("socialcare-bop", Route.Drop, "DCR_DROP", "drop", "bop"),
    ];

    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["medway"] = "systemc",
        ["careflow"] = "systemc",
        ["dch"] = "systemc",
        ["emiscamis"] = "camis",
        ["rbch"] = "camis",
        ["graphnet"] = "carecentric",
        ["poole"] = "carecentric",
        ["gps"] = "gp",
        ["gpsystems"] = "gp",
        ["ccg"] = "gp",
        ["dcc"] = "socialcaredcc",
        ["bbc"] = "socialcarebbc",
        ["bop"] = "socialcarebop",
    };

    public static string Names => string.Join(", ", All.Select(destination => destination.Code));

    /// <summary>Finds a source by any spelling: case, spaces, hyphens, colons and underscores do not matter.</summary>
    public static Destination? Named(string name)
    {
        var key = Plain(name);
        key = OtherNames.GetValueOrDefault(key, key);
        return All.FirstOrDefault(destination => Plain(destination.Code) == key);
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

internal enum Route
{
    Mllp,
    Door,
    Drop,
}
