using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>The same look at XML as <see cref="BundleShape"/> has at JSON. No DTD, so no entities (CWE-611, CWE-776).</summary>
internal static class XmlShape
{
    private const int MostDepth = 60;

    /// <summary>FHIR has two at most beside what declares names; each costs the FHIR reader a kilobyte of errors.</summary>
    private const int MostAttributes = 100;

    public static Fault? FaultOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = Reader(body);
            return Walk(reader);
        }
        catch (XmlException e)
        {
            return new Fault(Reasons.Unreadable, Shape: $"XML, line {e.LineNumber}, column {e.LinePosition}");
        }
    }

    public static XmlReader Reader(ReadOnlyMemory<byte> body)
    {
        var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
        var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }

    private static Fault? Walk(XmlReader reader)
    {
        var first = true;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Depth > MostDepth)
                return new Fault(Reasons.Unreadable, Shape: "XML, too deep");
            if (reader.AttributeCount > MostAttributes)
                return new Fault(Reasons.TooLarge, Shape: $"more than {MostAttributes} attributes");
            if (first && (reader.LocalName, reader.NamespaceURI) is not ("Bundle", "http://hl7.org/fhir"))
                return new Fault(Reasons.UnknownType, Shape: "not a Bundle");
            first = false;

            if (VersionOf(reader) is { } version)
                return new Fault(Reasons.WrongVersion, Shape: version);
        }

        return null;
    }

    private static string? VersionOf(XmlReader element) => element.LocalName switch
    {
        "clinicalStatus" or "taken" when element.GetAttribute("value") is not null => "STU3",
        "actualPeriod" or "medication" when element.GetAttribute("value") is null => "R5",
        "profile" when element.GetAttribute("value") is { } profile => BundleShape.VersionOf(Encoding.UTF8.GetBytes(profile)),
        _ => null,
    };
}
