using System.Globalization;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>A hospital: its wards and its consultants, invented.</summary>
internal sealed class HospitalSite
{
    private readonly int _seed;
    private readonly (string Code, string Name)[] _wards;
    private readonly Dictionary<string, IReadOnlyList<Clinician>> _consultants = [];

    private HospitalSite(int seed, string trust, string name, string prefix, params (string Code, string Name)[] wards)
    {
        _seed = seed;
        _wards = wards;
        (Trust, Name, Prefix) = (trust, name, prefix);
    }

    /// <summary>ODS code of the trust.</summary>
    public string Trust { get; }

    public string Name { get; }

    /// <summary>Letters before its visit numbers.</summary>
    public string Prefix { get; }

    /// <summary>ODS code of the site, as messages carry it.</summary>
    public string SiteCode => $"{Trust}01";

    public static IReadOnlyDictionary<string, HospitalSite> All(int seed) => new HospitalSite[]
    {
        new(seed, Registrations.DorsetCounty, "Dorset County Hospital", "DCH",
            ("ILCH", "Ilchester Integrated Assessment Unit"), ("PURB", "Purbeck Ward"), ("LULW", "Lulworth Ward"), ("STRO", "Stroke Unit"),
            ("MAUD", "Maud Alexander Ward"), ("KING", "Kingfisher Ward"), ("DAY1", "Day Surgery Unit")),
        new(seed, Registrations.Bournemouth, "Royal Bournemouth Hospital", "RBH",
            ("AMU", "Acute Medical Unit"), ("W24", "Ward 24"), ("W7", "Ward 7"), ("STRO", "Stroke Unit"),
            ("MATB", "Maternity Unit"), ("PAU", "Children's Unit"), ("DSU", "Derwent Day Unit")),
        new(seed, Registrations.Poole, "Poole Hospital", "PGH",
            ("RACE", "Rapid Access Consultant Evaluation Unit"), ("B3", "Ward B3"), ("C4", "Trauma Ward C4"), ("ASU", "Acute Stroke Unit"),
            ("MARY", "St Mary's Maternity Unit"), ("ACRE", "Acrewood Children's Ward"), ("DTC", "Day Theatre Centre")),
    }.ToDictionary(site => site.Trust);

    public (string Code, string Name) AssessmentUnit => _wards[0];

    public (string Code, string Name) WardOf(Specialty specialty, bool dayCase) => specialty switch
    {
        _ when dayCase => _wards[6],
        _ when specialty == Specialty.Paediatrics => _wards[5],
        _ when specialty == Specialty.Obstetrics => _wards[4],
        _ when specialty == Specialty.Stroke => _wards[3],
        { IsSurgical: true } => _wards[2],
        _ => _wards[1],
    };

    public Clinician Consultant(Specialty specialty, Dice dice)
    {
        lock (_consultants)
        {
            if (!_consultants.TryGetValue(specialty.Code, out var all))
            {
                var hiring = Dice.For(_seed, Trust + specialty.Code);
                all = [.. Enumerable.Range(0, 3).Select(_ => Clinicians.Consultant(hiring, specialty.IsSurgical))];
                _consultants[specialty.Code] = all;
            }

            return dice.Pick(all);
        }
    }

    public Clinician Radiologist(Dice dice) => Consultant(new Specialty("810", "Radiology"), dice);

    public Clinician Microbiologist(Dice dice) => Consultant(new Specialty("820", "General Pathology"), dice);

    /// <summary>A number of the site's own for a visit: O outpatient, I inpatient, E emergency.</summary>
    public string VisitNumber(char kind, DateTime at, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{kind}{(kind == 'O' ? 'P' : kind == 'I' ? 'P' : 'D')}{at:yyMM}{serial:D7}");
}
