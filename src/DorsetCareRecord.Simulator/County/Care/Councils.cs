using System.Globalization;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Care;

/// <summary>Whom the councils look after, and how: the frail, those with a learning disability, carers, some children.</summary>
internal static class Councils
{
    private static readonly (string Name, string Location)[] Providers =
    [
        ("Stourside Home Care", "1-990000101"), ("Jurassic Care at Home", "1-990000102"), ("Poundbury Support", "1-990000103"),
        ("Hengistbury Homecare", "1-990000104"), ("Purbeck Companions", "1-990000105"),
            ("Harbourside Care Partnership", "1-990000106"),
    ];

    public static CouncilRecord? Of(int seed, History history, DateOnly today)
    {
        var person = history.Person;
        var dice = Dice.For(seed, "council", person.Index);
        var age = person.AgeOn(today);
        if (person.Died < today.AddYears(-1))
            return null;
        var frail = history.Sufferings.Count(s => s.Ailment.Key is "dementia" or "falls" or "parkinson" or "stroke" or "heart failure");
        var disabled = history.Sufferings.Any(s => s.Ailment.Key == "learning disability");
        var chance = (person.Home.IsCareHome, disabled, age) switch
        {
            (true, _, _) => 0.95,
            (_, true, _) => 0.85,
            (_, _, < 18) => 0.035,
            (_, _, < 65) => 0.02,
            _ => Math.Min(0.85, 0.03 + frail * 0.26 + (age > 84 ? 0.2 : 0)),
        };
        if (!dice.Chance(chance))
            return null;
        return age < 18 ? Child(dice, person, today) : Adult(dice, history, age, disabled, today);
    }

    private static CouncilRecord Adult(Dice dice, History history, int age, bool disabled, DateOnly today)
    {
        var person = history.Person;
        var id = IdOf(person);
        var since = today.AddDays(-dice.Between(40, 1500));
        var demented = history.Sufferings.Any(s => s.Ailment.Key == "dementia");
        var referral = new Referral(
            $"{id}-r1", since.AddDays(-dice.Between(6, 30)).ToDateTime(new TimeOnly(dice.Between(9, 16), dice.Between(0, 59))), dice.Pick(["GP", "HOSP", "SELF", "FAM"]),
            dice.Pick(["Primary health", "Secondary health", "Self referral", "Family or friend"]),
                age > 64 ? "Support with personal care" : "Support to live independently",
            Team(person, age), "closed", "Progress to support planning", since);
        List<Referral> referrals = [referral];
        if (dice.Chance(0.2))
        {
            referrals.Add(new Referral(
                $"{id}-r2", today.AddDays(-dice.Between(1, 20)).ToDateTime(new TimeOnly(dice.Between(9, 16), dice.Between(0, 59))), "HOSP", "Secondary health", "Hospital discharge, review of package",
                Team(person, age), "open", null, null));
        }

        var record = new CouncilRecord(
            person.Home.Place.Council, id, dice.Chance(0.82) ? person.NhsNumber : null,
                [.. Services(dice, person, id, age, disabled, since, today)],
            [.. Workers(dice, person, id, age, since)], [.. Alerts(dice, id, demented, disabled, since, today)],
                [.. Relations(dice, person, id, demented, since)], referrals,
            disabled ? "Easy read letters; allow extra time" : demented ? "Speak slowly, one question at a time; family member to be present" : null);
        return record with { Details = CareTeller.Of(dice, person, record, age, demented, disabled, today) };
    }

    private static IEnumerable<CareService> Services(Dice dice, Person person, string id, int age, bool disabled,
        DateOnly since, DateOnly today)
    {
        CareService One(int n, string category, string type, string description, double? hours, string frequency, DateOnly from,
            DateOnly? end, string? why)
        {
            var (name, location) = dice.Pick(Providers);
            return new CareService(
                $"{id}-s{n}", category, type, description, person.Home.IsCareHome ? person.Home.HomeName! : name, location, Telephone.Landline(dice), "CASP managed budget",
                hours, frequency, from, end ?? (category.StartsWith("STS", StringComparison.Ordinal) ? from.AddDays(42) : null),
                    end, why, dice.Chance(0.88) ? "LA" : "self", end is null ? "active" : "finished");
        }

        if (person.Home.IsCareHome)
        {
            yield return One(1, "LTS-RS", "Long term residential care", $"Permanent placement at {person.Home.HomeName}", null, "Daily, 24 hour care", since, null, null);
            yield break;
        }

        if (disabled)
        {
            yield return One(1, "LTS-C", "Community supported living", "Supported living with daily support in the home", 21,
                "Daily", since, null, null);
            yield return One(2, "LTS-C", "Day support", "Day opportunities, three days a week", 15,
                "Monday, Wednesday and Friday", since, null, null);
            yield break;
        }

        if (dice.Chance(0.45))
        {
            var end = since.AddDays(dice.Between(21, 42));
            yield return One(1, "STS-STMAX", "Reablement", "Reablement after hospital stay, up to four visits a day", 14,
                "Up to four times a day", since, end, "Goals met");
            since = end;
        }

        if (since >= today)
            yield break;
        var visits = dice.Between(1, 4);
        yield return One(2, "LTS-C", "Home support", $"Help with washing, dressing and meals, {visits} visit{(visits == 1 ? "" : "s")} a day", visits * 3.5, visits == 1 ? "Every morning" : $"{visits} times a day", since, null, null);
        if (age > 75 && dice.Chance(0.4))
            yield return One(3, "LTS-C", "Equipment", "Pendant alarm and key safe", null, "Continuous", since, null, null);
        if (dice.Chance(0.2))
            yield return One(4, "CS-SIPC", "Carer respite", "Sitting service for the main carer", 3, "Thursday afternoons",
                since, null, null);
    }

    private static IEnumerable<Involvement> Workers(Dice dice, Person person, string id, int age, DateOnly since)
    {
        var sex = dice.Chance(0.75) ? Sex.Female : Sex.Male;
        var community = Names.Community(dice);
        var name = $"{Names.Forename(dice, community, sex, dice.Between(1965, 1995))} {Names.ForSex(Names.Surname(dice, community), sex)}";
        var team = Team(person, age);
        yield return new Involvement(
            $"{id}-i1", name, age < 18 ? "Social worker" : dice.Pick(["Social worker", "Social worker", "Social care practitioner", "Occupational therapist"]), team, Telephone.Landline(dice),
            $"{string.Concat(team.Where(char.IsAsciiLetter)).ToLowerInvariant()}@example.org", IsPrimary: true, since, null);
    }

    private static IEnumerable<CareAlert> Alerts(Dice dice, string id, bool demented, bool disabled, DateOnly since,
        DateOnly today)
    {
        if (dice.Chance(0.06))
            yield return new CareAlert($"{id}-a1", "safeguarding", "safeguarding-concern", "Safeguarding enquiry open: please speak to the allocated worker before visiting", IsActive: true, since, today.AddDays(60), null, "professionals");
        if (disabled)
            yield return new CareAlert($"{id}-a2", "reasonable-adjustment", "communication", "Reasonable adjustment: first appointment of the day, carer present, easy read letters", IsActive: true, since, null, null, "all");
        if (demented && dice.Chance(0.5))
            yield return new CareAlert($"{id}-a3", "risk", "walking-with-purpose", "May leave home alone and become lost; Herbert protocol completed", IsActive: true, since, today.AddDays(120), null, "professionals");
        if (dice.Chance(0.04))
            yield return new CareAlert($"{id}-a4", "risk", "not-visited-alone", "Visit in pairs: dog at the address", IsActive: dice.Chance(0.7), since, null, null, "professionals");
        if (dice.Chance(0.05))
            yield return new CareAlert($"{id}-a5", "risk", "manual-handling", "Two carers and a hoist for all transfers", IsActive: true, since, null, null, "all");
    }

    private static IEnumerable<CareRelation> Relations(Dice dice, Person person, string id, bool demented, DateOnly since)
    {
        var n = 0;
        foreach (var kin in person.Kin)
        {
            var isCarer = kin.IsCarer || (n == 0 && demented);
            yield return new CareRelation(
                $"{id}-k{++n}", $"{kin.Forename} {kin.Surname}", kin.Relationship, isCarer ? "MC" : "NOK", n == 1, kin.Mobile ?? kin.Telephone, null, kin.Address.OneLine, null, null, isCarer ? since : null);
        }

        if (demented && dice.Chance(0.4) && person.Kin.Count > 0)
        {
            var attorney = person.Kin[^1];
            yield return new CareRelation(
                $"{id}-k{n + 1}", $"{attorney.Forename} {attorney.Surname}", attorney.Relationship, "LPA", IsMainContact: false, attorney.Mobile ?? attorney.Telephone, null, attorney.Address.OneLine,
                dice.Pick(["health_welfare", "property_finance"]), since.AddDays(90), null);
        }
    }

    private static CouncilRecord Child(Dice dice, Person person, DateOnly today)
    {
        var id = IdOf(person);
        var since = today.AddDays(-dice.Between(10, 420));
        var child = ChildTeller.Of(dice, since, today);
        return new CouncilRecord(
            person.Home.Place.Council, id, dice.Chance(0.9) ? person.NhsNumber : null, [],
            child.Closed is null ? [.. Workers(dice, person, id, 10, since)] : [], [], [], [], null)
        { Child = child };
    }

    private static string Team(Person person, int age) => age switch
    {
        < 18 => ChildTeller.AssessmentTeam,
        < 65 => "Working Age Adults Team",
        _ => $"Older People's Team {person.Home.Place.PostTown}",
    };

    private static string IdOf(Person person) => string.Create(CultureInfo.InvariantCulture, $"{person.Home.Place.Council.ToUpperInvariant()}{person.Index * 37L % 9_000_000 + 500_000:D7}");
}
