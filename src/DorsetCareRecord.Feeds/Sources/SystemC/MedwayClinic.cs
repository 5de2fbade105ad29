using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SystemC;

/// <summary>Medway writes clinics and wards as code, name, unused, site; beds as the standard has them, with a short code for a room.</summary>
internal static class MedwayClinic
{
    public static string? LocationOf(Piece location, EncounterKind? kind)
    {
        var isNamed = location.TextOf(2) is not null && location.TextOf(3) is null;
        return isNamed || kind == EncounterKind.Outpatient ? location.TextOf(2) ?? location[1][1].Text : Locations.Standard(location, kind);
    }
}
