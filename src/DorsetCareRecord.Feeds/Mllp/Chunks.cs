namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// Bytes of a frame while it grows. A buffer that doubles would hold one and a half times the largest frame, and copy it again and again; pieces
/// hold what there is, and are joined once, when the frame has ended.
/// </summary>
internal sealed class Chunks
{
    private const int Smallest = 4 * 1024;
    private const int Largest = 1 << 20;
    private const int Kept = 64 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _last = new byte[Smallest];
    private int _used;

    public int Count { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_used == _last.Length)
            {
                _full.Add(_last);
                (_last, _used) = (new byte[Math.Min(Largest, _last.Length * 2)], 0);
            }

            var some = Math.Min(bytes.Length, _last.Length - _used);
            bytes[..some].CopyTo(_last.AsSpan(_used));
            bytes = bytes[some..];
            _used += some;
            Count += some;
        }
    }

    /// <summary>A copy, of which no more is made than asked for.</summary>
    public byte[] ToArray(int most = int.MaxValue)
    {
        var joined = new byte[Math.Min(most, Count)];
        var at = 0;
        foreach (var piece in Pieces())
        {
            if (at == joined.Length)
                break;
            var some = Math.Min(piece.Length, joined.Length - at);
            piece.Span[..some].CopyTo(joined.AsSpan(at));
            at += some;
        }

        return joined;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        foreach (var piece in _full)
            yield return piece;
        yield return _last.AsMemory(0, _used);
    }

    /// <summary>Empty again; a piece of ordinary size serves the next frame, the memory of a letter is given back.</summary>
    public void Clear()
    {
        _full.Clear();
        if (_last.Length > Kept)
            _last = new byte[Smallest];
        (_used, Count) = (0, 0);
    }
}
