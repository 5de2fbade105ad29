using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>What one source says of something several know.</summary>
/// <param name="Organisation">As the source names it; shown for practices, which share one feed.</param>
/// <param name="Stated">The source's own day, for people.</param>
/// <param name="Words">Its own statement in full.</param>
/// <param name="Report">The way to report a problem with this very statement.</param>
internal sealed record SourceLine(string Source, string? Organisation, string Stated, string Words, ReportMark Report)
{
    internal string Name => Source == SourceCodes.Gp && Organisation is not null ? Organisation : Shares.Name(Source);
}

/// <summary>
/// Sources of one row. Of one it is the source; of several it opens (without a script) to what each of them says, so that nothing that
/// was drawn together is more than one click away.
/// </summary>
internal sealed record SourcesMark(IReadOnlyList<SourceLine> Lines) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Lines.Count == 1)
        {
            new SourceMark(Lines[0].Source, Lines[0].Organisation).WriteTo(writer, encoder);
            Lines[0].Report.WriteTo(writer, encoder);
            return;
        }

        writer.Write("<details class=\"dcr-all\"><summary><span class=\"nhsuk-u-visually-hidden\">Every source: </span>");
        encoder.Encode(writer, string.Join(", ", Lines.Select(line => Shares.Brief(line.Source)).Distinct()));
        writer.Write("</summary><ul>");
        foreach (var line in Lines)
        {
            writer.Write("<li><b>");
            encoder.Encode(writer, line.Name);
            writer.Write("</b>, stated <time>");
            writer.Write(line.Stated);
            writer.Write("</time>: ");
            encoder.Encode(writer, line.Words);
            line.Report.WriteTo(writer, encoder);
            writer.Write("</li>");
        }

        writer.Write("</ul></details>");
    }
}

/// <summary>A telephone number that rings when touched; a number no telephone could dial is words.</summary>
internal sealed record PhoneMark(string Number) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var dial = Phone.Dial(Number);
        writer.Write(dial is null ? "<span class=\"dcr-nowrap\">" : $"<a class=\"dcr-nowrap\" href=\"{dial}\">");
        encoder.Encode(writer, Phone.Text(Number));
        writer.Write(dial is null ? "</span>" : "</a>");
    }
}
