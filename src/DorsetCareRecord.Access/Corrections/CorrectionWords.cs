namespace DorsetCareRecord.Access.Corrections;

/// <summary>The words of the closed lists, as stored and as read.</summary>
public static class CorrectionWords
{
    public const int Longest = 2000;

    public static string Of(CorrectionState state) => state switch
    {
        CorrectionState.Reported => "Reported",
        CorrectionState.Seen => "Seen",
        CorrectionState.LookedInto => "Being looked at",
        CorrectionState.Mended => "Mended",
        CorrectionState.NotAProblem => "Not a problem",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(CorrectionReason reason) => reason switch
    {
        CorrectionReason.OtherPerson => "It is about another person",
        CorrectionReason.Wrong => "What it says is wrong",
        CorrectionReason.OutOfDate => "It is out of date",
        CorrectionReason.Twice => "It is here twice",
        CorrectionReason.Incomplete => "Something of it is missing",
        CorrectionReason.Other => "Something else",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    internal static string Stored(CorrectionState state) => state switch
    {
        CorrectionState.Reported => "reported",
        CorrectionState.Seen => "seen",
        CorrectionState.LookedInto => "looked-into",
        CorrectionState.Mended => "mended",
        CorrectionState.NotAProblem => "not-a-problem",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal static string Stored(CorrectionReason reason) => reason switch
    {
        CorrectionReason.OtherPerson => "other-person",
        CorrectionReason.Wrong => "wrong",
        CorrectionReason.OutOfDate => "out-of-date",
        CorrectionReason.Twice => "twice",
        CorrectionReason.Incomplete => "incomplete",
        CorrectionReason.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    internal static CorrectionState State(string stored) => Enum.GetValues<CorrectionState>().First(state => Stored(state) == stored);

    internal static CorrectionReason Reason(string stored) => Enum.GetValues<CorrectionReason>().First(reason => Stored(reason) == stored);
}
