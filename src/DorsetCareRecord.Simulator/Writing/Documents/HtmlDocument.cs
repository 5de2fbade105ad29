using System.Net;
using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Documents;

/// <summary>A letter as the small, old-fashioned HTML that document systems emit.</summary>
internal static class HtmlDocument
{
    public static byte[] Write(string title, LetterText letter)
    {
        var html = new StringBuilder("<!DOCTYPE html>\r\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>")
            .Append(Encode(title)).Append("</title>\r\n<style>body{font-family:Arial,sans-serif;font-size:11pt}")
            .Append("h2{font-size:12pt;margin-bottom:2pt}</style></head>\r\n<body>\r\n<h1>").Append(Encode(title)).Append("</h1>\r\n");
        var inList = false;
        foreach (var block in letter.Blocks)
        {
            if (block is Bullet != inList)
            {
                html.Append(inList ? "</ul>\r\n" : "<ul>\r\n");
                inList = !inList;
            }

            var text = Encode(block.Text).Replace("\n", "<br>", StringComparison.Ordinal);
            html.Append(block switch
            {
                Heading => $"<h2>{text}</h2>\r\n",
                Bullet => $"<li>{text}</li>\r\n",
                _ => $"<p>{text}</p>\r\n",
            });
        }

        html.Append(inList ? "</ul>\r\n" : "").Append("</body></html>\r\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
