namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>What came over the wire between two message boundaries.</summary>
internal enum FrameKind
{
    /// <summary>Start block, content, end block: a message for the reader.</summary>
    Whole = 1,

    /// <summary>Longer than the limit: only its beginning, its length and its digest were kept.</summary>
    TooLarge = 2,

    /// <summary>The next message began before this one ended. Its sender has given it up and waits for no answer to it.</summary>
    Unended = 3,

    /// <summary>An end block without a start block: its sender waits for an answer.</summary>
    Unbegun = 4,
}

/// <summary>A message as framed by the Minimal Lower Layer Protocol.</summary>
/// <param name="Kind">How it was framed.</param>
/// <param name="Content">Between the block characters; of a frame too large its beginning only.</param>
/// <param name="Length">Of the whole content, in bytes.</param>
/// <param name="Sha256">Of the whole content, for a frame that was not kept whole.</param>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Content, long Length, byte[]? Sha256 = null);
