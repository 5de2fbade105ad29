using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>
/// A reason to come to hospital, with all that usually happens: complaint, tests, pictures, course, what the letter says.
/// Words in braces are filled in from the patient and from the very results that are sent (<see cref="Letters.Wording"/>).
/// </summary>
internal sealed record AcuteCase
{
    public required string Key { get; init; }

    public required string Diagnosis { get; init; }

    /// <summary>ICD-10, fifth edition.</summary>
    public required string Icd10 { get; init; }

    /// <summary>What the GP codes from the letter; null when they would not.</summary>
    public string? ProblemCode { get; init; }

    public required Specialty Specialty { get; init; }

    /// <summary>As the triage nurse writes it.</summary>
    public required string Complaint { get; init; }

    public int FromAge { get; init; }

    public int UntilAge { get; init; } = 120;

    public Sex? Only { get; init; }

    /// <summary>Per thousand people a year at ages 0, 5, 18, 40, 55, 65, 75, 85 and on, besides the crises of ailments.</summary>
    public double[] PerThousand { get; init; } = [0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>How many of those who come by the emergency department are admitted.</summary>
    public double Admitted { get; init; }

    public (int Least, int Most) Days { get; init; } = (1, 3);

    /// <summary>Planned: booked, without the emergency department.</summary>
    public bool IsElective { get; init; }

    public bool IsDayCase { get; init; }

    public string[] Panels { get; init; } = [];

    /// <summary>How the crisis moves blood tests at its height.</summary>
    public Dictionary<string, double> Shift { get; init; } = [];

    public string[] Imaging { get; init; } = [];

    public string? Culture { get; init; }

    /// <summary>Specimens are not sent from everyone.</summary>
    public double CultureShare { get; init; } = 0.6;

    public required string Presentation { get; init; }

    public required string Examination { get; init; }

    /// <summary>What was done; for an attendance without admission, in the department.</summary>
    public required string Course { get; init; }

    public string? Procedure { get; init; }

    public IReadOnlyList<MedicineChange> Changes { get; init; } = [];

    public required string[] ForTheGp { get; init; }

    public required string ForThePatient { get; init; }

    public string? FollowUp { get; init; }

    /// <summary>Its letter reads true even if all of it happened within a day, as it does in the live county.</summary>
    public bool FitsOneDay =>
        Days.Least <= 2 && !Course.Contains("hours", StringComparison.Ordinal) && !Course.Contains("days", StringComparison.Ordinal);

    /// <summary>A year, for one person of that age.</summary>
    public double RateAt(int age) => age < FromAge || age > UntilAge ? 0 : PerThousand[age switch
    {
        < 5 => 0,
        < 18 => 1,
        < 40 => 2,
        < 55 => 3,
        < 65 => 4,
        < 75 => 5,
        < 85 => 6,
        _ => 7,
    }] / 1000;
}

/// <param name="Act">started, stopped, changed.</param>
/// <param name="Otherwise">Given instead where an allergy forbids the first.</param>
internal sealed record MedicineChange(string Act, Drug Drug, string Why, Drug? Otherwise = null, bool IsShort = false);

/// <summary>A specialty by its treatment function code (NHS Data Dictionary), and the ward where its patients lie.</summary>
internal sealed record Specialty(string Code, string Name, bool IsSurgical = false)
{
    public static readonly Specialty Emergency = new("180", "Emergency Medicine");
    public static readonly Specialty GeneralMedicine = new("300", "General Internal Medicine");
    public static readonly Specialty Gastroenterology = new("301", "Gastroenterology");
    public static readonly Specialty Diabetes = new("307", "Diabetes");
    public static readonly Specialty Cardiology = new("320", "Cardiology");
    public static readonly Specialty Stroke = new("328", "Stroke Medicine");
    public static readonly Specialty Dermatology = new("330", "Dermatology");
    public static readonly Specialty Respiratory = new("340", "Respiratory Medicine");
    public static readonly Specialty Renal = new("361", "Renal Medicine");
    public static readonly Specialty Oncology = new("370", "Medical Oncology");
    public static readonly Specialty Neurology = new("400", "Neurology");
    public static readonly Specialty Rheumatology = new("410", "Rheumatology");
    public static readonly Specialty Paediatrics = new("420", "Paediatrics");
    public static readonly Specialty Elderly = new("430", "Elderly Medicine");
    public static readonly Specialty Obstetrics = new("501", "Obstetrics", IsSurgical: true);
    public static readonly Specialty OldAgePsychiatry = new("715", "Old Age Psychiatry");
    public static readonly Specialty Surgery = new("100", "General Surgery", IsSurgical: true);
    public static readonly Specialty Urology = new("101", "Urology", IsSurgical: true);
    public static readonly Specialty Breast = new("103", "Breast Surgery", IsSurgical: true);
    public static readonly Specialty Orthopaedics = new("110", "Trauma and Orthopaedics", IsSurgical: true);
    public static readonly Specialty Ophthalmology = new("130", "Ophthalmology", IsSurgical: true);
}
