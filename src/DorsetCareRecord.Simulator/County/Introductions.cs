using System.Globalization;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County;

/// <summary>A few people worth looking up first: living, known to several sources, and each of another time of life.</summary>
internal static class Introductions
{
    /// <summary>So many of each age are looked at; telling a life costs about two milliseconds.</summary>
    private const int LivesLookedAt = 60;
    private static readonly (int Youngest, int Oldest)[] s_ages = [(80, 120), (55, 75), (30, 50), (0, 15)];

    public static IEnumerable<string> Lines(int seed, int size, DateOnly today)
    {
        var histories = new Histories(seed, today);
        var known = People.Of(seed, size, today)
            .Where(person => person.Died is null && person.Hospitals.Count > 0
                && person.Hospitals.All(hospital => hospital.Slip == Slip.None && hospital.NhsNumber is not null))
            .OrderByDescending(person => person.Hospitals.Count).ThenBy(person => person.Index)
            .ToList();
        return s_ages
            .Select(ages => known.Where(person => person.AgeOn(today) is var age && age >= ages.Youngest && age <= ages.Oldest)
                .Take(LivesLookedAt)
                .MaxBy(person => ToSee(histories.Of(person))))
            .OfType<Person>()
            .Select(person => string.Create(CultureInfo.GetCultureInfo("en-GB"),
                $"{person.NhsNumber[..3]} {person.NhsNumber[3..6]} {person.NhsNumber[6..]}   {person.Surname.ToUpperInvariant()}, {person.Forename}, born {person.Born:dd-MMM-yyyy}"));
    }

    /// <summary>How much a page about this person shows; a section more counts more than a tenth letter.</summary>
    private static int ToSee(History history) =>
        Math.Min(history.Letters.Count, 6) + Math.Min(history.LabReports.Count, 10) + Math.Min(history.Medications.Count, 8)
        + (history.Allergies.Any(entry => !entry.IsNone) ? 10 : 0)
        + (history.Council is { Services.Count: > 0 } ? 20 : 0)
        + (history.Council is { Alerts.Count: > 0 } ? 10 : 0)
        + (history.WrittenReports.Any(report => report.IsRadiology) ? 5 : 0)
        + history.Person.Hospitals.Count * 3;
}
