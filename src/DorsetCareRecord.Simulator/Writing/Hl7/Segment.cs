using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Hl7;

/// <summary>A segment by field numbers as the standard counts them; fields not set stay empty.</summary>
internal sealed class Segment(string name)
{
    private readonly List<string> _fields = [];

    public string Name { get; } = name;

    /// <summary>Field <paramref name="number"/>, from 1. For MSH, MSH-2 and later (MSH-1 is the separator itself).</summary>
    public Encoded this[int number]
    {
        set
        {
            while (_fields.Count < number)
                _fields.Add("");
            _fields[number - 1] = value.ToString();
        }
    }

    /// <summary>The encoding characters of MSH-2 and BHS-2, which are delimiters and so are not escaped.</summary>
    public Segment WithEncodingCharacters()
    {
        while (_fields.Count < 2)
            _fields.Add("");
        _fields[0] = "|";
        _fields[1] = @"^~\&";
        return this;
    }

    /// <summary>Some senders write empty fields to the segment's end; harmless, and a reader must bear it.</summary>
    public Segment PaddedTo(int fields)
    {
        while (_fields.Count < fields)
            _fields.Add("");
        return this;
    }

    public void AppendTo(StringBuilder text)
    {
        text.Append(Name);
        var first = 0;
        if (_fields.Count > 1 && _fields[0] == "|")
        {
            text.Append('|').Append(_fields[1]);
            first = 2;
        }

        for (var i = first; i < _fields.Count; i++)
            text.Append('|').Append(_fields[i]);
        text.Append('\r');
    }
}
