using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Dialects;
using DorsetCareRecord.Simulator.Dialects.Gp;

namespace DorsetCareRecord.Simulator.County;

/// <summary>The county as it stood on the day it was made, and what each system says of it. The same seed, size and day say the same bytes.</summary>
internal sealed class SyntheticCounty(int seed, int size, DateOnly today)
{
    /// <summary>Control ids of the backload: a block for each person, in each sending system.</summary>
    private const long FirstControlId = 1_000_000_000;
    private const int ControlIdsPerPerson = 1_000;

    public int Seed => seed;

    /// <summary>Midnight at the begin of the county's day: what was before is history.</summary>
    public DateTime Midnight { get; } = today.ToDateTime(default);

    public IReadOnlyList<Person> People { get; } = Population.People.Of(seed, size, today);

    public Histories Histories { get; } = new(seed, today);

    public IReadOnlyDictionary<string, HospitalDialect> Dialects { get; } =
        new HospitalDialect[] { new SystemC(), new Camis(), new CareCentric() }.ToDictionary(dialect => dialect.Trust);

    public History HistoryOf(Person person) => Histories.Of(person);

    /// <summary>Everything one trust has ever sent of a person, in the order of time.</summary>
    public IEnumerable<WireMessage> Hospital(History history, Registration registration)
    {
        var dialect = Dialects[registration.Trust];
        var ids = new ControlIds(FirstControlId + (long)history.Person.Index * ControlIdsPerPerson);
        foreach (var act in Chronicle.Of(history, registration, dialect.SendsAttendance, Midnight))
        {
            foreach (var message in TwiceRegistered.Say(dialect, act, history, registration, ids))
                yield return message;
        }
    }

    public byte[] Gp(History history) => GpBundle.Write(history, Midnight);
}
