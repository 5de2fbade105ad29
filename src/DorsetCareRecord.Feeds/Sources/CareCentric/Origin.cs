using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.CareCentric;

/// <summary>
/// Whose words a message passes on: MSH-4, by its ODS code (the first three characters of a site are its trust). Null for
/// the sending trust's own; a facility we do not know keeps its own name.
/// </summary>
internal static class Origin
{
    public static string? Of(Message message, string own)
    {
        if (message.Header[4].TextOf(1) is not { } facility || facility.StartsWith(own, StringComparison.OrdinalIgnoreCase))
            return null;
        var known = Dorset.Organisations.FirstOrDefault(o => facility.StartsWith(o.Ods, StringComparison.OrdinalIgnoreCase));
        return known?.Short ?? message.Header[4].TextOf(2) ?? facility;
    }
}
