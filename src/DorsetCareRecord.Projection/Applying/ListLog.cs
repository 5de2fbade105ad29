namespace DorsetCareRecord.Projection.Applying;

/// <summary>A whole list as a source sent it, and the run of messages that sent it so: a row of <c>list_version</c>.</summary>
/// <param name="keys">In ordinal order, each once.</param>
internal sealed class Listed(Stamp first, DateTimeOffset recordedAt, string[] keys)
{
    public Stamp First { get; } = first;

    public Stamp Last { get; set; } = first;

    public DateTimeOffset RecordedAt { get; } = recordedAt;

    public DateTimeOffset LastRecordedAt { get; set; } = recordedAt;

    public string[] Keys { get; } = keys;

    public bool Has(string key) => Array.BinarySearch(Keys, key, StringComparer.Ordinal) >= 0;

    public static string[] Ordered(IEnumerable<string> keys) => [.. keys.Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>Every time a source sent one of its lists whole, in the order that decides.</summary>
internal sealed class ListLog
{
    private readonly List<Listed> _listed = [];

    public ListLog()
    {
    }

    /// <summary>A log as it was stored.</summary>
    public ListLog(IEnumerable<Listed> stored)
    {
        _listed.AddRange(stored);
        _listed.Sort((a, b) => a.Last.CompareTo(b.Last));
    }

    public HashSet<Listed> Added { get; } = [];

    public HashSet<Listed> Moved { get; } = [];

    public Listed? Latest => _listed.Count == 0 ? null : _listed[^1];

    /// <param name="listed">The list.</param>
    /// <param name="endsSomething">Whether sending the list again at the second stamp ends an entry that the same list at the
    /// first did not; then it is news.</param>
    public void Add(Listed listed, Func<Listed, Stamp, bool> endsSomething)
    {
        var stamp = listed.First;
        var again = _listed.FindIndex(l => l.First == stamp);
        if (again >= 0 && Same(_listed[again], listed))
            return;
        if (again >= 0)
        {
            Added.Remove(_listed[again]);
            Moved.Remove(_listed[again]);
            _listed.RemoveAt(again);
        }
        else
        {
            if (_listed.Exists(l => l.First <= stamp && stamp <= l.Last && Same(l, listed)))
                return;
            var before = _listed.FindLast(l => l.Last < stamp);
            if (before is not null && Same(before, listed) && !endsSomething(before, stamp))
            {
                before.Last = stamp;
                before.LastRecordedAt = listed.RecordedAt;
                if (!Added.Contains(before))
                    Moved.Add(before);
                return;
            }
        }

        _listed.Insert(_listed.FindLastIndex(l => l.Last < stamp) + 1, listed);
        Added.Add(listed);
    }

    /// <summary>Whether a list sent between the two moments lacks the key.</summary>
    public bool EndedBetween(string key, Stamp after, Stamp before) =>
        _listed.Exists(l => after.IsOutdatedBy(l.Last) && l.Last.IsOutdatedBy(before) && !l.Has(key));

    private static bool Same(Listed one, Listed other) => one.Keys.AsSpan().SequenceEqual(other.Keys);
}
