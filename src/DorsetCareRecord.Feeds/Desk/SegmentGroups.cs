namespace DorsetCareRecord.Feeds.Desk;

/// <summary>What a part of a message is about: the thread, and the colour, from a line as it came to what came of it.</summary>
public static class SegmentGroups
{
    public const string Header = "header";
    public const string Person = "person";
    public const string Visit = "visit";
    public const string Report = "report";
    public const string Value = "value";
    public const string Allergy = "allergy";
    public const string Problem = "problem";
    public const string Medicine = "medicine";
    public const string Other = "other";

    public static string OfSegment(string segment) => segment switch
    {
        "MSH" or "EVN" or "SFT" or "BHS" or "FHS" => Header,
        "PID" or "PD1" or "NK1" or "MRG" or "GT1" or "ZU1" => Person,
        "PV1" or "PV2" or "SCH" or "AIS" or "AIL" or "AIP" or "ZU3" => Visit,
        "ORC" or "OBR" or "TXA" => Report,
        "OBX" or "NTE" or "SPM" => Value,
        "AL1" or "IAM" => Allergy,
        "DG1" or "PRB" or "PR1" => Problem,
        "RXA" or "RXC" or "RXD" or "RXE" or "RXG" or "RXO" or "RXR" or "TQ1" => Medicine,
        _ => Other,
    };

    /// <param name="item">Name of the item's type or of its table.</param>
    public static string OfItem(string item) => item.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "DEMOGRAPHICS" or "FLAG" or "CONTACT" => Person,
        "ENCOUNTER" => Visit,
        "REPORT" or "LETTER" => Report,
        "RESULT" => Value,
        "ALLERGY" => Allergy,
        "PROBLEM" => Problem,
        "MEDICINE" => Medicine,
        _ => Other,
    };
}

/// <summary>Names of the fields operators look at most (HL7 v2.4 chapters 2 to 9); others go by their number.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["MSH-3"] = "Sending application", ["MSH-4"] = "Sending facility", ["MSH-5"] = "Receiving application", ["MSH-6"] = "Receiving facility",
        ["MSH-7"] = "Message time", ["MSH-9"] = "Message type", ["MSH-10"] = "Control id", ["MSH-11"] = "Processing id", ["MSH-12"] = "Version",
        ["MSH-13"] = "Sequence number", ["MSH-18"] = "Character set",
        ["EVN-1"] = "Event", ["EVN-2"] = "Recorded", ["EVN-6"] = "Occurred",
        ["PID-2"] = "External id", ["PID-3"] = "Identifiers", ["PID-4"] = "Alternate id", ["PID-5"] = "Name", ["PID-7"] = "Born", ["PID-8"] = "Sex",
        ["PID-10"] = "Ethnicity", ["PID-11"] = "Address", ["PID-13"] = "Telephone", ["PID-15"] = "Language", ["PID-19"] = "NHS number (PID-19)",
        ["PID-29"] = "Died", ["PID-30"] = "Death indicator", ["PID-32"] = "Identity reliability",
        ["PD1-3"] = "Practice", ["PD1-4"] = "GP", ["MRG-1"] = "Prior identifiers",
        ["NK1-2"] = "Name", ["NK1-3"] = "Relationship", ["NK1-4"] = "Address", ["NK1-5"] = "Telephone", ["NK1-7"] = "Role",
        ["PV1-2"] = "Patient class", ["PV1-3"] = "Location", ["PV1-7"] = "Attending", ["PV1-9"] = "Consultant", ["PV1-10"] = "Specialty",
        ["PV1-19"] = "Visit number", ["PV1-36"] = "Discharge disposition", ["PV1-44"] = "Admitted", ["PV1-45"] = "Discharged",
        ["AL1-2"] = "Allergy type", ["AL1-3"] = "Substance", ["AL1-4"] = "Severity", ["AL1-5"] = "Reaction", ["AL1-6"] = "Identified",
        ["IAM-2"] = "Allergy type", ["IAM-3"] = "Substance", ["IAM-4"] = "Severity", ["IAM-6"] = "Action", ["IAM-7"] = "Allergy id",
        ["DG1-3"] = "Diagnosis", ["DG1-5"] = "Diagnosed", ["DG1-6"] = "Diagnosis type",
        ["ORC-1"] = "Order control", ["ORC-2"] = "Placer order", ["ORC-3"] = "Filler order",
        ["OBR-2"] = "Placer order", ["OBR-3"] = "Filler order", ["OBR-4"] = "Report", ["OBR-7"] = "Taken", ["OBR-22"] = "Reported", ["OBR-25"] = "Report status",
        ["OBX-2"] = "Value type", ["OBX-3"] = "Test", ["OBX-4"] = "Sub-id", ["OBX-5"] = "Value", ["OBX-6"] = "Unit", ["OBX-7"] = "Range", ["OBX-8"] = "Flag",
        ["OBX-11"] = "Result status", ["OBX-14"] = "Observed", ["NTE-3"] = "Note",
        ["TXA-2"] = "Document type", ["TXA-4"] = "Activity time", ["TXA-12"] = "Document number", ["TXA-13"] = "Parent document", ["TXA-17"] = "Completion",
    };

    public static string Of(string segment, int field) => s_names.GetValueOrDefault($"{segment}-{field}", $"Field {field}");
}
