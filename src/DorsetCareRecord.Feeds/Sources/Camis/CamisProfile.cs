using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.Camis;

internal static class CamisProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.Camis,
        OwnNamespaces = ["RDZ"],
    };
}
