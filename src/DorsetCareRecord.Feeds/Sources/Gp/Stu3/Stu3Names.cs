using System.Text.Json.Nodes;

namespace DorsetCareRecord.Feeds.Sources.Gp.Stu3;

/// <summary>
/// URLs of extensions and code systems by their R4 names: CareConnect and GP Connect to UK Core, HL7's v2 and v3 tables to
/// terminology.hl7.org. Codes stay as they are.
/// </summary>
internal static class Stu3Names
{
    private const string Extension = "Extension-CareConnect-";
    private const string UkCoreExtension = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-";

    public static void Rewrite(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var element in array)
                    Rewrite(element);
                break;
            case JsonObject holder:
                Describe(holder);
                Replace(holder, "url", ExtensionUrl);
                Replace(holder, "system", System);
                Replace(holder, "reference", Reference);
                Replace(holder, "fullUrl", Reference);
                if (holder.Object("meta") is { } meta)
                    meta.Remove("profile"); // It claims STU3, which it no longer is.
                foreach (var (_, value) in holder.ToList())
                    Rewrite(value);
                break;
        }
    }

    /// <summary>The term the user chose: nested in one extension in STU3, an extension of its own in UK Core.</summary>
    private static void Describe(JsonObject coding)
    {
        foreach (var extension in coding.Objects("extension").Where(e => e.Text("url")?.EndsWith("Extension-coding-sctdescid", StringComparison.Ordinal) == true))
        {
            foreach (var part in extension.Objects("extension"))
            {
                var isDisplay = part.Text("url")?.EndsWith("Display", StringComparison.OrdinalIgnoreCase) == true;
                var value = part.Take(isDisplay ? "valueString" : "valueId");
                if (value is null)
                    continue;
                coding.AddTo("extension", new JsonObject
                {
                    ["url"] = isDisplay ? UkCoreExtension + "CodingSCTDescDisplay" : "http://hl7.org/fhir/StructureDefinition/coding-sctdescid",
                    [isDisplay ? "valueString" : "valueId"] = value,
                });
            }

            (coding["extension"] as JsonArray)!.Remove(extension);
        }
    }

    private static void Replace(JsonObject holder, string name, Func<string, string> rewrite)
    {
        if (holder.Text(name) is { } text && rewrite(text) is var rewritten && rewritten != text)
            holder[name] = rewritten;
    }

    /// <summary>Two types became one, also where others point to them.</summary>
    private static string Reference(string reference) => reference
        .Replace("ReferralRequest/", "ServiceRequest/", StringComparison.Ordinal).Replace("ProcedureRequest/", "ServiceRequest/", StringComparison.Ordinal);

    private static string ExtensionUrl(string url)
    {
        var at = url.LastIndexOf(Extension, StringComparison.Ordinal);
        return at < 0 ? url : UkCoreExtension + WithoutVersion(url[(at + Extension.Length)..]);
    }

    private static string System(string url)
    {
        if (url.StartsWith("http://hl7.org/fhir/v2/", StringComparison.Ordinal))
            return "http://terminology.hl7.org/CodeSystem/v2-" + url["http://hl7.org/fhir/v2/".Length..];
        if (url.StartsWith("http://hl7.org/fhir/v3/", StringComparison.Ordinal))
            return "http://terminology.hl7.org/CodeSystem/v3-" + url["http://hl7.org/fhir/v3/".Length..];
        var at = url.IndexOf("/STU3/CodeSystem/CareConnect-", StringComparison.Ordinal);
        return at < 0 ? url : "https://fhir.hl7.org.uk/CodeSystem/UKCore-" + WithoutVersion(url[(at + "/STU3/CodeSystem/CareConnect-".Length)..]);
    }

    private static string WithoutVersion(string name)
    {
        var core = name.StartsWith("GPC-", StringComparison.Ordinal) ? name[4..] : name;
        return core.EndsWith("-1", StringComparison.Ordinal) ? core[..^2] : core;
    }
}
