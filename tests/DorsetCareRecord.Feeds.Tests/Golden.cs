using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Tests;

/// <summary>
/// A message and, beside it, the facts read of it (<c>name.facts.json</c>). With <c>DCR_WRITE_GOLDEN=1</c> the facts file is
/// written instead of compared; review it as carefully as the code.
/// </summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new DateText() },
    };

    /// <summary>The repository's root: the nearest folder above the test that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string Folder(params string[] below) => Path.Combine([Root, "tests", "DorsetCareRecord.Feeds.Tests", .. below]);

    /// <summary>Public sample messages, when they are at hand: <c>DCR_SAMPLES</c>, else beside the repository.</summary>
    public static string? Samples(string below)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("DCR_SAMPLES") ?? Path.Combine(Root, "..", "shared", "samples"), below);
        return Directory.Exists(folder) ? folder : null;
    }

    public static void Compare(string messageFile, Reading reading)
    {
        var factsFile = messageFile + ".facts.json";
        var actual = Write(reading);
        if (Environment.GetEnvironmentVariable("DCR_WRITE_GOLDEN") == "1")
            File.WriteAllText(factsFile, actual);
        Assert.Equal(File.ReadAllText(factsFile).ReplaceLineEndings("\n"), actual);
    }

    private static string Write(Reading reading)
    {
        JsonNode? node = reading switch
        {
            Understood understood => new JsonObject
            {
                ["patients"] = new JsonArray([.. understood.Patients.Select(Patient)]),
                ["remarks"] = JsonSerializer.SerializeToNode(understood.Remarks, Json),
            },
            OfNoConcern none => new JsonObject { ["noConcern"] = none.Why },
            NotUnderstood not => new JsonObject { ["notUnderstood"] = JsonSerializer.SerializeToNode(not.Fault, Json) },
            _ => null,
        };
        return node!.ToJsonString(Json).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Patient(PatientFacts patient) => new()
    {
        ["patient"] = $"{patient.Patient.Source} {patient.Patient.Id}",
        ["facts"] = new JsonArray([.. patient.Facts.Select(Fact)]),
    };

    private static JsonObject Fact(Fact fact)
    {
        var at = fact.Version.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return fact switch
        {
            Stated s => new JsonObject
            {
                ["stated"] = s.Key,
                ["version"] = at,
                ["list"] = s.List,
                ["is"] = JsonSerializer.SerializeToNode(s.Item, Json),
            },
            Withdrawn w => new JsonObject { ["withdrawn"] = w.Key, ["type"] = w.ItemType.Name, ["version"] = at },
            ListStated l => new JsonObject
            {
                ["listStated"] = l.List,
                ["type"] = l.ItemType.Name,
                ["version"] = at,
                ["keys"] = JsonSerializer.SerializeToNode(l.Keys, Json),
            },
            Linked linked => new JsonObject { ["linked"] = linked.One.Id, ["with"] = linked.Other.Id, ["stands"] = linked.Stands, ["version"] = at },
            Merged m => new JsonObject { ["merged"] = m.Prior.Id, ["into"] = m.Survivor.Id, ["version"] = at },
            _ => throw new InvalidOperationException("A kind of fact the golden files do not know."),
        };
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DorsetCareRecord.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must lie below the solution.");
        return folder.FullName;
    }

    private sealed class DateText : JsonConverter<ClinicalDate>
    {
        public override ClinicalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ClinicalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
