namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// The place of a statement in the order that decides: the source's own time, between equals the message received later,
/// within a message the later fact.
/// </summary>
internal readonly record struct Stamp(DateTimeOffset At, long MessageId, int Ordinal) : IComparable<Stamp>
{
    public int CompareTo(Stamp other)
    {
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
            return byTime;
        var byMessage = MessageId.CompareTo(other.MessageId);
        return byMessage != 0 ? byMessage : Ordinal.CompareTo(other.Ordinal);
    }

    /// <summary>Whether another message says something later than this; facts of one message do not outdate each other's lists.</summary>
    public bool IsOutdatedBy(Stamp list) => (At, MessageId).CompareTo((list.At, list.MessageId)) < 0;

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    /// <summary>PostgreSQL keeps microseconds; a finer time would not be found again.</summary>
    public static DateTimeOffset Storable(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % 10, TimeSpan.Zero);
}
