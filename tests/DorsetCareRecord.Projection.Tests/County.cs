using System.Text;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Tests;

/// <summary>
/// A small county in which everything goes wrong at once: a handful of patients known to several sources, whose numbers, names and
/// birthdays change, whose items are restated, corrected, withdrawn and dropped from lists, with few distinct times, so that ties are common.
/// </summary>
internal static class County
{
    public static readonly DateTimeOffset Dawn = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly string[] Sources = [SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.Gp];
    private static readonly string?[] Numbers = ["9990000018", "9990000026", "9990000034", null];
    private static readonly string[] Surnames = ["Hardwick", "O'Connor", "Hardwick-Legg", "Baby"];
    private static readonly ClinicalDate[] Birthdays = [Day(1937, 3, 14), Day(1965, 7, 2)];

    /// <summary>The same for the same seed: message ids and receipts rise together, the sources' own times do not.</summary>
    public static IReadOnlyList<MessageFacts> Messages(int seed, int count) => Messages(new Random(seed), count);

    public static ClinicalDate Day(int year, int month, int day) => ClinicalDate.OfDay(new DateOnly(year, month, day));

    public static SourceVersion At(int minute) => new(Dawn.AddMinutes(minute));

    public static MessageFacts Message(long id, LocalPatient patient, params Fact[] facts) =>
        new(id, Dawn.AddDays(1).AddSeconds(id), 1, [new PatientFacts(patient, facts)]);

    private static List<MessageFacts> Messages(Random random, int count) =>
        [.. Enumerable.Range(1, count).Select(id => Message(id, Patient(random), [.. Facts(random)]))];

    private static LocalPatient Patient(Random random) => new(Pick(random, Sources), $"P{random.Next(4)}");

    private static IEnumerable<Fact> Facts(Random random)
    {
        var version = At(random.Next(12));
        if (random.Next(2) == 0)
            yield return new Stated(Demographics.Key, Person(random), version);
        for (var i = random.Next(3); i > 0; i--)
            yield return new Stated($"E{random.Next(2)}", Visit(random), version);
        if (random.Next(3) == 0)
            yield return new Stated($"R{random.Next(2)}", Test(random), version);
        if (random.Next(4) == 0)
            yield return new Withdrawn(random.Next(2) == 0 ? "E0" : "A0", random.Next(2) == 0 ? typeof(Encounter) : typeof(Allergy), version);
        if (random.Next(6) == 0)
            yield return new Stated("L0", Discharge(random), version);
        if (random.Next(8) == 0)
        {
            var source = Pick(random, Sources);
            yield return new Merged(new LocalPatient(source, $"P{random.Next(4)}"), new LocalPatient(source, $"P{random.Next(4)}"), version);
        }

        if (random.Next(12) == 0)
        {
            var source = Pick(random, Sources);
            yield return new Linked(new LocalPatient(source, $"P{random.Next(4)}"), new LocalPatient(source, $"P{random.Next(4)}"), Stands: random.Next(3) > 0, version);
        }

        if (random.Next(8) == 0)
        {
            var source = Pick(random, Sources);
            yield return new Moved(
                new LocalPatient(source, $"P{random.Next(4)}"), $"E{random.Next(2)}", new LocalPatient(source, $"P{random.Next(4)}"), $"E{random.Next(2)}", version);
        }

        if (random.Next(4) == 0)
        {
            foreach (var fact in Diagnoses(random, $"E{random.Next(2)}", version))
                yield return fact;
        }

        foreach (var fact in Allergies(random, version))
            yield return fact;
    }

    private static IEnumerable<Fact> Diagnoses(Random random, string encounter, SourceVersion version)
    {
        var codes = new[] { "I10", "I50" }.Where(_ => random.Next(2) == 0).ToList();
        foreach (var code in codes)
        {
            yield return new Stated($"{encounter}|{code}",
                new Problem { Kind = ProblemKind.Diagnosis, Text = code, Status = ProblemStatus.NotStated, EncounterKey = encounter }, version, $"DG1|{encounter}");
        }

        yield return new ListStated($"DG1|{encounter}", typeof(Problem), [.. codes.Select(c => $"{encounter}|{c}")], version);
    }

    private static IEnumerable<Fact> Allergies(Random random, SourceVersion version)
    {
        if (random.Next(2) == 0)
            yield break;
        var keys = Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0).Select(n => $"A{n}").ToList();
        foreach (var key in keys)
            yield return new Stated(key, new Allergy { Kind = AllergyKind.Allergy, Substance = Pick(random, ["Penicillin", "Latex"]), Status = AllergyStatus.Active }, version, "AL1");
        if (random.Next(3) > 0)
            yield return new ListStated("AL1", typeof(Allergy), keys, version);
    }

    private static Demographics Person(Random random) => new()
    {
        NhsNumber = Pick(random, Numbers),
        NhsNumberStatus = Pick(random, ["01", "02", "08", null]),
        FamilyName = random.Next(5) == 0 ? null : Pick(random, Surnames),
        GivenNames = Pick(random, ["Edith", "Edith", "Thomas", "Baby", null]),
        BornOn = random.Next(4) == 0 ? null : Pick(random, Birthdays),
        Postcode = random.Next(2) == 0 ? null : "DT1 1AA",
        OtherFamilyNames = random.Next(4) == 0 ? ["Legg"] : null,
        Cleared = random.Next(5) == 0 ? [nameof(Demographics.NhsNumber), nameof(Demographics.Postcode)] : null,
    };

    private static Encounter Visit(Random random) => new()
    {
        Kind = random.Next(2) == 0 ? EncounterKind.Inpatient : null,
        StartAt = random.Next(2) == 0 ? ClinicalDate.OfInstant(Dawn.AddHours(random.Next(3))) : null,
        EndAt = random.Next(2) == 0 ? ClinicalDate.OfInstant(Dawn.AddHours(random.Next(3))) : null,
        Location = Pick(random, [null, "Ilchester", "Maud Alex"]),
        Cleared = random.Next(4) == 0 ? [nameof(Encounter.Location)] : null,
    };

    private static Result Test(Random random) => random.Next(4) == 0
        ? new Result { Test = "Sodium", Status = ResultStatus.Final, ValueNotResent = true }
        : new Result { Test = "Sodium", Status = ResultStatus.Preliminary, Value = "1" + random.Next(3), Number = 10 + random.Next(3), Unit = "mmol/L" };

    private static Letter Discharge(Random random) => new()
    {
        Kind = LetterKind.Discharge,
        Title = "Discharge",
        Status = LetterStatus.Final,
        Document = new Document("text/plain", Encoding.UTF8.GetBytes($"Letter {random.Next(2)}"), "letter.txt"),
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> some) => some[random.Next(some.Count)];
}
