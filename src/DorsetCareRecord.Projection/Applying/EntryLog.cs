namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Everything a source said of one entry, in the order that decides. Adding is idempotent, and the fold of the log does not
/// depend on the order of adding.
/// </summary>
internal sealed class EntryLog
{
    private readonly List<Said> _said = [];

    public EntryLog()
    {
    }

    /// <summary>A log as it was stored.</summary>
    public EntryLog(IEnumerable<Said> stored)
    {
        _said.AddRange(stored);
        _said.Sort((a, b) => a.Last.CompareTo(b.Last));
    }

    /// <summary>Ordered by the latest statement of each content.</summary>
    public IReadOnlyList<Said> Said => _said;

    /// <summary>Rows to insert or, when an adapter now reads the same message differently, to write again.</summary>
    public HashSet<Said> Added { get; } = [];

    /// <summary>Rows whose run of repetitions became longer.</summary>
    public HashSet<Said> Moved { get; } = [];

    public bool IsChanged => Added.Count + Moved.Count > 0;

    /// <param name="statement">What is said.</param>
    /// <param name="endedBetween">Whether a whole list ended the entry after the first and before the second stamp; the same
    /// words said again after that are news.</param>
    public void Add(Said statement, Func<Said, Stamp, bool> endedBetween)
    {
        var stamp = statement.First;
        var again = _said.FindIndex(s => s.First == stamp);
        if (again >= 0 && _said[again].SaysTheSameAs(statement))
            return;
        if (again >= 0)
        {
            Forget(_said[again]);
        }
        else
        {
            if (_said.Exists(s => s.First <= stamp && stamp <= s.Last && s.SaysTheSameAs(statement)))
                return;
            var before = _said.FindLast(s => s.Last < stamp);
            if (before is not null && before.SaysTheSameAs(statement) && !endedBetween(before, stamp))
            {
                before.Last = stamp;
                before.LastRecordedAt = statement.RecordedAt;
                if (!Added.Contains(before))
                    Moved.Add(before);
                return;
            }
        }

        _said.Insert(_said.FindLastIndex(s => s.Last < stamp) + 1, statement);
        Added.Add(statement);
    }

    private void Forget(Said said)
    {
        _said.Remove(said);
        Added.Remove(said);
        Moved.Remove(said);
    }
}
