using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Corrections;

/// <summary>
/// Where a correction stands: reported → seen → looked into → mended or not a problem; a closed one may be looked into again.
/// </summary>
public enum CorrectionState
{
    Reported = 1,
    Seen = 2,
    LookedInto = 3,
    Mended = 4,
    NotAProblem = 5,
}

/// <summary>What is not right with an item, in the choices a reporter has.</summary>
public enum CorrectionReason
{
    /// <summary>It is about somebody else (hazard H01): the first to be worked.</summary>
    OtherPerson = 1,
    Wrong = 2,
    OutOfDate = 3,
    Twice = 4,
    Incomplete = 5,
    Other = 6,
}

/// <summary>One step of the work on a correction: who, when, and what they say to the reporter.</summary>
public sealed record CorrectionStep(int Number, CorrectionState State, string? Words, string By, string Organisation, DateTimeOffset At);

/// <summary>Somebody says that an item is not right, and what became of it.</summary>
/// <param name="Message">The message whose words were on the screen.</param>
/// <param name="Patients">The source's own numbers of the person, for whoever looks it up there.</param>
public sealed record Correction(
    Guid Id, Guid Person, Guid Entry, long Message, Section Section, string Source, CorrectionReason Reason, string Words, string By,
    string Organisation, DateTimeOffset At, IReadOnlyList<string> Patients, IReadOnlyList<CorrectionStep> Steps)
{
    public CorrectionState State => Steps[^1].State;

    public bool IsOpen => State is not (CorrectionState.Mended or CorrectionState.NotAProblem);

    /// <summary>Number of the last step: whoever takes the next says which they saw last.</summary>
    public int Last => Steps[^1].Number;
}

/// <summary>What came of a step.</summary>
public enum StepTaken
{
    Taken,

    /// <summary>Somebody else took a step first.</summary>
    Overtaken,

    /// <summary>Not of the viewer's organisation, or not for their role, or closed without a word to the reporter.</summary>
    NotAllowed,
}
