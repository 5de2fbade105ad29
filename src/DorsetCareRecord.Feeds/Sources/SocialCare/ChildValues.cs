namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>Codes of children's returns in words (DfE children in need census and SSDA903, as the SSD carries them).</summary>
internal static class ChildValues
{
    /// <summary>CIN census: source of referral.</summary>
    public static string? ReferralSource(string? code) => code?.ToUpperInvariant() switch
    {
        "1A" => "Family member or carer",
        "1B" => "Acquaintance",
        "1C" => "Self",
        "1D" => "Other individual",
        "2A" => "School",
        "2B" => "Education service",
        "3A" => "GP",
        "3B" => "Health visitor",
        "3C" => "School nurse",
        "3D" => "Other primary health service",
        "3E" => "A&E",
        "3F" => "Other health service",
        "4" => "Housing",
        "5A" => "Social care in this council",
        "5B" => "Other service of this council",
        "5C" => "Another council",
        "5D" => "Another council's service",
        "6" => "Police",
        "7" => "Other legal agency",
        "8" => "Other",
        "9" => "Anonymous",
        "10" => "Not known",
        _ => code,
    };

    /// <summary>CIN census: category of abuse of a child protection plan.</summary>
    public static string? AbuseCategory(string? code) => code?.ToUpperInvariant() switch
    {
        "NEG" => "Neglect",
        "PHY" => "Physical abuse",
        "SAB" => "Sexual abuse",
        "EMO" => "Emotional abuse",
        "MUL" => "Multiple",
        _ => code,
    };

    /// <summary>SSDA903: legal status.</summary>
    public static string? LegalStatus(string? code) => code?.ToUpperInvariant() switch
    {
        "C1" => "Interim care order",
        "C2" => "Full care order",
        "D1" => "Freeing order",
        "E1" => "Placement order",
        "V2" => "Accommodated by agreement (Children Act 1989, section 20)",
        "V3" => "Accommodated in short breaks by agreement",
        "V4" => "Accommodated in short breaks",
        "L1" => "Police protection",
        "L2" => "Emergency protection order",
        "L3" => "Child assessment order",
        "J1" => "Remanded to local authority accommodation or youth detention",
        "J2" => "Placed under police and criminal evidence act",
        "J3" => "Sentenced to youth rehabilitation order with residence",
        _ => code,
    };

    /// <summary>SSDA903: type of placement.</summary>
    public static string? Placement(string? code) => code?.ToUpperInvariant() switch
    {
        "A3" or "A4" or "A5" or "A6" => "Placed for adoption",
        "H5" => "Semi-independent living",
        "K1" => "Secure children's home",
        "K2" => "Children's home",
        "P1" => "With own parents",
        "P2" => "Independent living",
        "P3" => "Residential employment",
        "R1" => "Residential care home",
        "R2" => "Hospital or other health care establishment",
        "R3" => "Family centre or mother and baby unit",
        "R5" => "Young offender institution or prison",
        "S1" => "Residential school",
        "T0" or "T1" or "T2" or "T3" or "T4" => "Temporary placement",
        "U1" or "U2" or "U3" => "Foster care with a relative or friend",
        "U4" or "U5" or "U6" => "Foster care",
        "Z1" => "Other placement",
        _ => code,
    };

    /// <summary>CIN census: disability.</summary>
    public static string? Disability(string? code) => code?.ToUpperInvariant() switch
    {
        "NONE" => "No disability",
        "MOB" => "Mobility",
        "HAND" => "Hand function",
        "PC" => "Personal care",
        "INC" => "Incontinence",
        "COMM" => "Communication",
        "LD" => "Learning",
        "HEAR" => "Hearing",
        "VIS" => "Vision",
        "BEH" => "Behaviour",
        "CON" => "Consciousness",
        "AUT" => "Autism",
        "DDA" => "Other disability",
        _ => code,
    };

    /// <summary>SSDA903: category of need.</summary>
    public static string? Need(string? code) => code?.ToUpperInvariant() switch
    {
        "N1" => "Abuse or neglect",
        "N2" => "Child's disability or illness",
        "N3" => "Parent's disability or illness",
        "N4" => "Family in acute stress",
        "N5" => "Family dysfunction",
        "N6" => "Socially unacceptable behaviour",
        "N7" => "Low income",
        "N8" => "Absent parenting",
        "N9" => "Cases other than children in need",
        "N0" => null, // Not stated.
        _ => code,
    };
}
