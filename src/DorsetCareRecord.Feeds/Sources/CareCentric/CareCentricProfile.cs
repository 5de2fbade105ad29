using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.CareCentric;

/// <summary>
/// Graphnet CareCentric at Poole Hospital, itself a gatherer of what others wrote: PAS activity, pathology, radiology, letters.
/// What it passes on keeps the organisation it came from, so that the record never says CareCentric took the blood.
/// </summary>
internal static class CareCentricProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.CareCentric,
        OwnNamespaces = ["RD3"],
        OriginOf = static message => Origin.Of(message),
    };
}
