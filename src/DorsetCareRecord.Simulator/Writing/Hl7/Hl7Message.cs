using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Hl7;

/// <summary>Segments in order, each ended by a carriage return (HL7 v2.4 section 2.3).</summary>
internal sealed class Hl7Message
{
    private readonly List<Segment> _segments = [];

    public Segment Add(string name)
    {
        var segment = new Segment(name);
        _segments.Add(segment);
        return segment;
    }

    public override string ToString()
    {
        var text = new StringBuilder(1024);
        foreach (var segment in _segments)
            segment.AppendTo(text);
        return text.ToString();
    }

    /// <param name="encoding">The sender's own character set.</param>
    public byte[] ToBytes(Encoding encoding) => encoding.GetBytes(ToString());
}
