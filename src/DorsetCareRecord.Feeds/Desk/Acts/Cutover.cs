namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>A step of changing one source for another. Files are read from the worker's own folder (<c>DCR_CUTOVER</c>), never from one that is asked for.</summary>
public static class Cutover
{
    public const string Kind = "cutover";

    /// <param name="Plan">Which cutover.</param>
    /// <param name="Step">What to do.</param>
    /// <param name="Role">Of a signature: <c>safety</c>, <c>old-owner</c>, <c>new-owner</c>, <c>feeds</c>.</param>
    /// <param name="Name">Of who signs, or of the second person of a roll back.</param>
    /// <param name="Tolerances">Of a comparison: how many of a concept may be missing.</param>
    public sealed record Args(
        string Plan, CutoverStepName Step, string? Role = null, string? Name = null, IReadOnlyDictionary<string, int>? Tolerances = null);

    /// <param name="Sentence">What was done, in figures.</param>
    public sealed record Answer(string Sentence);
}

/// <summary>A closed list, in the order a cutover goes.</summary>
public enum CutoverStepName
{
    Announce = 1,
    Crosswalk = 2,
    Compare = 3,
    Sign = 4,
    Drain = 5,
    Backload = 6,
    Live = 7,
    Close = 8,
    RollBack = 9,
}
