using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Laboratory;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>Specimens a practice sends to the hospital's microbiologists.</summary>
internal static class SurgeryCultures
{
    public static WrittenReport Urine(History history, Consultation consultation, HospitalSite site, Dice dice)
    {
        var culture = Cultures.Named("urine");
        var growth = dice.Weighted(culture.Growths, candidate => candidate.Share);
        return new WrittenReport(
            $"M{history.NextSerial()}", site.Trust, IsRadiology: false, consultation.At, consultation.At.AddHours(dice.Between(22, 23)), culture.Code,
            culture.Title, culture.Specimen, [.. growth.Lines()], consultation.With, site.Microbiologist(dice), history.Person.Practice.Name);
    }
}
