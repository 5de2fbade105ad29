using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>PL (PV1-3): point of care, room, bed, facility; from 2.3.1 a description in the ninth component.</summary>
internal static class Locations
{
    public static string? Standard(Piece location, EncounterKind? kind)
    {
        if (location.TextOf(9) is { } description)
            return description;
        var parts = new[] { location[1][1].Text, location[2][1].Text, location.TextOf(3) }.Where(p => p is not null).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    public static string? SiteOf(Piece location) => location[4][1].Text;
}
