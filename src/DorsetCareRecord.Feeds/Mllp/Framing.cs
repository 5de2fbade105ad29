using System.Buffers;
using System.Security.Cryptography;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// Finds messages in a stream of bytes (MLLP release 1: VT, content, FS CR). What it finds does not depend on how the stream
/// was cut into packets. One a connection; not thread-safe.
/// </summary>
/// <remarks>
/// Tolerated, because real senders do so: several frames in a packet, frames split anywhere, blanks, NUL and line ends between
/// frames, a block character sent twice, LF after or instead of CR. FS ends a frame when CR, LF, VT, FS or NUL follows; FS before
/// anything else is content, so that a stray 0x1C cannot cut a message short and pass the stump off as whole. When nothing
/// follows, <see cref="Settle"/> decides, after a moment or at the end of the stream.
/// A start block followed by MSH inside a frame begins a new one: the end block of the first was lost.
/// </remarks>
internal sealed class Framing(int limit)
{
    /// <summary>How much of a refused frame is kept.</summary>
    public const int HeadOfRefused = 64 * 1024;

    public const byte StartBlock = 0x0B;
    public const byte EndBlock = 0x1C;
    public const byte Return = 0x0D;

    private static readonly SearchValues<byte> Blocks = SearchValues.Create(StartBlock, EndBlock);

    private readonly Chunks _content = new();
    private IncrementalHash? _digestOfTooLarge;
    private long _length;
    private bool _isInside;
    private bool _endIsPending;

    /// <summary>How many characters of VT M S H have been seen and withheld inside a frame.</summary>
    private int _withheld;

    /// <summary>A frame has begun and not ended.</summary>
    public bool IsInside => _isInside;

    /// <summary>The last byte was FS, and what follows must tell whether it ended the frame.</summary>
    public bool EndIsPending => _endIsPending;

    /// <summary>Bytes of the frame so far.</summary>
    public long BufferedBytes => _length;

    /// <summary>Bytes between frames that were neither blank nor ended like a message, since the beginning.</summary>
    public long JunkBytes { get; private set; }

    /// <summary>Consumes from <paramref name="bytes"/> until a frame is found; false when they are used up.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out Frame frame)
    {
        while (bytes.Length > 0)
        {
            if (_endIsPending ? ResolveEnd(ref bytes, out frame)
                : _withheld > 0 ? MatchNextStart(ref bytes, out frame)
                : Scan(ref bytes, out frame))
                return true;
        }

        frame = default;
        return false;
    }

    /// <summary>Nothing follows: a pending end block was the end of its frame.</summary>
    public bool Settle(out Frame frame)
    {
        frame = default;
        if (!_endIsPending)
            return false;
        frame = Finish(_isInside ? FrameKind.Whole : FrameKind.Unbegun);
        return true;
    }

    /// <summary>The stream ended: what was begun and not ended. It was never answered, so its sender will send it again.</summary>
    public bool Abandon(out Frame frame)
    {
        frame = default;
        if (!_isInside || _length == 0)
            return false;
        frame = Finish(FrameKind.Unended);
        return true;
    }

    private bool Scan(ref ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        var at = bytes.IndexOfAny(Blocks);
        Keep(at < 0 ? bytes : bytes[..at]);
        if (at < 0)
        {
            bytes = default;
            return false;
        }

        var isStart = bytes[at] == StartBlock;
        bytes = bytes[(at + 1)..];
        if (!isStart)
        {
            _endIsPending = _isInside || _length > 0;
        }
        else if (!_isInside)
        {
            DropJunk();
            _isInside = true;
        }
        else if (_length > 0)
        {
            _withheld = 1;
        }

        return false;
    }

    private bool ResolveEnd(ref ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        if (bytes[0] is not (Return or (byte)'\n' or StartBlock or EndBlock or 0))
        {
            _endIsPending = false;
            Keep([EndBlock]);
            return false;
        }

        if (bytes[0] != StartBlock)
            bytes = bytes[1..];
        return Settle(out frame);
    }

    /// <summary>Inside a frame, after VT: MSH begins the next message, anything else was content.</summary>
    private bool MatchNextStart(ref ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        var pattern = "\u000BMSH"u8;
        if (bytes[0] != pattern[_withheld])
        {
            var content = pattern[.._withheld];
            _withheld = 0;
            Keep(content);
            return false;
        }

        bytes = bytes[1..];
        if (++_withheld < pattern.Length)
            return false;
        frame = Finish(FrameKind.Unended);
        _isInside = true;
        Keep(pattern[1..]);
        return true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (!_isInside && _length == 0)
            bytes = bytes.TrimStart("\r\n\t \0"u8);
        if (bytes.IsEmpty)
            return;
        _length += bytes.Length;
        if (_digestOfTooLarge is null && _length <= (_isInside ? limit : HeadOfRefused))
        {
            _content.Write(bytes);
            return;
        }

        if (_digestOfTooLarge is null)
        {
            _digestOfTooLarge = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var piece in _content.Pieces())
                _digestOfTooLarge.AppendData(piece.Span);
            var head = _content.ToArray(HeadOfRefused);
            _content.Clear();
            _content.Write(head);
        }

        _digestOfTooLarge.AppendData(bytes);
        var room = Math.Max(0, HeadOfRefused - _content.Count);
        _content.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    private Frame Finish(FrameKind kind)
    {
        var sha256 = _digestOfTooLarge?.GetHashAndReset();
        if (sha256 is not null && kind == FrameKind.Whole)
            kind = FrameKind.TooLarge;
        var frame = new Frame(kind, _content.ToArray(), _length, sha256);
        Reset();
        return frame;
    }

    private void DropJunk()
    {
        JunkBytes += _length;
        Reset();
    }

    private void Reset()
    {
        _content.Clear();
        _digestOfTooLarge?.Dispose();
        _digestOfTooLarge = null;
        _length = 0;
        _isInside = false;
        _endIsPending = false;
        _withheld = 0;
    }
}
