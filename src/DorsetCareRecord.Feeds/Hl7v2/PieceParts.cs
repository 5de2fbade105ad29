namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>The parts of a piece in order, for foreach; one pass, nothing allocated.</summary>
internal readonly struct PieceParts(Piece whole, char delimiter, PieceLevel level)
{
    public Enumerator GetEnumerator() => new(whole, delimiter, level);

    /// <summary>For LINQ, where clarity is worth a list.</summary>
    public List<Piece> ToList()
    {
        var list = new List<Piece>();
        foreach (var part in this)
            list.Add(part);
        return list;
    }

    internal struct Enumerator(Piece whole, char delimiter, PieceLevel level)
    {
        private int _next;

        public Piece Current { get; private set; }

        public bool MoveNext()
        {
            var raw = whole.Raw;
            // An absent piece has no parts; an empty part at the very end of a piece is one.
            if (raw.Length == 0 || _next > raw.Length)
                return false;
            var end = raw[_next..].IndexOf(delimiter);
            var length = end < 0 ? raw.Length - _next : end;
            Current = whole.Within(_next, length, level);
            _next += length + 1;
            return true;
        }
    }
}
