namespace DorsetCareRecord.Record.Values;

/// <summary>
/// When the source says a thing was so: MSH-7 else EVN-2 for HL7 v2, meta.lastUpdated or the bundle's timestamp for FHIR,
/// updated_at or extract_time for a council's extract. The newest by this wins, not the last to arrive; between equals the
/// later received wins.
/// </summary>
public readonly record struct SourceVersion(DateTimeOffset At) : IComparable<SourceVersion>
{
    public int CompareTo(SourceVersion other) => At.CompareTo(other.At);

    public static bool operator <(SourceVersion left, SourceVersion right) => left.At < right.At;

    public static bool operator >(SourceVersion left, SourceVersion right) => left.At > right.At;

    public static bool operator <=(SourceVersion left, SourceVersion right) => left.At <= right.At;

    public static bool operator >=(SourceVersion left, SourceVersion right) => left.At >= right.At;
}
