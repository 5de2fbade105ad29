using System.Text.Json;
using System.Xml;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Gp.Stu3;
using DorsetCareRecord.Record.Facts;
using Hl7.Fhir.Serialization;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>
/// From bytes to a bundle. The reader keeps values of the wrong type aside instead of refusing the message; they show up as
/// exceptions when a resource is read, and cost that resource alone.
/// </summary>
internal static class BundleText
{
    private static readonly DeserializerSettings Settings =
        new DeserializerSettings { Validator = null }.UsingMode(DeserializationMode.Ostrich);

    private static readonly FhirJsonDeserializer Json = new(Settings);
    private static readonly FhirXmlDeserializer Xml = new(Settings);

    public static (R4.Bundle? Bundle, Fault? Fault) Read(ReadOnlyMemory<byte> body, string format) =>
        format == Formats.FhirXml ? ReadXml(body) : ReadJson(BundleShape.WithoutMark(body));

    private static (R4.Bundle?, Fault?) ReadJson(ReadOnlyMemory<byte> body)
    {
        var look = BundleShape.Of(body.Span);
        if (look.Fault is { } fault)
            return (null, fault);
        if (look.IsStu3)
            body = Stu3Bundle.ToR4(body);

        var reader = new Utf8JsonReader(body.Span);
        return Json.TryDeserializeResource(ref reader, out var resource, out _) && resource is R4.Bundle bundle
            ? (bundle, null)
            : (null, new Fault(Reasons.Unreadable, Shape: "JSON"));
    }

    private static (R4.Bundle?, Fault?) ReadXml(ReadOnlyMemory<byte> body)
    {
        if (XmlShape.FaultOf(body) is { } fault)
            return (null, fault);

        using var reader = XmlShape.Reader(body);
        return Xml.TryDeserializeResource(reader, out var resource, out _) && resource is R4.Bundle bundle
            ? (bundle, null)
            : (null, new Fault(Reasons.Unreadable, Shape: "XML"));
    }
}
