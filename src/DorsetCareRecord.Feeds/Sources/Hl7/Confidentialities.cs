using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// How closely an item is to be kept, where senders say it: TXA-18 (HL7 table 0272), ORC-28 (table 0177) and the yes or no of PV2-22,
/// PD1-12 and DG1-18 (R30). A code nobody knows is restricted: whoever took the trouble to send one meant something by it.
/// </summary>
internal static class Confidentialities
{
    public static Confidentiality? OfCode(Piece code) => code.TextOf(1)?.ToUpperInvariant() switch
    {
        null => null,
        "U" or "N" or "L" or "M" or "UC" or "NORMAL" => Confidentiality.Normal,
        // Table 0177 names what makes a patient's record sensitive: these are what the law and the RCGP list protect most.
        "V" or "AID" or "HIV" or "PSY" or "ETH" => Confidentiality.VeryRestricted,
        _ => Confidentiality.Restricted,
    };

    public static Confidentiality? OfIndicator(Piece indicator) => indicator.TextOf(1)?.ToUpperInvariant() switch
    {
        "Y" or "YES" or "1" => Confidentiality.Restricted,
        "N" or "NO" or "0" => Confidentiality.Normal,
        _ => null,
    };
}
