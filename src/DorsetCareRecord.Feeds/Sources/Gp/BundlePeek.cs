using System.Text.Json;
using System.Xml;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>As much of a bundle as the door must know before it is stored: that it can be read, its own id, and its first patient.</summary>
/// <param name="Fault">Why the adapter will not be able to read it; null when it will.</param>
/// <param name="ControlId"><c>Bundle.identifier.value</c>, which stays with a bundle wherever it goes; <c>id</c> does not.</param>
/// <param name="Patient"><c>id</c> of the first Patient, for the lane.</param>
internal readonly record struct BundlePeek(Fault? Fault, string? ControlId, string? Patient)
{
    public static BundlePeek Of(ReadOnlyMemory<byte> body, string format)
    {
        var content = format == Formats.FhirXml ? body : BundleShape.WithoutMark(body);
        var fault = format == Formats.FhirXml ? XmlShape.FaultOf(body) : BundleShape.Of(content.Span).Fault;
        if (fault is { Reason: Reasons.Unreadable })
            return new BundlePeek(fault, null, null);
        var peek = format == Formats.FhirXml ? OfXml(content) : OfJson(content.Span);
        return peek with { Fault = fault };
    }

    private static BundlePeek OfJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        string? controlId = null;
        var objects = new Stack<(bool IsPatient, string? Id, bool IsIdentifier)>();
        var property = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = reader.ValueTextEquals("resourceType") ? "resourceType"
                        : reader.ValueTextEquals("id") ? "id"
                        : reader.ValueTextEquals("value") ? "value"
                        : reader.ValueTextEquals("identifier") ? "identifier"
                        : "";
                    continue;
                case JsonTokenType.StartObject:
                    objects.Push((false, null, property == "identifier" && objects.Count == 1));
                    break;
                case JsonTokenType.EndObject:
                    if (objects.Pop() is { IsPatient: true, Id: { } id })
                        return new BundlePeek(null, controlId, id);
                    break;
                case JsonTokenType.String when objects.Count > 0 && property.Length > 0:
                    var top = objects.Pop();
                    if (property == "resourceType")
                        top = top with { IsPatient = reader.ValueTextEquals("Patient") };
                    else if (property == "id")
                        top = top with { Id = reader.GetString() };
                    else if (property == "value" && top.IsIdentifier)
                        controlId = reader.GetString();
                    objects.Push(top);
                    break;
            }

            property = "";
        }

        return new BundlePeek(null, controlId, null);
    }

    private static BundlePeek OfXml(ReadOnlyMemory<byte> body)
    {
        using var reader = XmlShape.Reader(body);
        string? controlId = null;
        var patientDepth = -1;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader is { LocalName: "value", Depth: 2 })
                controlId ??= reader.GetAttribute("value");
            else if (reader.LocalName == "Patient")
                patientDepth = reader.Depth;
            else if (reader.LocalName == "id" && reader.Depth == patientDepth + 1)
                return new BundlePeek(null, controlId, reader.GetAttribute("value"));
        }

        return new BundlePeek(null, controlId, null);
    }
}
