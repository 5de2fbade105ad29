namespace DorsetCareRecord.Record.Sections;

/// <summary>The sections of a person's record; the numbers are stored and never reused.</summary>
public enum Section
{
    Demographics = 1,
    Flags = 2,
    Problems = 3,
    Medicines = 4,
    Allergies = 5,
    Results = 6,
    NextOfKin = 7,
    Care = 8,
    Letters = 9,
    Encounters = 10,
    Immunisations = 11,
}

/// <summary>The fixed headings, so that people and tests find their way.</summary>
public static class SectionHeadings
{
    public static string Heading(this Section section) => section switch
    {
        Section.Demographics => "Person",
        Section.Flags => "Alerts",
        Section.Problems => "Problems and diagnoses",
        Section.Medicines => "Medicines",
        Section.Allergies => "Allergies",
        Section.Results => "Results",
        Section.NextOfKin => "Next of kin",
        Section.Care => "Carers and care providers",
        Section.Letters => "Letters",
        Section.Encounters => "Encounters",
        Section.Immunisations => "Immunisations",
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };
}
