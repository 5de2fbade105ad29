using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DorsetCareRecord.Projection.Applying;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>A shown record as canonical JSON: names of enums in words, what a source did not say left out, dates in their storage form.</summary>
public static class RecordText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ClinicalDateConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        TypeInfoResolver = ItemJson.WithoutSection(),
    };

    public static string Of(ShownRecord record) => JsonSerializer.Serialize(record, Options);
}
