namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>The keys of a list in the sender's order, each once. A hostile list of a hundred thousand must not take minutes.</summary>
internal sealed class StatedKeys
{
    private readonly List<string> _keys = [];
    private readonly HashSet<string> _seen = [];

    public IReadOnlyList<string> All => _keys;

    public int Count => _keys.Count;

    /// <summary>False when the key was there.</summary>
    public bool TryAdd(string key)
    {
        if (!_seen.Add(key))
            return false;
        _keys.Add(key);
        return true;
    }
}
