using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The words of a report, its OBX lines joined in the order they came. Where the lines change from one part to another
/// (OBX-3: impression, addendum), the part is named.
/// </summary>
internal sealed class ReportText(string title)
{
    private readonly StringBuilder _text = new();
    private string? _part;

    public string? Text => _text.Length == 0 ? null : _text.ToString();

    public void Add(Segment obx)
    {
        var part = PartOf(obx[3]);
        if (part != _part && part is not null)
            Line(_text.Length == 0 ? $"{part}:" : $"\n{part}:");
        _part = part;
        Line(ResultValue.Narrative(obx[5]) ?? "");
    }

    private void Line(string line)
    {
        if (_text.Length > 0)
            _text.Append('\n');
        _text.Append(line);
    }

    /// <summary>A suffix of the code (<c>&amp;IMP</c>, HL7 v2.8 chapter 7.1.4), or a name other than the report's.</summary>
    private string? PartOf(Piece what) => what[1][2].Text switch
    {
        "IMP" => "Impression",
        "ADT" => "Addendum",
        "REC" => "Recommendation",
        "GDT" => null,
        _ => what.TextOf(2) is { } name && !string.Equals(name, title, StringComparison.OrdinalIgnoreCase) ? name : null,
    };
}
