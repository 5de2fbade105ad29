using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Care;

/// <summary>Assessments, plans, legal status, equipment and homes that fit the rest of a council's record of an adult.</summary>
internal static class CareTeller
{
    private static readonly (string Description, string Category)[] Equipment =
    [
        ("Bath lift", "Bathing"), ("Perching stool", "Kitchen"), ("Raised toilet seat with frame", "Toileting"), ("Bed lever", "Transfers"),
        ("Mobile hoist and slings", "Transfers"), ("Wheeled walking frame", "Mobility"), ("Pressure-relieving mattress", "Pressure care"),
        ("Pendant alarm", "Telecare"), ("Falls detector", "Telecare"), ("Key safe", "Access"),
    ];

    private static readonly string[] Matters =
    [
        "My cat, and seeing my grandchildren on Sundays.", "Staying in my own home by the sea.", "Being out of doors every day, whatever the weather.",
        "Chapel on Sunday and the crossword before lunch.", "My records. Please ask me about the dance band.",
    ];

    private static readonly string[] Communicate =
    [
        "I hear better on the right. Please face me.", "I need time to answer. Please do not finish my sentences.",
        "I understand pictures better than words.", "I wear glasses for reading; please check that I have them on.",
    ];

    public static CareDetails Of(Dice dice, Person person, CouncilRecord record, int age, bool isDemented, bool isDisabled, DateOnly today)
    {
        var (id, since) = (record.PersonId, record.Involvements[0].Started);
        var (worker, team) = (record.Involvements[0].Worker, record.Involvements[0].Team);
        return new CareDetails
        {
            Assessments = [.. Assessments(dice, id, team, record, since, today)],
            Plans = [.. Plans(id, worker, record, since, today)],
            LegalStatuses = [.. LegalStatuses(dice, id, person, isDemented, isDisabled, since, today)],
            AboutMe = isDemented || isDisabled || dice.Chance(0.2) ? [.. AboutMe(dice, id, person, since)] : [],
            Equipment = age > 64 && !person.Home.IsCareHome && dice.Chance(0.6) ? [.. Loans(dice, id, since, today)] : [],
            Homes = [Home(dice, id, person, isDisabled, since)],
        };
    }

    private static IEnumerable<CareAssessment> Assessments(Dice dice, string id, string team, CouncilRecord record, DateOnly since, DateOnly today)
    {
        yield return new CareAssessment($"{id}-x1", "CN", since.AddDays(-20), since.AddDays(-4), "PRO-SUP", true, team);
        if (record.Services.Any(service => service.Category == "STS-STMAX"))
            yield return new CareAssessment($"{id}-x2", "HD", since.AddDays(-26), since.AddDays(-24), "PRO-R", null, "Hospital Discharge Team");
        if (dice.Chance(0.3))
            yield return new CareAssessment($"{id}-x3", "OT", since.AddDays(5), since.AddDays(5) > today ? null : since.AddDays(12), since.AddDays(5) > today ? null : "POS", null, "Occupational Therapy");
        if (record.Relations.Any(relation => relation.Role == "MC") && dice.Chance(0.4))
            yield return new CareAssessment($"{id}-x4", "CA", since.AddDays(10), since.AddDays(30), "NFA-IA", false, "Carers Team");
        if (dice.Chance(0.15))
            yield return new CareAssessment($"{id}-x5", "CN", today.AddDays(-dice.Between(1, 20)), null, null, null, team);
    }

    private static IEnumerable<CarePlan> Plans(string id, string worker, CouncilRecord record, DateOnly since, DateOnly today)
    {
        if (record.Services.Any(service => service.Ended is null))
            yield return new CarePlan($"{id}-p1", "care_support", null, "active", since, Anniversary(since, today), null, worker);
    }

    /// <summary>Liberty is taken in care homes from those who cannot decide; after-care follows a detention for life.</summary>
    private static IEnumerable<LegalStatus> LegalStatuses(
        Dice dice, string id, Person person, bool isDemented, bool isDisabled, DateOnly since, DateOnly today)
    {
        if (person.Home.IsCareHome && isDemented && dice.Chance(0.7))
            yield return new LegalStatus($"{id}-g1", "DOLS", person.Home.HomeName, IsActive: true, Anniversary(since, today).AddYears(-1), Anniversary(since, today), null);
        else if (isDisabled && dice.Chance(0.15))
            yield return new LegalStatus($"{id}-g2", "DOL", null, IsActive: true, since, Anniversary(since, today), null);
        if (dice.Chance(0.02))
            yield return new LegalStatus($"{id}-g3", "MHA117", null, IsActive: true, since.AddYears(-3), null, null);
        if (dice.Chance(0.02))
            yield return new LegalStatus($"{id}-g4", "DOLS", "Lapsed on leaving hospital", IsActive: false, since.AddDays(-30), null, since.AddDays(-12));
    }

    private static IEnumerable<AboutMeEntry> AboutMe(Dice dice, string id, Person person, DateOnly since)
    {
        var author = person.Kin.Count > 0 ? $"{person.Forename} with {person.Kin[0].Forename}" : person.Forename;
        yield return new AboutMeEntry($"{id}-m1", "What is most important to me", dice.Pick(Matters), author, since);
        yield return new AboutMeEntry($"{id}-m2", "How to communicate with me", dice.Pick(Communicate), author, since);
    }

    private static IEnumerable<EquipmentOnLoan> Loans(Dice dice, string id, DateOnly since, DateOnly today)
    {
        var first = dice.Between(0, Equipment.Length - 1);
        for (var n = 0; n < dice.Between(1, 3); n++)
        {
            var (description, category) = Equipment[(first + n) % Equipment.Length];
            var returned = dice.Chance(0.15) && since.AddDays(90) < today ? since.AddDays(90) : (DateOnly?)null;
            yield return new EquipmentOnLoan(
                $"{id}-e{n + 1}", description, category, returned is null ? "active" : "returned", since.AddDays(n), returned, "Wessex Community Equipment");
        }
    }

    private static Accommodation Home(Dice dice, string id, Person person, bool isDisabled, DateOnly since)
    {
        var alone = person.Kin.All(kin => kin.Address.Line1 != person.Home.Address.Line1);
        var address = string.Join(", ", person.Home.Address.Lines); // the postcode has a column of its own
        if (person.Home.IsCareHome)
            return new Accommodation($"{id}-h1", "RES", null, $"{person.Home.HomeName}, {address}", person.Home.Address.Postcode, LivesAlone: false, null, since);
        var type = isDisabled ? "SUP" : dice.Chance(0.7) ? "OWN" : dice.Pick(["RENT-LA", "RENT-P", "FAM"]);
        return new Accommodation(
            $"{id}-h1", type, isDisabled ? "Tenancy" : null, address, person.Home.Address.Postcode, alone && type != "FAM", dice.Chance(0.3) ? "Key safe by the front door" : null, since.AddYears(-dice.Between(1, 30)));
    }

    /// <summary>The next one after today: reviews come yearly.</summary>
    private static DateOnly Anniversary(DateOnly since, DateOnly today)
    {
        var next = since.AddYears(1);
        while (next <= today)
            next = next.AddYears(1);
        return next;
    }
}
