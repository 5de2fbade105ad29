using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.Camis;

/// <summary>
/// EMIS Camis at Royal Bournemouth and Christchurch, to be replaced. Nothing about its interface is public; this follows what
/// systems of its family send (iPM): HL7 2.3 or 2.4, windows-1252, PID-2, PID-4 and PID-19 for the NHS number, dates with
/// hyphens, NSP and the like for nothing, A34 and A40, appointments either way. Z segments are kept in the inbox and not read.
/// </summary>
internal static class CamisProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.Camis,
        OwnNamespaces = ["RDZ"],
        EthnicityFields = [10, 22],
        Placeholders = ["NSP", "Not Specified", "Not Set", "Not Known", "DNU", ".", "UNKNOWN"],
    };
}
