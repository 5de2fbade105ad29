namespace DorsetCareRecord.Projection.Schema;

// The rows of changing one source for another (docs/feeds/cutover.md): each with who, when and why, and none is ever removed.

/// <summary>A source that gives way to another.</summary>
/// <param name="NewSpeaks">The one flag: whether the new source is shown and has precedence. It follows from the steps and changes with them.</param>
/// <param name="Crosswalk">Number of the crosswalk in force; 0 before the first.</param>
/// <param name="DrainedAt">T0: what the old source had open then is closed as moved. Null before.</param>
internal sealed record CutoverRow(string Id, string OldSource, string NewSource, bool NewSpeaks, int Crosswalk, DateTimeOffset? DrainedAt);

/// <summary>Something that was done, in the order it was done.</summary>
/// <param name="Details">Figures and names of files; never a patient's words.</param>
internal sealed record CutoverStepRow(string Cutover, int N, string Step, DateTimeOffset At, string By, string Why, string? Details);

/// <summary>The migration team's word: what the old system calls by one number the new calls by another.</summary>
/// <param name="Load">Which delivery of the crosswalk; a later one replaces it whole and this one stays.</param>
/// <param name="Kind"><c>patient</c>, <c>visit</c>, <c>appointment</c>, <c>document</c>.</param>
internal sealed record CrosswalkRow(string Cutover, int Load, string Kind, string OldId, string NewId);

/// <summary>One comparison of the old source with a full extract of the new.</summary>
/// <param name="ExtractDigest">SHA-256 of the extract's files, so that what was signed is known.</param>
internal sealed record ComparisonRow(
    string Cutover, int N, DateTimeOffset At, string By, int Crosswalk, long Messages, long Unreadable, string ExtractDigest, string Tolerances);

/// <param name="State"><c>same</c>, <c>tolerated</c> or <c>stops</c>.</param>
internal sealed record ComparisonCountRow(
    string Cutover, int N, string Concept, long OldItems, long NewItems, long Paired, long OnlyOld, long OnlyNew, long People, int Tolerance,
    string State);

/// <summary>One difference, by our own ids.</summary>
internal sealed record ComparisonDifferenceRow(
    string Cutover, int N, int Ordinal, string Concept, Guid? IdentityId, Guid? EntryId, string What);

/// <summary>Somebody answers for a comparison by name.</summary>
internal sealed record SignOffRow(
    string Cutover, int Comparison, string Role, string Name, DateTimeOffset At, string EnteredBy, string Why);
