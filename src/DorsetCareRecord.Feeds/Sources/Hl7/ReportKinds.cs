using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>What kind of report an OBR is: its section (OBR-24, HL7 table 0074), else the code system of what was asked for.</summary>
internal static class ReportKinds
{
    public static ReportKind Of(Segment obr) => obr[24].TextOf(1)?.ToUpperInvariant() switch
    {
        "RAD" or "RX" or "RUS" or "CT" or "CUS" or "NMR" or "NMS" or "OUS" or "VUS" or "XRC" or "MR" or "US" or "XR" => ReportKind.Radiology,
        "MB" or "MCB" or "MYC" or "VR" or "MIC" => ReportKind.Microbiology,
        "SP" or "CP" or "HIS" or "HISTO" => ReportKind.Histology,
        "EC" or "AU" or "PF" or "RC" or "RT" or "PT" or "OT" or "NRS" or "PHR" or "EN" => ReportKind.Other,
        null or "OTH" => obr[4].TextOf(3)?.ToUpperInvariant() switch
        {
            "NICIP" or "RIS" or "CRIS" => ReportKind.Radiology,
            _ => ReportKind.Laboratory,
        },
        _ => ReportKind.Laboratory,
    };

    /// <summary>Kinds that are words even where a line of them happens to be a number.</summary>
    public static bool IsWritten(this ReportKind kind) => kind is ReportKind.Radiology or ReportKind.Histology;
}
