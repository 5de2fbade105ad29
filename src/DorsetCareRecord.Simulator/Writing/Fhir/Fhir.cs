using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DorsetCareRecord.Simulator.Writing.Fhir;

/// <summary>Small pieces of FHIR R4 JSON. Absent values are left out, never written as null.</summary>
internal static class Fhir
{
    public const string Snomed = "http://snomed.info/sct";
    public const string Dmd = "https://dmd.nhs.uk";
    public const string NhsNumber = "https://fhir.nhs.uk/Id/nhs-number";
    public const string Ods = "https://fhir.nhs.uk/Id/ods-organization-code";
    public const string Units = "http://unitsofmeasure.org";
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>A resource with its UK Core profile.</summary>
    public static JsonObject Resource(string type, string id, string? profile = null) => new JsonObject { ["resourceType"] = type, ["id"] = id }
        .With("meta", new JsonObject { ["profile"] = new JsonArray($"https://fhir.hl7.org.uk/StructureDefinition/UKCore-{profile ?? type}") });

    public static JsonObject With(this JsonObject to, string name, JsonNode? value)
    {
        if (value is not null)
            to[name] = value;
        return to;
    }

    public static JsonArray Array(params IEnumerable<JsonNode?> items)
    {
        var array = new JsonArray();
        foreach (var item in items)
        {
            if (item is not null)
                array.Add(item);
        }

        return array;
    }

    /// <param name="isPreferredTerm">Whether the words are the code's own, and so its display too.</param>
    public static JsonObject Coded(string? system, string? code, string text, bool isPreferredTerm = true)
    {
        var concept = new JsonObject();
        if (code is not null)
            concept["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }.With("display", isPreferredTerm ? text : null));
        return concept.With("text", text);
    }

    public static JsonObject Code(string system, string code, string? display = null) =>
        new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }.With("display", display)) };

    public static JsonObject Reference(string urn, string? display = null) => new JsonObject { ["reference"] = urn }.With("display", display);

    public static JsonObject Quantity(double value, string unit) => new()
    {
        ["value"] = (decimal)value,
        ["unit"] = unit == "mm[Hg]" ? "mmHg" : unit,
        ["system"] = Units,
        ["code"] = unit,
    };

    public static JsonObject Period(string? start, string? end) => new JsonObject().With("start", start).With("end", end);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A time of Dorset's clock with its offset.</summary>
    public static string Instant(DateTime local) =>
        new DateTimeOffset(local, London.GetUtcOffset(local)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The same thing of the same patient has the same id in every bundle.</summary>
    public static string IdOf(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
