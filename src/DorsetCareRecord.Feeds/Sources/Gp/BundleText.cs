using System.Text.Json;
using System.Xml;
using DorsetCareRecord.Feeds.Inbox;
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

    public static (R4.Bundle? Bundle, Fault? Fault) Read(InboxMessage message) =>
        message.Format == Formats.FhirXml ? ReadXml(message.Body) : ReadJson(BundleShape.WithoutMark(message.Body));

    private static (R4.Bundle?, Fault?) ReadJson(ReadOnlyMemory<byte> body)
    {
        if (BundleShape.FaultOf(body.Span) is { } fault)
            return (null, fault);

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
