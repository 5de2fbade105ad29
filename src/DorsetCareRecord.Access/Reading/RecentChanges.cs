namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Who changed in the last minute or two, so that a page that begins to listen learns what it missed since it was read. Two
/// generations, the older thrown away whole: memory stays bounded however many people change.
/// </summary>
internal sealed class RecentChanges
{
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(1);
    private const int MostPeople = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<Guid, DateTimeOffset> _young = [];
    private Dictionary<Guid, DateTimeOffset> _old = [];
    private DateTimeOffset _youngSince;

    /// <summary>All that is before this is not known.</summary>
    private DateTimeOffset _knownSince = DateTimeOffset.MaxValue;

    /// <summary>Begins anew: what happened before <paramref name="now"/> was not heard.</summary>
    internal void Forget(DateTimeOffset now)
    {
        lock (_lock)
            (_young, _old, _youngSince, _knownSince) = ([], [], now, now);
    }

    internal void Remember(Guid person, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _youngSince > Generation || _young.Count >= MostPeople)
                (_old, _young, _knownSince, _youngSince) = (_young, [], _youngSince, now);
            _young[person] = now;
        }
    }

    /// <summary>True also when nothing is known of so long ago.</summary>
    internal bool MayHaveChanged(Guid person, DateTimeOffset since)
    {
        lock (_lock)
        {
            return since < _knownSince
                || (_young.TryGetValue(person, out var at) && at >= since)
                || (_old.TryGetValue(person, out at) && at >= since);
        }
    }
}
