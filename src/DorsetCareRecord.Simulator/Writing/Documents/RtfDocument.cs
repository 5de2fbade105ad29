using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Documents;

/// <summary>A letter as rich text (RTF 1.5), the format of older dictation systems.</summary>
internal static class RtfDocument
{
    public static byte[] Write(string title, LetterText letter)
    {
        var rtf = new StringBuilder(@"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0\fs22 {\b\fs28 ");
        Append(rtf, title);
        rtf.Append("\\par}\r\n");
        foreach (var block in letter.Blocks)
        {
            rtf.Append(block switch
            {
                Heading => @"{\b ",
                Bullet => @"{\li360\fi-180 \bullet  ",
                _ => "{",
            });
            Append(rtf, block.Text);
            rtf.Append("\\par}\r\n");
        }

        return Encoding.ASCII.GetBytes(rtf.Append('}').ToString());
    }

    private static void Append(StringBuilder rtf, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\' or '{' or '}': rtf.Append('\\').Append(c); break;
                case '\n': rtf.Append("\\line "); break;
                case > '\u007e': rtf.Append(CultureInfo.InvariantCulture, $"\\u{(short)c}?"); break;
                default: rtf.Append(c); break;
            }
        }
    }
}
