using System.Text.Json;
using System.Text.Json.Nodes;

namespace DorsetCareRecord.Feeds.Sources.Gp.Stu3;

/// <summary>
/// GP Connect Access Record Structured is FHIR STU3 with CareConnect profiles. Here such a bundle becomes the R4 bundle with UK
/// Core names that the one reader of this room reads: JSON to JSON, nothing is interpreted and no item is dropped.
/// </summary>
/// <remarks>
/// HL7 FHIR R4, "R3 to R4 maps" of each resource; NHS England, STU3 CareConnect to R4 UK Core mapping. A value that has its R4
/// shape already is left alone, so converting twice changes nothing.
/// </remarks>
internal static class Stu3Bundle
{
    /// <summary>The body must have passed <see cref="BundleShape"/>: no property twice, and not too deep.</summary>
    public static byte[] ToR4(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
        if (JsonObject.Create(document.RootElement) is not { } bundle)
            return json.ToArray();
        foreach (var entry in bundle.Objects("entry"))
        {
            if (entry.Object("resource") is { } resource)
                Convert(resource);
        }

        Stu3Names.Rewrite(bundle);
        return JsonSerializer.SerializeToUtf8Bytes(bundle);
    }

    private static void Convert(JsonObject resource)
    {
        Stu3Resources.Convert(resource);
        foreach (var contained in resource.Objects("contained"))
            Convert(contained);
    }
}
