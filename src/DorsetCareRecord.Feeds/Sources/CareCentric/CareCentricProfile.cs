using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.CareCentric;

internal static class CareCentricProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.CareCentric,
        OwnNamespaces = ["RD3"],
    };
}
