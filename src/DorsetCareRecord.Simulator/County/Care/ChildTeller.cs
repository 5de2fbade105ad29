namespace DorsetCareRecord.Simulator.County.Care;

/// <summary>How far a referral of a child went: most end with advice, some in a plan, few in care.</summary>
internal static class ChildTeller
{
    public const string AssessmentTeam = "Children's Assessment Team";

    public static ChildRecord Of(Dice dice, DateOnly since, DateOnly today)
    {
        var steps = dice.Weighted([0, 1, 2, 3, 4], step => step switch { 0 => 36, 1 => 18, 2 => 20, 3 => 14, _ => 12 });
        var child = new ChildRecord
        {
            Team = steps >= 3 ? "Child Protection and Court Team" : AssessmentTeam,
            Referred = since,
            ReferralSource = dice.Pick(["2A", "3B", "6", "3A", "3E"]),
            Need = dice.Pick(["N1", "N2", "N4", "N5"]),
            IsNoFurtherAction = steps == 0,
            Closed = steps <= 1 ? since.AddDays(30) : null,
            Disability = dice.Chance(0.2) ? dice.Pick(["AUT", "LD", "MOB", "HEAR"]) : null,
        };
        return steps switch
        {
            0 => child,
            1 => child with { EarlyHelp = since.AddDays(28) },
            2 => child with { InNeed = Past(since.AddDays(20), today) },
            3 => child with
            {
                Enquiry = Past(since.AddDays(3), today),
                InNeed = Past(since.AddDays(12), today),
                Protection = Past(since.AddDays(26), today),
                Abuse = dice.Pick(["NEG", "EMO", "PHY"]),
            },
            _ => child with
            {
                Enquiry = Past(since.AddDays(3), today),
                LookedAfter = Past(since.AddDays(30), today),
                Placement = dice.Pick(["U4", "U1", "K2"]),
                LegalStatus = dice.Pick(["V2", "C1", "C2"]),
            },
        };
    }

    private static DateOnly Past(DateOnly day, DateOnly today) => day < today ? day : today;
}
