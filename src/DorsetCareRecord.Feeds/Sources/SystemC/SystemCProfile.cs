using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.SystemC;

internal static class SystemCProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.SystemC,
        OwnNamespaces = ["RBD"],
    };
}
