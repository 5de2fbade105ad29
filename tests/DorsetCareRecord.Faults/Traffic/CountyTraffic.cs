using DorsetCareRecord.Simulator.County;

namespace DorsetCareRecord.Faults.Traffic;

/// <summary>What the three hospitals of a synthetic county have sent: registrations, visits, results, letters, merges; the same for a seed.</summary>
internal static class CountyTraffic
{
    private const int PeopleAtOnce = 200;

    /// <summary>Before any clock these tests run by, so that no message is from the future.</summary>
    private static readonly DateOnly Day = new(2026, 11, 20);

    /// <summary>Whole patients, until there are so many messages; a patient's in order of time.</summary>
    public static IReadOnlyList<Planned> Of(int seed, int messages)
    {
        var planned = new List<Planned>(messages);
        for (var size = PeopleAtOnce; planned.Count < messages; size *= 4)
        {
            // Another size is another county, so it is told anew from its first person.
            planned.Clear();
            var county = new SyntheticCounty(seed, size, Day);
            foreach (var person in county.People)
            {
                if (planned.Count >= messages)
                    break;
                var history = county.HistoryOf(person);
                foreach (var registration in person.Hospitals)
                    planned.AddRange(county.Hospital(history, registration).Select(Planned.Of));
            }
        }

        return planned;
    }
}
