using System.Xml.Linq;
using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>Keys of the cookies in the database, so that any portal process reads them and a restart signs nobody out.</summary>
internal sealed class KeyRing(SessionKeys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All().Select(Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));

    private static XElement Parse(string xml)
    {
        using var text = new StringReader(xml);
        using var reader = System.Xml.XmlReader.Create(text, new() { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
