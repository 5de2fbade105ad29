namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>
/// Who lives together: shares near those of the county, one of England's oldest (a third of its people are over 65).
/// </summary>
internal static class Households
{
    private static readonly (string Kind, double Share)[] Kinds =
    [
        ("widowed", 17), ("old couple", 18), ("alone", 14), ("couple", 15), ("family", 21), ("lone parent", 6),
            ("grown children", 6),
        ("shared flat", 2), ("care home", 0.5),
    ];

    public static HouseholdPlan Plan(int seed, int index)
    {
        var dice = Dice.For(seed, "household", index);
        var place = dice.Weighted(Gazetteer.Places, candidate => candidate.Weight);
        var kind = dice.Weighted(Kinds, candidate => candidate.Share).Kind;
        var address = Gazetteer.House(dice, place);
        var homeName = kind == "care home" ? $"{dice.Pick(CareHomes)} {dice.Pick(["House", "Lodge", "Court", "Grange"])}" : null;
        if (homeName is not null)
            address = address with { Line1 = $"{homeName}, {address.Line1}" };
        var telephone = dice.Chance(kind is "widowed" or "old couple" or "care home" ? 0.95 : 0.55) ? Telephone.Landline(dice) : null;
        var home = new Household(index, address, place, telephone, homeName is not null, homeName);
        var community = Names.Community(dice);
        return new HouseholdPlan(home, community, [.. Members(dice, kind, Names.Surname(dice, community))]);
    }

    private static readonly string[] CareHomes =
        ["Whitethorn", "Harbour View", "Talbot Heath", "Stour Bank", "Kingfisher", "Cerne Abbas", "Furzehill", "Seafield"];

    private static IEnumerable<Member> Members(Dice dice, string kind, string surname)
    {
        var sex = dice.Chance(0.5) ? Sex.Female : Sex.Male;
        var other = sex == Sex.Female ? Sex.Male : Sex.Female;
        switch (kind)
        {
            case "widowed":
                yield return new Member(dice.Chance(0.68) ? Sex.Female : Sex.Male, dice.Between(66, 97), surname, Part.Alone,
                    IsMarried: true);
                break;
            case "alone":
                yield return new Member(sex, dice.Between(20, 66), surname, Part.Alone, IsMarried: false);
                break;
            case "old couple":
                var age = dice.Between(65, 91);
                yield return new Member(Sex.Male, age, surname, Part.Partner, IsMarried: true);
                yield return new Member(Sex.Female, Math.Clamp(age - dice.Between(-2, 6), 60, 95), surname, Part.Partner,
                    IsMarried: true);
                break;
            case "couple" or "family" or "grown children":
                var elder = kind switch { "couple" => dice.Between(22, 66), "family" => dice.Between(25, 50), _ => dice.Between(44, 66) };
                var married = dice.Chance(0.75);
                yield return new Member(sex, elder, surname, Part.Partner, married);
                yield return new Member(other, Math.Max(20, elder - dice.Between(-4, 5)), surname, Part.Partner, married);
                for (var left = kind switch { "couple" => 0, "family" => dice.Between(1, 3), _ => dice.Between(1, 2) }; left > 0; left--)
                    yield return Child(dice, surname, elder, kind == "grown children");
                break;
            case "lone parent":
                var parent = dice.Between(20, 49);
                yield return new Member(dice.Chance(0.85) ? Sex.Female : Sex.Male, parent, surname, Part.LoneParent,
                    IsMarried: false);
                for (var left = dice.Between(1, 3); left > 0; left--)
                    yield return Child(dice, surname, parent, grown: false);
                break;
            case "shared flat":
                for (var left = dice.Between(2, 4); left > 0; left--)
                    yield return new Member(dice.Chance(0.5) ? Sex.Female : Sex.Male, dice.Between(18, 32), Surname: null,
                        Part.Alone, IsMarried: false);
                break;
            case "care home":
                for (var left = dice.Between(6, 14); left > 0; left--)
                    yield return new Member(dice.Chance(0.7) ? Sex.Female : Sex.Male, dice.Between(78, 101), Surname: null,
                        Part.Resident, IsMarried: true);
                break;
        }
    }

    private static Member Child(Dice dice, string surname, int parentAge, bool grown)
    {
        var oldest = Math.Max(0, parentAge - 20);
        var age = grown ? dice.Between(Math.Min(18, oldest), Math.Min(28, oldest)) : dice.Between(0, Math.Min(17, oldest));
        return new Member(dice.Chance(0.5) ? Sex.Female : Sex.Male, age, surname, Part.Child, IsMarried: false);
    }
}

internal sealed record HouseholdPlan(Household Home, Community Community, IReadOnlyList<Member> Members);

/// <param name="Surname">The family's; null for those who share only a door.</param>
internal sealed record Member(Sex Sex, int Age, string? Surname, Part Part, bool IsMarried);

/// <summary>What somebody is to the others of the household.</summary>
internal enum Part
{
    Alone,
    Partner,
    LoneParent,
    Child,
    Resident,
}
