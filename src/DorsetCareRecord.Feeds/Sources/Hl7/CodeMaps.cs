using System.Collections.Frozen;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>Codes that every hospital shares: HL7 v2 tables and the NHS Data Dictionary's national codes.</summary>
internal static class CodeMaps
{
    /// <summary>PERSON STATED GENDER CODE and HL7 table 0001. Never a code in the record.</summary>
    public static IReadOnlyDictionary<string, string> Genders { get; } = Of<string>(
        ("M", "Male"), ("1", "Male"), ("F", "Female"), ("2", "Female"),
        ("9", "Indeterminate"), ("I", "Indeterminate"), ("A", "Indeterminate"), ("O", "Indeterminate"),
        ("Male", "Male"), ("Female", "Female"), ("Indeterminate", "Indeterminate"), ("Other", "Indeterminate"), ("Unknown", "Not Known"),
        ("Not Known", "Not Known"), ("Not Specified", "Indeterminate"), ("0", "Not Known"), ("U", "Not Known"), ("X", "Not Known"), ("N", "Not Known"));

    /// <summary>HL7 table 0004, D as British systems use it for day cases, and PATIENT CLASSIFICATION CODE 1 to 5.</summary>
    public static IReadOnlyDictionary<string, EncounterKind> EncounterKinds { get; } = Of(
        ("I", EncounterKind.Inpatient), ("Inpatient", EncounterKind.Inpatient), ("B", EncounterKind.Inpatient),
        ("P", EncounterKind.Inpatient), ("O", EncounterKind.Outpatient), ("Outpatient", EncounterKind.Outpatient),
        ("E", EncounterKind.Emergency), ("Emergency", EncounterKind.Emergency), ("D", EncounterKind.DayCase),
        ("DC", EncounterKind.DayCase), ("IP", EncounterKind.Inpatient), ("OP", EncounterKind.Outpatient), ("ED", EncounterKind.Emergency),
        ("AE", EncounterKind.Emergency), ("A&E", EncounterKind.Emergency), ("Day case", EncounterKind.DayCase), ("Daycase", EncounterKind.DayCase),
        ("1", EncounterKind.Inpatient), ("2", EncounterKind.DayCase), ("3", EncounterKind.DayCase), ("4", EncounterKind.Inpatient), ("5", EncounterKind.Inpatient), ("R", EncounterKind.Other), ("C", EncounterKind.Other), ("U", EncounterKind.Other));

    /// <summary>ETHNIC CATEGORY CODE 2001.</summary>
    public static IReadOnlyDictionary<string, string> EthnicCategories { get; } = Of<string>(
        ("A", "White - British"), ("B", "White - Irish"), ("C", "White - any other background"),
        ("D", "Mixed - White and Black Caribbean"), ("E", "Mixed - White and Black African"), ("F", "Mixed - White and Asian"),
        ("G", "Mixed - any other background"), ("H", "Asian or Asian British - Indian"), ("J", "Asian or Asian British - Pakistani"),
        ("K", "Asian or Asian British - Bangladeshi"), ("L", "Asian or Asian British - any other background"),
        ("M", "Black or Black British - Caribbean"), ("N", "Black or Black British - African"),
        ("P", "Black or Black British - any other background"), ("R", "Chinese"), ("S", "Any other ethnic group"),
        ("Z", "Not stated"));

    /// <summary>ADMISSION METHOD CODE (HOSPITAL PROVIDER SPELL).</summary>
    public static IReadOnlyDictionary<string, string> AdmissionMethods { get; } = Of<string>(
        ("11", "Waiting list"), ("12", "Booked"), ("13", "Planned"), ("21", "Emergency department"), ("22", "General practitioner"),
        ("23", "Bed bureau"), ("24", "Consultant clinic"), ("25", "Mental health crisis team"),
        ("2A", "Emergency department of another provider"), ("2B", "Emergency transfer from another provider"),
        ("2C", "Born at home as intended"), ("2D", "Other emergency"), ("28", "Other emergency"), ("31", "Before childbirth"),
        ("32", "After childbirth"), ("81", "Transfer from another provider"), ("82", "Born here"), ("83", "Born elsewhere"));

    /// <summary>DISCHARGE METHOD CODE (HOSPITAL PROVIDER SPELL).</summary>
    public static IReadOnlyDictionary<string, string> DischargeMethods { get; } = Of<string>(
        ("1", "On clinical advice"), ("2", "Self-discharge"), ("3", "By tribunal or court"), (PatientDied, "Patient died"),
        ("5", "Stillbirth"));

    /// <summary>In <see cref="DischargeMethods"/>.</summary>
    public const string PatientDied = "4";

    /// <summary>DISCHARGE DESTINATION CODE (HOSPITAL PROVIDER SPELL), those that say where to.</summary>
    public static IReadOnlyDictionary<string, string> DischargeDestinations { get; } = Of<string>(
        ("19", "Usual place of residence"), ("29", "Temporary place of residence"), ("37", "Court"), ("40", "Penal establishment"),
        ("42", "Police"), ("48", "High secure unit"), ("49", "Other hospital, medium secure"), ("50", "Other hospital, medium secure"),
        ("51", "Other hospital, general ward"), ("52", "Other hospital, maternity"), ("53", "Other hospital, mental health"),
        ("54", "NHS care home"), ("65", "Local authority residential accommodation"), ("66", "Local authority foster care"),
        ("79", "Not applicable - died or stillborn"), ("84", "Independent hospital, medium secure"), ("85", "Care home"),
        ("87", "Independent hospital"), ("88", "Hospice"));

    /// <summary>ATTENDED OR DID NOT ATTEND CODE.</summary>
    public static IReadOnlyDictionary<string, string> Attendance { get; } = Of<string>(
        ("5", "Attended"), ("6", "Attended late and was seen"), ("7", "Attended late and could not be seen"),
        ("2", "Cancelled by the patient"), ("3", "Did not attend"), ("4", "Cancelled by the hospital"));

    /// <summary>HL7 table 0063 as hospitals here use it.</summary>
    public static IReadOnlyDictionary<string, string> Relationships { get; } = Of<string>(
        ("SPO", "Spouse"), ("DOM", "Partner"), ("CHD", "Child"), ("GCH", "Grandchild"), ("NCH", "Child"), ("SCH", "Stepchild"),
        ("FCH", "Foster child"), ("WRD", "Ward"), ("PAR", "Parent"), ("MTH", "Mother"), ("FTH", "Father"), ("CGV", "Carer"),
        ("GRD", "Guardian"), ("GRP", "Grandparent"), ("EXF", "Relative"), ("SIB", "Sibling"), ("BRO", "Brother"),
        ("SIS", "Sister"), ("FND", "Friend"), ("EME", "Employee"), ("EMR", "Employer"), ("EMC", "Emergency contact"));

    private static FrozenDictionary<string, T> Of<T>(params ReadOnlySpan<(string Code, T Meaning)> pairs)
    {
        var map = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (code, meaning) in pairs)
            map.Add(code, meaning);
        return map.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
