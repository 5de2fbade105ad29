namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>The county's people, the same for a seed and a day.</summary>
internal static class People
{
    /// <param name="seed">Every other seed is another county.</param>
    /// <param name="count">How many.</param>
    /// <param name="today">The day the county is as it is; ages are counted from it.</param>
    public static IReadOnlyList<Person> Of(int seed, int count, DateOnly today)
    {
        var people = new List<Person>(count);
        var practices = Practices.Of(seed);
        using var nhsNumbers = NhsNumbers.Sequence(seed).GetEnumerator();
        for (var household = 0; people.Count < count; household++)
        {
            var plan = Households.Plan(seed, household);
            var dice = Dice.For(seed, "people", household);
            var local = practices.Where(practice => practice.Districts.Contains(plan.Home.Place.District)).ToList();
            var practice = dice.Pick(local);
            var members = plan.Members.Select(member => Sketch(dice, plan, member, today)).ToList();
            foreach (var (member, sketch) in plan.Members.Zip(members).Take(count - people.Count))
            {
                nhsNumbers.MoveNext();
                var person = sketch with
                {
                    Index = people.Count,
                    NhsNumber = nhsNumbers.Current,
                    Practice = practice,
                    Doctor = dice.Pick(practice.Partners),
                    Kin = [.. Kinship.Of(dice, sketch, member, members, plan)],
                };
                people.Add(person with { Hospitals = [.. Registrations.Of(seed, person, today)] });
            }
        }

        return people;
    }

    // Without the numbers and ties that need to know the others; those are laid on at once by the caller.
    private static Person Sketch(Dice dice, HouseholdPlan plan, Member member, DateOnly today)
    {
        var born = today.AddYears(-member.Age).AddDays(-dice.Between(0, 364));
        var forename = Names.Forename(dice, plan.Community, member.Sex, born.Year);
        var community = plan.Community;
        var family = member.Surname;
        if (family is null)
            (community, family) = (Names.Community(dice), Names.Surname(dice, plan.Community));
        var ownName = member is { Part: Part.Partner, IsMarried: false, Sex: Sex.Female };
        var birthSurname = member is { Sex: Sex.Female, IsMarried: true } or { Part: Part.Partner, Sex: Sex.Female }
            ? Names.ForSex(Names.Surname(dice, plan.Community), Sex.Female)
            : null;
        var surname = ownName ? birthSurname! : Names.ForSex(family, member.Sex);
        var adult = member.Age >= 16;
        return new Person
        {
            Index = 0,
            NhsNumber = "",
            Sex = member.Sex,
            Title = TitleOf(dice, member),
            Forename = forename,
            MiddleName = dice.Chance(0.55) ? Names.Forename(dice, plan.Community, member.Sex, born.Year) : null,
            Surname = surname,
            BirthSurname = birthSurname == surname ? null : birthSurname,
            Born = born,
            Died = DeathOf(dice, member.Age, today),
            Home = plan.Home,
            Practice = null!,
            Doctor = null!,
            Ethnicity = dice.Chance(0.05) ? "Z" : community.Ethnicity,
            Language = community.Language,
            Mobile = adult && dice.Chance(member.Age > 80 ? 0.3 : 0.92) ? Telephone.Mobile(dice) : null,
            Email = adult && dice.Chance(member.Age > 75 ? 0.2 : 0.6) ? EmailOf(forename, surname, born) : null,
            Kin = [],
            Hospitals = [],
        };
    }

    private static string TitleOf(Dice dice, Member member) => (member.Sex, member.Age) switch
    {
        (Sex.Male, < 16) => "Master",
        (Sex.Male, _) => "Mr",
        (Sex.Female, < 16) => "Miss",
        (Sex.Female, _) when member.IsMarried => "Mrs",
        _ => dice.Pick(["Miss", "Ms"]),
    };

    // Of the very old, some have died in the last two years: a record outlives its patient.
    private static DateOnly? DeathOf(Dice dice, int age, DateOnly today)
    {
        var chance = age switch { < 60 => 0.001, < 75 => 0.012, < 85 => 0.045, _ => 0.11 };
        return dice.Chance(chance) ? today.AddDays(-dice.Between(5, 720)) : null;
    }

    private static string EmailOf(string forename, string surname, DateOnly born)
    {
        var plain = string.Concat($"{forename}.{surname}".Where(c => char.IsAsciiLetter(c) || c == '.'));
        return $"{plain.ToLowerInvariant()}{born.Year % 100}@example.org";
    }
}
