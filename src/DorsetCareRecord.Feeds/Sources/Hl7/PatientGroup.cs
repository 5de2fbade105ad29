using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The segments of one patient: from its PID to the next. What stands before the first PID (EVN, SCH) belongs to the first.
/// Nearly every message has one group; A17, A40 and batches of results may have more.
/// </summary>
internal sealed class PatientGroup(Segment pid, IReadOnlyList<Segment> segments)
{
    public Segment Pid { get; } = pid;

    public IReadOnlyList<Segment> Segments { get; } = segments;

    public Segment First(ReadOnlySpan<char> name)
    {
        foreach (var segment in Segments)
        {
            if (segment.Is(name))
                return segment;
        }

        return default;
    }

    public List<Segment> All(string name) => Segments.Where(s => s.Is(name)).ToList();

    public static List<PatientGroup> Of(Message message)
    {
        var groups = new List<PatientGroup>();
        var segments = new List<Segment>();
        Segment pid = default;
        foreach (var segment in message.Segments)
        {
            if (segment.Is("PID"))
            {
                if (pid.IsThere)
                {
                    groups.Add(new PatientGroup(pid, segments));
                    segments = [];
                }

                pid = segment;
            }

            segments.Add(segment);
        }

        if (pid.IsThere)
            groups.Add(new PatientGroup(pid, segments));
        return groups;
    }
}
