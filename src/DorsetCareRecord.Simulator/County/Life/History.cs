using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>All that happened to one person, before any system wrote it down.</summary>
internal sealed class History(Person person, Physiology physiology)
{
    public Person Person { get; } = person;

    public Physiology Physiology { get; } = physiology;

    public List<Suffering> Sufferings { get; init; } = [];

    public List<AllergyEntry> Allergies { get; } = [];

    public List<ProblemEntry> Problems { get; } = [];

    public List<Medication> Medications { get; } = [];

    public List<Consultation> Consultations { get; } = [];

    public List<Vaccination> Vaccinations { get; } = [];

    public List<Visit> Visits { get; } = [];

    public List<LabReport> LabReports { get; } = [];

    public List<WrittenReport> WrittenReports { get; } = [];

    public List<HospitalLetter> Letters { get; } = [];

    /// <summary>Null for the many whom no council looks after.</summary>
    public CouncilRecord? Council { get; set; }

    public bool AvoidsFamily(string? family) =>
        family is not null && Allergies.Any(entry => entry.Ended is null && entry.Allergen?.Avoid == family);

    /// <summary>The first that is safe for this person: no allergy, no NSAID beside failing kidneys, heart or a blood thinner, and
    /// not two kinds of blood thinner at once.</summary>
    public Drug? Safe(params ReadOnlySpan<Drug?> candidates)
    {
        foreach (var drug in candidates)
        {
            if (drug is null || AvoidsFamily(drug.Family))
                continue;
            if (drug.Family == "NSAID" && Sufferings.Any(s => s.Ailment.Key is "ckd" or "heart failure" or "af" or "ihd"))
                continue;
            if (drug.Family is "aspirin" or "antiplatelet" && Medications.Any(medication => medication.IsRepeat && medication.Drug.Family == "anticoagulant"))
                continue;
            if (drug.Family == "beta blocker" && Sufferings.Any(s => s.Ailment.Key == "asthma"))
                continue;
            return drug;
        }

        return null;
    }

    /// <summary>A serial that is unique in the county: numbers of visits, laboratories and documents are made from it.</summary>
    public long NextSerial() => Person.Index * 500L + _serial++;

    private int _serial;
}
