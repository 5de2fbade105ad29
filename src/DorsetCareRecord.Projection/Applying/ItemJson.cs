using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Items as the version log keeps them. The text is canonical: the same content gives the same text, so texts are compared
/// instead of items. Enums are their stored numbers; what a source did not say is left out.
/// </summary>
internal static class ItemJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ClinicalDateConverter() },
        TypeInfoResolver = WithoutSection(),
    };

    /// <summary>The section follows from the item; an override does not inherit that it is not to be written.</summary>
    public static IJsonTypeInfoResolver WithoutSection() => new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
    {
        if (type.Type.IsAssignableTo(typeof(Item)) && type.Properties.FirstOrDefault(p => p.AttributeProvider is PropertyInfo { Name: nameof(Item.Section) }) is { } section)
            type.Properties.Remove(section);
    });

    public static string Write(Item item) => JsonSerializer.Serialize(item, Options);

    public static Item Read(string json) => JsonSerializer.Deserialize<Item>(json, Options)
        ?? throw new JsonException("The version log holds no item.");
}

/// <summary>A clinical date in its one storage form.</summary>
internal sealed class ClinicalDateConverter : JsonConverter<ClinicalDate>
{
    public override ClinicalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ClinicalDate.TryParse(reader.GetString(), out var date) ? date.Value : throw new JsonException("Not a clinical date.");

    public override void Write(Utf8JsonWriter writer, ClinicalDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
