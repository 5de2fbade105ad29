namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>Next of kin and carers: first those at home, then children and friends elsewhere.</summary>
internal static class Kinship
{
    public static IEnumerable<Kin> Of(Dice dice, Person person, Member member, IReadOnlyList<Person> household, HouseholdPlan plan)
    {
        var atHome = plan.Members.Zip(household).Where(pair => pair.Second != person).ToList();
        var any = false;
        foreach (var (part, other) in atHome)
        {
            var relationship = (member.Part, part.Part) switch
            {
                (Part.Partner, Part.Partner) => member.IsMarried ? (person.Sex == Sex.Male ? "Wife" : "Husband") : "Partner",
                (Part.Child, Part.Partner or Part.LoneParent) => other.Sex == Sex.Female ? "Mother" : "Father",
                (Part.LoneParent, Part.Child) when part.Age >= 16 => other.Sex == Sex.Female ? "Daughter" : "Son",
                _ => null,
            };
            if (relationship is null || other.Died is not null)
                continue;
            any = true;
            yield return new Kin(
                other.Title, other.Forename, other.Surname, relationship, CodeOf(relationship), plan.Home.Telephone ?? Telephone.Landline(dice),
                other.Mobile, plan.Home.Address, LivesWith: true, IsCarer: member.Age > 76 && dice.Chance(0.35));
        }

        if (!any || (member.Age > 70 && dice.Chance(0.6)))
            yield return Elsewhere(dice, person, member, plan);
    }

    private static Kin Elsewhere(Dice dice, Person person, Member member, HouseholdPlan plan)
    {
        var relationship = member switch
        {
            { Part: Part.Resident } or { Age: > 60 } => dice.Pick(["Daughter", "Daughter", "Son", "Son", "Niece", "Sister", "Friend", "Neighbour"]),
            { Age: < 40 } => dice.Pick(["Mother", "Mother", "Father", "Sister", "Brother", "Friend"]),
            _ => dice.Pick(["Sister", "Brother", "Mother", "Friend", "Partner"]),
        };
        var sex = relationship switch
        {
            "Daughter" or "Niece" or "Sister" or "Mother" => Sex.Female,
            "Son" or "Brother" or "Father" => Sex.Male,
            _ => dice.Chance(0.5) ? Sex.Female : Sex.Male,
        };
        var age = relationship switch
        {
            "Daughter" or "Son" or "Niece" => member.Age - dice.Between(22, 36),
            "Mother" or "Father" => member.Age + dice.Between(20, 35),
            _ => member.Age - dice.Between(-6, 6),
        };
        var keepsName = relationship is not ("Friend" or "Neighbour" or "Niece" or "Partner") && (sex == Sex.Male || dice.Chance(0.45));
        var surname = keepsName ? Names.ForSex(person.Surname, sex) : Names.ForSex(Names.Surname(dice, plan.Community), sex);
        var place = dice.Weighted(Gazetteer.Places, candidate => candidate.Weight);
        return new Kin(
            sex == Sex.Male ? "Mr" : dice.Pick(["Mrs", "Ms"]),
            Names.Forename(dice, plan.Community, sex, person.Born.Year + (member.Age - age)),
            surname,
            relationship,
            CodeOf(relationship),
            Telephone.Landline(dice),
            dice.Chance(0.8) ? Telephone.Mobile(dice) : null,
            Gazetteer.House(dice, place),
            LivesWith: false,
            IsCarer: member.Age > 78 && relationship is "Daughter" or "Son" && dice.Chance(0.4));
    }

    private static string CodeOf(string relationship) => relationship switch
    {
        "Wife" or "Husband" => "SPO",
        "Partner" => "DOM",
        "Mother" => "MTH",
        "Father" => "FTH",
        "Daughter" or "Son" => "CHD",
        "Sister" => "SIS",
        "Brother" => "BRO",
        "Niece" => "EXF",
        "Friend" => "FND",
        "Neighbour" => "NBR",
        _ => "OTH",
    };
}
