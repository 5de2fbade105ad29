namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>Types of message (HL7 table 0076) that are well known and say nothing the record shows.</summary>
internal static class OfNoConcernTypes
{
    public static string? Why(string type) => type switch
    {
        "ACK" or "MCF" or "ORR" or "ORL" or "ORG" or "ORP" or "ORS" or "ORN" or "ORD" or "ORI" or "RRE" or "RRD" or "RRG"
            or "RRA" or "SRR" or "RRI" or "BRP" or "BRT" => "an acknowledgement",
        "BAR" or "DFT" or "EHC" => "accounts and charges",
        "QRY" or "QBP" or "QCK" or "QCN" or "QRF" or "QSB" or "QSX" or "QVR" or "RSP" or "RTB" or "RDY" or "RDR" or "RAR" or "RGR"
            or "ROR" or "RER" or "RCI" or "RCL" or "RPI" or "RPL" or "RPR" or "RQC" or "RQI" or "RQP" or "DSR" or "EDR" or "ERP"
            or "EQQ" or "SPQ" or "SQM" or "SQR" or "VQQ" or "VXQ" or "VXR" or "VXX" or "TBR" or "OSQ" or "OSR" or "ORF" or "DOC"
            or "PRR" or "PPV" or "PPT" or "PTV" => "a query or its answer",
        "MFN" or "MFK" or "MFD" or "MFQ" or "MFR" or "PMU" or "STC" => "a master file",
        "NMD" or "NMQ" or "NMR" or "UDM" => "network or display",
        "SRM" => "a request for an appointment; the appointment itself comes as SIU",
        "ORM" or "OML" or "OMG" or "OMI" or "OMD" or "OMN" or "OMS" or "OMB" or "OMQ" or "OPL" or "OPR" or "OPU" => "an order; its results come as ORU",
        "RAS" or "RGV" => "single doses given; the prescription comes as RDE",
        "REF" or "RPA" => "a referral between systems",
        "PGL" or "PPG" or "PPP" or "PTR" => "care goals and pathways",
        "ORU" => "a waveform",
        "ESU" or "ESR" or "INU" or "INR" or "LSU" or "LSR" or "SSU" or "SSR" or "TCU" or "TCR" or "EAC" or "EAN" or "EAR" or "SLR" or "SLN"
            or "SLS" or "SMD" or "SDR" or "SDN" or "SCN" or "STI" or "BPS" or "BTS" => "laboratory equipment, sterilisation or blood bank stock",
        "CRM" or "CSU" or "PEX" or "SUR" => "clinical trials and product experience",
        _ => null,
    };
}
