using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>What one source says of something several know.</summary>
/// <param name="Organisation">As the source names it; shown for practices, which share one feed.</param>
/// <param name="Stated">The source's own day, for people.</param>
/// <param name="Words">Its own statement in full.</param>
/// <param name="Report">Where a problem with this very statement is reported; null where that cannot be done.</param>
internal sealed record SourceLine(string Source, string? Organisation, string Stated, string Words, string? Report = null)
{
    internal string Name => Source == SourceCodes.Gp && Organisation is not null ? Organisation : Shares.Name(Source);
}

/// <summary>
/// Sources of one row. Of one it is the source; of several it opens (without a script) to what each of them says, so that nothing that
/// was drawn together is more than one click away.
/// </summary>
/// <param name="What">Whose sources these are, for a link's name.</param>
internal sealed record SourcesMark(IReadOnlyList<SourceLine> Lines, string What) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Lines.Count == 1)
        {
            new SourceMark(Lines[0].Source, Lines[0].Organisation).WriteTo(writer, encoder);
            WriteReport(Lines[0], writer, encoder);
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
            WriteReport(line, writer, encoder);
            writer.Write("</li>");
        }

        writer.Write("</ul></details>");
    }

    private void WriteReport(SourceLine line, TextWriter writer, HtmlEncoder encoder)
    {
        if (line.Report is null)
            return;
        writer.Write(" <a class=\"dcr-report\" href=\"");
        encoder.Encode(writer, line.Report);
        writer.Write("\">Report<span class=\"nhsuk-u-visually-hidden\"> a problem with ");
        encoder.Encode(writer, $"{What}, {line.Name}");
        writer.Write("</span></a>");
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
