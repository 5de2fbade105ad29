using System.Globalization;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County;

/// <summary>A few people worth looking up first: living, known to several sources, and each of another time of life.</summary>
internal static class Introductions
{
    private static readonly (int Youngest, int Oldest)[] s_ages = [(80, 120), (55, 75), (30, 50), (0, 15)];

    public static IEnumerable<string> Lines(int seed, int size, DateOnly today)
    {
        var known = People.Of(seed, size, today)
            .Where(person => person.Died is null && person.Hospitals.Count > 0
                && person.Hospitals.All(hospital => hospital.Slip == Slip.None && hospital.NhsNumber is not null))
            .OrderByDescending(person => person.Hospitals.Count).ThenBy(person => person.Index)
            .ToList();
        return s_ages
            .Select(ages => known.FirstOrDefault(person => person.AgeOn(today) is var age && age >= ages.Youngest && age <= ages.Oldest))
            .OfType<Person>()
            .Select(person => string.Create(CultureInfo.GetCultureInfo("en-GB"),
                $"{person.NhsNumber[..3]} {person.NhsNumber[3..6]} {person.NhsNumber[6..]}   {person.Surname.ToUpperInvariant()}, {person.Forename}, born {person.Born:dd-MMM-yyyy}"));
    }
}
