using System.Collections.Frozen;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>TREATMENT FUNCTION CODE (NHS Data Dictionary) and the few letters of HL7 table 0069. An unknown code is shown as sent.</summary>
internal static class Specialties
{
    public static string? NameOf(string code) => Names.GetValueOrDefault(code);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["100"] = "General surgery", ["101"] = "Urology", ["102"] = "Transplant surgery", ["103"] = "Breast surgery",
        ["104"] = "Colorectal surgery", ["105"] = "Hepatobiliary surgery", ["106"] = "Upper gastrointestinal surgery",
        ["107"] = "Vascular surgery", ["108"] = "Spinal surgery", ["110"] = "Trauma and orthopaedics", ["111"] = "Orthopaedics",
        ["115"] = "Trauma surgery", ["120"] = "Ear, nose and throat", ["130"] = "Ophthalmology", ["140"] = "Oral surgery",
        ["143"] = "Orthodontics", ["144"] = "Maxillofacial surgery", ["150"] = "Neurosurgery", ["160"] = "Plastic surgery",
        ["170"] = "Cardiothoracic surgery", ["171"] = "Paediatric surgery", ["172"] = "Cardiac surgery", ["173"] = "Thoracic surgery",
        ["180"] = "Emergency medicine", ["190"] = "Anaesthetics", ["191"] = "Pain management", ["192"] = "Intensive care medicine",
        ["211"] = "Paediatric urology", ["214"] = "Paediatric orthopaedics", ["215"] = "Paediatric ear, nose and throat",
        ["251"] = "Paediatric gastroenterology", ["252"] = "Paediatric endocrinology", ["253"] = "Paediatric haematology",
        ["258"] = "Paediatric respiratory medicine", ["290"] = "Community paediatrics", ["291"] = "Paediatric neurodisability",
        ["300"] = "General internal medicine", ["301"] = "Gastroenterology", ["302"] = "Endocrinology",
        ["303"] = "Clinical haematology", ["304"] = "Clinical physiology", ["306"] = "Hepatology", ["307"] = "Diabetes",
        ["310"] = "Audiological medicine", ["313"] = "Clinical immunology", ["314"] = "Rehabilitation medicine",
        ["315"] = "Palliative medicine", ["316"] = "Clinical immunology", ["317"] = "Allergy", ["318"] = "Intermediate care",
        ["319"] = "Respite care", ["320"] = "Cardiology", ["321"] = "Paediatric cardiology", ["322"] = "Clinical microbiology",
        ["323"] = "Spinal injuries", ["324"] = "Anticoagulant service", ["325"] = "Sport and exercise medicine",
        ["326"] = "Acute internal medicine", ["327"] = "Cardiac rehabilitation", ["328"] = "Stroke medicine",
        ["329"] = "Transient ischaemic attack", ["330"] = "Dermatology", ["331"] = "Congenital heart disease",
        ["340"] = "Respiratory medicine", ["341"] = "Respiratory physiology", ["342"] = "Pulmonary rehabilitation",
        ["350"] = "Infectious diseases", ["352"] = "Tropical medicine", ["360"] = "Genitourinary medicine",
        ["361"] = "Renal medicine", ["370"] = "Medical oncology", ["371"] = "Nuclear medicine", ["400"] = "Neurology",
        ["401"] = "Clinical neurophysiology", ["410"] = "Rheumatology", ["420"] = "Paediatrics", ["421"] = "Paediatric neurology",
        ["422"] = "Neonatal critical care", ["424"] = "Well babies", ["430"] = "Elderly medicine", ["450"] = "Dental medicine",
        ["460"] = "Medical ophthalmology", ["501"] = "Obstetrics", ["502"] = "Gynaecology", ["503"] = "Gynaecological oncology",
        ["560"] = "Midwifery", ["650"] = "Physiotherapy", ["651"] = "Occupational therapy", ["652"] = "Speech and language therapy",
        ["653"] = "Podiatry", ["654"] = "Dietetics", ["655"] = "Orthoptics", ["656"] = "Clinical psychology",
        ["657"] = "Prosthetics", ["658"] = "Orthotics", ["663"] = "Podiatric surgery", ["700"] = "Learning disability",
        ["710"] = "Adult mental health", ["711"] = "Child and adolescent psychiatry", ["713"] = "Psychotherapy",
        ["715"] = "Old age psychiatry", ["721"] = "Addiction services", ["727"] = "Dementia assessment",
        ["800"] = "Clinical oncology", ["811"] = "Interventional radiology", ["812"] = "Diagnostic imaging",
        ["822"] = "Chemical pathology", ["834"] = "Medical virology", ["840"] = "Audiology", ["920"] = "Diabetic education",
        ["MED"] = "General medicine", ["SUR"] = "General surgery", ["URO"] = "Urology", ["PUL"] = "Respiratory medicine",
        ["CAR"] = "Cardiology",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
