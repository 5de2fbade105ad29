namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>Puts parked messages, and those set aside, back in their lanes; or tries them and takes everything back.</summary>
public static class Replay
{
    public const string Kind = "replay";

    /// <summary>A dry run tries so many; the answer says when there are more.</summary>
    public const int MostTried = 500;

    /// <summary>Which messages: by id, or the parked ones of a source, for a reason, received since a time. What is null does not narrow.</summary>
    public sealed record Args
    {
        public IReadOnlyList<long>? Ids { get; init; }
        public string? Source { get; init; }
        public string? Reason { get; init; }
        public DateTimeOffset? Since { get; init; }

        /// <summary>Try, tell, take back.</summary>
        public bool DryRun { get; init; }

        /// <summary>The asker has looked: these extracts are whole although they have shrunk.</summary>
        public bool AcceptCollapse { get; init; }
    }

    /// <param name="Messages">How many wait again, or would.</param>
    /// <param name="Trials">Of a dry run: what would become of each, the oldest <see cref="MostTried"/>.</param>
    public sealed record Answer(long Messages, bool DryRun, IReadOnlyList<Trial> Trials)
    {
        public int WouldApply => Trials.Count(t => t.Outcome == "applied");

        public int Changes => Trials.Sum(t => t.New + t.Changed + t.Withdrawn);
    }

    /// <summary>What one message would do now; counts of entries, never what they say.</summary>
    /// <param name="Outcome">applied, no-concern or parked.</param>
    /// <param name="Reason">Why it would be parked or is of no concern.</param>
    /// <param name="Same">Entries it says again as they are.</param>
    public sealed record Trial(long Id, string Outcome, string? Reason, string? Place, int New, int Changed, int Withdrawn, int Same);
}

/// <summary>Stops applying a source's messages; they are stored and answered as ever.</summary>
public static class Pause
{
    public const string Kind = "pause";

    public sealed record Args(string Source);

    public sealed record Answer(string Source);
}

/// <summary>Ends a pause.</summary>
public static class Resume
{
    public const string Kind = "resume";

    public sealed record Args(string Source);

    /// <param name="Waiting">How many messages gathered.</param>
    public sealed record Answer(string Source, long Waiting);
}

/// <summary>A person's decision that parked messages are not to be applied. They stay countable, and replay brings them back.</summary>
public static class SetAside
{
    public const string Kind = "set-aside";

    public sealed record Args(IReadOnlyList<long> Ids);

    public sealed record Answer(long Messages);
}

/// <summary>
/// A mended copy of a parked message: a new message linked to the old one, with who and why. The original's bytes stay; it is set aside.
/// </summary>
public static class Edit
{
    public const string Kind = "edit";

    /// <param name="Body">The whole mended message as text; for HL7 v2 one segment a line.</param>
    public sealed record Args(long Id, string Body);

    /// <param name="Message">Id of the new message.</param>
    public sealed record Answer(long Message);
}
