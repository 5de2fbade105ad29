namespace DorsetCareRecord.Record.Facts;

/// <summary>What became of a message in its adapter.</summary>
public abstract record Reading;

/// <summary>Understood, wholly or with remarks; <paramref name="Remarks"/> are codes and places, never a patient's words.</summary>
public sealed record Understood(IReadOnlyList<PatientFacts> Patients, IReadOnlyList<Fault> Remarks) : Reading
{
    /// <summary>What the files of an extract held; null for a message that is no extract.</summary>
    public ExtractContents? Contents { get; init; }
}

/// <summary>The files of an extract: what a source supplies, and how much of it.</summary>
public sealed record ExtractContents(IReadOnlyList<ExtractFile> Files);

/// <param name="Name">By the layout, in lower case.</param>
/// <param name="IsFull">It holds everything; what is missing has ended.</param>
/// <param name="Rows">How many.</param>
/// <param name="Columns">Their names, in order.</param>
/// <param name="TakenAt">When the source took the extract.</param>
public sealed record ExtractFile(string Name, bool IsFull, int Rows, IReadOnlyList<string> Columns, DateTimeOffset TakenAt);

/// <summary>Well formed but of no concern to the record (a query, a master file): settled without facts.</summary>
public sealed record OfNoConcern(string Why) : Reading;

/// <summary>Cannot be understood: parked with its reason, for a human.</summary>
public sealed record NotUnderstood(Fault Fault) : Reading;

/// <summary>What is wrong, where, without the value.</summary>
/// <param name="Reason">From <see cref="Reasons"/>.</param>
/// <param name="Place">Segment and field (<c>PID-3</c>), FHIR path, or file, line and column; null for the whole message.</param>
/// <param name="Shape">The value's shape (length, kind), never the value.</param>
public sealed record Fault(string Reason, string? Place = null, string? Shape = null);

/// <summary>The closed list of reasons a message is parked or remarked for; operators group by them.</summary>
public static class Reasons
{
    public const string Unreadable = "unreadable";
    public const string UnknownType = "unknown-type";
    public const string NoPatient = "no-patient";
    public const string InvalidNhsNumber = "invalid-nhs-number";
    public const string InvalidDate = "invalid-date";
    public const string UnmappedCode = "unmapped-code";
    public const string TooLarge = "too-large";
    public const string WrongVersion = "wrong-version";
    public const string ManifestMismatch = "manifest-mismatch";
    public const string Incomplete = "incomplete";

    /// <summary>A full extract with far fewer rows than the last: it may be half an extract, and would end what it lacks.</summary>
    public const string CollapsedExtract = "collapsed-extract";

    /// <summary>MSH-3 to MSH-6 name another sender or receiver than the source's profile.</summary>
    public const string WrongSender = "wrong-sender";
    public const string WrongEnvironment = "wrong-environment";
    public const string MergeNeedsReview = "merge-needs-review";

    /// <summary>A remark only: the merge would close a ring of merges, and was not followed.</summary>
    public const string MergeLoop = "merge-loop";

    /// <summary>A remark only: the source speaks of a patient it merged into another before; shown with the survivor.</summary>
    public const string MergedAway = "merged-away";
    public const string ControlIdReused = "control-id-reused";
    /// <summary>A remark only: how the bytes were read when the message did not say, or said otherwise.</summary>
    public const string CharacterSet = "character-set";
    public const string AdapterFault = "adapter-fault";
    public const string ApplyFault = "apply-fault";

    /// <summary>Machinery (a time-out, a lock, the server's memory) failed each of many attempts at this one message.</summary>
    public const string MachineryFault = "machinery-fault";

    /// <summary>Not parked: a person decided that it is not to be applied.</summary>
    public const string SetAside = "set-aside";

    /// <summary>NUL or a broken character, which no text in the database can hold, was left out.</summary>
    public const string UnstorableCharacter = "unstorable-character";
}
