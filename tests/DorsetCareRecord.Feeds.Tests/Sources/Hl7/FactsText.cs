using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>A reading as JSON for people: the form of the golden files.</summary>
internal static class FactsText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new ClinicalDateText() },
    };

    public static string Of(Reading reading) => WithoutNulls(reading switch
    {
        Understood understood => new JsonObject
        {
            ["patients"] = new JsonArray([.. understood.Patients.Select(Patient)]),
            ["remarks"] = JsonSerializer.SerializeToNode(understood.Remarks, Options),
        },
        OfNoConcern concern => new JsonObject { ["ofNoConcern"] = concern.Why },
        NotUnderstood not => new JsonObject { ["notUnderstood"] = JsonSerializer.SerializeToNode(not.Fault, Options) },
        _ => new JsonObject(),
    }).ToJsonString(Options).ReplaceLineEndings("\n") + "\n";

    private static JsonNode WithoutNulls(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var absent in members.Where(m => m.Value is null).Select(m => m.Key).ToList())
                members.Remove(absent);
        }

        foreach (var child in node is JsonObject o ? o.Select(m => m.Value!) : node is JsonArray a ? a.Select(v => v!) : [])
            WithoutNulls(child);
        return node;
    }

    private static JsonNode Patient(PatientFacts patient) => new JsonObject
    {
        ["patient"] = patient.Patient.Id,
        ["facts"] = new JsonArray([.. patient.Facts.Select(Fact)]),
    };

    private static JsonNode Fact(Fact fact)
    {
        var version = fact.Version.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", null);
        return fact switch
        {
            Stated stated => new JsonObject
            {
                ["stated"] = stated.Key, ["list"] = stated.List, ["version"] = version,
                ["item"] = JsonSerializer.SerializeToNode<Item>(stated.Item, Options),
            },
            Withdrawn withdrawn => new JsonObject { ["withdrawn"] = withdrawn.Key, ["type"] = withdrawn.ItemType.Name, ["version"] = version },
            ListStated list => new JsonObject
            {
                ["listStated"] = list.List, ["type"] = list.ItemType.Name, ["version"] = version,
                ["keys"] = new JsonArray([.. list.Keys.Select(k => (JsonNode)k)]),
            },
            Linked linked => new JsonObject { ["linked"] = linked.One.Id, ["with"] = linked.Other.Id, ["stands"] = linked.Stands, ["version"] = version },
            Merged merged => new JsonObject { ["merged"] = merged.Prior.Id, ["into"] = merged.Survivor.Id, ["version"] = version },
            Moved moved => new JsonObject
            {
                ["moved"] = moved.PriorKey, ["of"] = moved.Prior.Id, ["to"] = moved.Owner.Id, ["as"] = moved.Key, ["version"] = version,
            },
            _ => throw new NotSupportedException(fact.GetType().Name),
        };
    }

    private sealed class ClinicalDateText : JsonConverter<ClinicalDate>
    {
        public override ClinicalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ClinicalDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
