using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>
/// Codes of adult social care in words: Client Level Data (NHS England) and the Interweave value sets made from it. A code that is no
/// code of a list is kept as it came, for councils also send words.
/// </summary>
internal static class CareValues
{
    public static string? AssessmentType(string? code) => code?.ToUpperInvariant() switch
    {
        "CN" => "Care Act needs assessment",
        "CA" => "Carer's assessment",
        "HD" => "Hospital discharge assessment",
        "MH" => "Mental health assessment",
        "OT" => "Occupational therapy assessment",
        "RA" => "Reablement assessment",
        "SA" => "Social assessment",
        "EOL" => "End of life assessment",
        "OTH" => "Other assessment",
        _ => code,
    };

    public static string? Outcome(string? code) => code?.ToUpperInvariant() switch
    {
        "PRO-R" => "Progress to reablement",
        "PRO-ASS" => "Progress to assessment",
        "PRO-RASS" => "Progress to reassessment or unplanned review",
        "PRO-SUP" => "Progress to support planning or services",
        "PRO-EOL" => "Progress to end of life care",
        "PRO-FA" => "Progress to financial assessment",
        "ADMH" => "Admitted to hospital",
        "NCP" => "No change in package",
        "SEP" => "Service ended as planned",
        "POS" => "Service provided",
        "NFA-MALA" => "No further action: moved to another council",
        "NFA-1NFC" => "No further action: NHS funded care",
        "NFA-SFC" => "No further action: funds their own care",
        "NFA-SD" => "No further action: support declined",
        "NFA-IA" => "No further action: information and advice",
        "NFA-D" => "No further action: deceased",
        "NFA-NSO" => "No further action: no services offered",
        "NFA-SEO" => "No further action: support ended",
        "NFA-OTH" => "No further action",
        "OTH" => "Other",
        "DNH-SL" or "DNH-IL" => null, // "Data not held": the council does not know.
        _ => code,
    };

    public static string? ServiceCategory(string? code) => code?.ToUpperInvariant() switch
    {
        "STS-STMAX" => "Short term support to maximise independence",
        "STS-OLL" => "Ongoing low level support",
        "STS-OST" => "Other short term support",
        "LTS-NC" => "Long term nursing care",
        "LTS-RS" => "Long term residential care",
        "LTS-C" => "Long term support in the community",
        "LTS-P" => "Long term support in prison",
        "CS-DC" => "Carer support, direct to the carer",
        "CS-SIPC" => "Carer support involving the person cared for",
        "OTH" => "Other",
        "DNH-SL" or "DNH-IL" => null,
        _ => code,
    };

    public static string? ServiceType(string? code) => code?.ToUpperInvariant() switch
    {
        "R" => "Reablement",
        "STNC" => "Short term nursing care",
        "STRC" => "Short term residential care",
        "LTNC" => "Long term nursing care",
        "LTRC" => "Long term residential care",
        "HS" => "Home support",
        "DS" => "Day support",
        "M" => "Meals",
        "TRAN" => "Transport",
        "EQ" => "Equipment",
        "DP" => "Direct payment",
        "SL" => "Shared lives",
        "CSL" => "Community supported living",
        "PS" => "Professional support",
        "PS-SW" => "Professional support: social worker",
        "LEES" => "Learning, education and employment support",
        "EOL" => "End of life care",
        "ES" => "Emergency support",
        "OSTS" => "Other short term support",
        "OLTS" => "Other long term support",
        "C-R" => "Carer respite",
        "C-SS" => "Carer sitting service",
        "C-US" => "Carer universal services",
        "C-OTH" => "Other carer support",
        "OTH" => "Other",
        "DNH-SL" or "DNH-IL" => null,
        _ => code,
    };

    /// <summary>Primary support reason.</summary>
    public static string? SupportReason(string? code) => code?.ToUpperInvariant() switch
    {
        "LDS" => "Learning disability support",
        "MHS" => "Mental health support",
        "PS" => "Physical support",
        "PS-AMO" => "Physical support: access and mobility",
        "PS-PCS" => "Physical support: personal care",
        "SMC" => "Support with memory and cognition",
        "SOS" => "Social support",
        "SOS-SMS" => "Social support: substance misuse",
        "SOS-ASS" => "Social support: asylum seeker",
        "SOS-IO" => "Social support: isolation or other",
        "SS" => "Sensory support",
        "SS-SVI" => "Sensory support: visual impairment",
        "SS-SHI" => "Sensory support: hearing impairment",
        "SS-SDI" => "Sensory support: dual impairment",
        _ => code,
    };

    public static string? RequestedBy(string? code) => code?.ToUpperInvariant() switch
    {
        "ADV" => "Advocate",
        "ANON" => "Anonymous",
        "ASCP" => "Care provider",
        "FFN" => "Family, friend or neighbour",
        "IC" => "Intermediate care",
        "INT" => "The council itself",
        "LAHD" => "Housing",
        "LA" => "Police, court or probation",
        "PCH" => "Primary or community health",
        "SH" => "Hospital",
        "TA" => "Trusted assessor",
        "S" => "Self",
        "OTH" => "Other",
        _ => code,
    };

    /// <summary>A flag's type and whether it is a risk, law or something else to know.</summary>
    public static (string Words, FlagKind Kind)? Flag(string? code) => code?.ToUpperInvariant() switch
    {
        "ABUSIVE" => ("Known to be abusive", FlagKind.Risk),
        "ALPERP" => ("Alleged perpetrator", FlagKind.Risk),
        "COMM" => ("Communication needs", FlagKind.ReasonableAdjustment),
        "DOLS" => ("Deprivation of Liberty Safeguards", FlagKind.Legal),
        "DOL" => ("Deprivation of liberty in the community", FlagKind.Legal),
        "EOL" => ("End of life", FlagKind.CarePlan),
        "HDISCH" => ("Hospital discharge", FlagKind.Other),
        "MANHAN" => ("Manual handling risk", FlagKind.Risk),
        "MAPPA" => ("Multi-agency public protection arrangements", FlagKind.Risk),
        "MARAC" => ("Multi-agency risk assessment conference", FlagKind.Risk),
        "NVU" => ("Not to be visited unaccompanied", FlagKind.Risk),
        "RFO" => ("Risk from specified others", FlagKind.Risk),
        "RNENG" => ("Risk of non-engagement", FlagKind.Risk),
        "RTC" => ("Risk to children", FlagKind.Risk),
        "RTM" => ("Risk to men", FlagKind.Risk),
        "RTW" => ("Risk to women", FlagKind.Risk),
        "RTO" => ("Risk to others", FlagKind.Risk),
        "RTS" => ("Risk to self", FlagKind.Risk),
        "SGC" => ("Safeguarding concern", FlagKind.Safeguarding),
        "SGE" => ("Safeguarding enquiry", FlagKind.Safeguarding),
        "VISIT" => ("Visiting", FlagKind.Other),
        _ => null,
    };

    /// <summary>legal.csv: orders, authorisations and sections.</summary>
    public static string? LegalType(string? code) => code?.ToUpperInvariant() switch
    {
        "DOLS" => "Deprivation of Liberty Safeguards authorisation",
        "DOL" => "Deprivation of liberty in the community (Court of Protection)",
        "GUARD" => "Guardianship (Mental Health Act 1983, section 7)",
        "MHA2" => "Detained for assessment (Mental Health Act 1983, section 2)",
        "MHA3" => "Detained for treatment (Mental Health Act 1983, section 3)",
        "MHA117" => "After-care (Mental Health Act 1983, section 117)",
        "CTO" => "Community treatment order (Mental Health Act 1983, section 17A)",
        "COP" => "Court of Protection order",
        "DEPUTY" => "Deputyship (Court of Protection)",
        _ => code,
    };

    /// <summary>How closely an alert is kept; a word nobody knows keeps it closer than none.</summary>
    public static Confidentiality? ShareLevel(CareRow row, string column)
    {
        switch (row[column]?.ToLowerInvariant())
        {
            case null or "n" or "normal" or "all" or "professionals": return null;
            case "r" or "restricted": return Confidentiality.Restricted;
            case "v" or "very restricted" or "very-restricted": return Confidentiality.VeryRestricted;
            default:
                row.Remark(Reasons.UnmappedCode, column);
                return Confidentiality.Restricted;
        }
    }

    public static string? PlanType(string? code) => code?.ToLowerInvariant() switch
    {
        "care_support" => "Care and support plan",
        "carer_support" => "Carer's support plan",
        "cin" => "Child in need plan",
        "cp" => "Child protection plan",
        "cla" => "Looked after child's care plan",
        "ehcp" => "Education, health and care plan",
        "pathway" => "Pathway plan",
        _ => code,
    };

    public static string? Accommodation(string? code) => code?.ToUpperInvariant() switch
    {
        "OWN" => "Owner occupied",
        "RENT-LA" => "Rented from council or housing association",
        "RENT-P" => "Rented privately",
        "FAM" => "With family or friends",
        "SUP" => "Supported living",
        "EXTRA" => "Extra care housing",
        "RES" => "Residential care home",
        "NUR" => "Nursing home",
        "TEMP" => "Temporary accommodation",
        "NFA" => "No fixed abode",
        _ => code,
    };

    /// <summary>Null with a remark for a status that is none of the list.</summary>
    public static CareServiceStatus? Status(CareRow row, string column)
    {
        switch (row[column]?.ToLowerInvariant())
        {
            case null: return null;
            case "planned": return CareServiceStatus.Planned;
            case "active": return CareServiceStatus.Active;
            case "onhold" or "on-hold": return CareServiceStatus.OnHold;
            case "finished" or "closed" or "returned": return CareServiceStatus.Finished;
            default:
                row.Remark(Reasons.UnmappedCode, column);
                return null;
        }
    }
}
