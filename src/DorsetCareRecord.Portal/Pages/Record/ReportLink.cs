using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>A report in a list, to be opened; a value that came without a report is only named.</summary>
internal sealed record ReportLink(RecordPage Page, RecentResult Line) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var (tag, id, message) = Line.Report is { } report ? ("a", report.Id, report.Message) : ("div", Line.Values[0].Id, Line.Values[0].Message);
        writer.Write($"<div class=\"dcr-pick__item\" data-entry=\"{id}/{message}\">");
        writer.Write(tag == "a" ? $"<a href=\"{Page.Link($"report/{id}")}\">" : "<div class=\"dcr-pick__row\">");
        writer.Write($"<time>{(Line.Date is { } on ? Dates.Day(on) : Dates.Day(Line.At))}</time><span><b>");
        encoder.Encode(writer, Line.Title);
        writer.Write("</b> ");
        new OutcomeMark(Line).WriteTo(writer, encoder);
        writer.Write("<span class=\"dcr-sub\">");
        encoder.Encode(writer, string.Join(", ", new[] { Shares.Name(Line.Source), Line.Report?.Item.Laboratory, Line.Report?.Item.Specimen }.Where(part => !string.IsNullOrEmpty(part))));
        if (Line.Report?.Item.Requester is { } requester)
            encoder.Encode(writer, $", requested by {requester}");
        if (Line.Report is { AlsoReportedBy: { Count: > 0 } others })
            encoder.Encode(writer, $", also reported by {string.Join(", ", others.Select(Shares.Name))}");
        writer.Write($"</span></span></{tag}>");
        new RecentReports(Page, Line).WriteTo(writer, encoder);
        writer.Write("</div>");
    }
}

/// <summary>The ways to report a line of recent results: its report, or the value or two that came without one.</summary>
internal sealed record RecentReports(RecordPage Page, RecentResult Line) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Line.Report is { } report)
        {
            ReportMark.Of(Page, Section.Results, report).WriteTo(writer, encoder);
            return;
        }

        foreach (var value in Line.Values)
            ReportMark.Of(Page, Section.Results, value).WriteTo(writer, encoder);
    }
}
