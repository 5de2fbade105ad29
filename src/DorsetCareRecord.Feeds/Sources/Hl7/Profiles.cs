using DorsetCareRecord.Feeds.Sources.Camis;
using DorsetCareRecord.Feeds.Sources.CareCentric;
using DorsetCareRecord.Feeds.Sources.SystemC;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>The HL7 v2 senders by the code of their feed.</summary>
internal static class Profiles
{
    public static bool Has(string source) => source is SourceCodes.SystemC or SourceCodes.Camis or SourceCodes.CareCentric;

    /// <exception cref="ArgumentOutOfRangeException">Not an HL7 v2 source.</exception>
    public static Profile Of(string source) => source switch
    {
        SourceCodes.SystemC => SystemCProfile.Profile,
        SourceCodes.Camis => CamisProfile.Profile,
        SourceCodes.CareCentric => CareCentricProfile.Profile,
        _ => throw new ArgumentOutOfRangeException(nameof(source), "Not an HL7 v2 source."),
    };
}
