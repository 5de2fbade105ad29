using System.Globalization;
using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>An allocated professional: what they are, who they are, their team, how to ring them, and who says so.</summary>
internal sealed record WorkerMark(RecordPage Page, Entry<CareWorker> Entry) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var worker = Entry.Item;
        writer.Write("<dt>");
        encoder.Encode(writer, worker.Role ?? "Care worker");
        writer.Write("</dt><dd><b>");
        encoder.Encode(writer, worker.Name);
        writer.Write("</b>");
        encoder.Encode(writer, worker.Team is { } team ? $", {team} " : " ");
        if (worker.Telephone is { } phone)
            new PhoneMark(phone).WriteTo(writer, encoder);
        if (Entry.Ended || worker.Until is not null)
        {
            writer.Write(" <span class=\"dcr-mark dcr-mark--plain\">");
            writer.Write(worker.Until is { } until ? $"until {Dates.Day(until)}" : "no longer listed");
            writer.Write("</span>");
        }

        writer.Write("<span class=\"dcr-sub\">");
        encoder.Encode(writer, Shares.Name(Entry.Source));
        writer.Write($", <time>{(worker.From is { } from ? $"since {Dates.Day(from)}" : Dates.Day(Entry.StatedAt))}</time>");
        ReportMark.Of(Page, Section.Care, Entry).WriteTo(writer, encoder);
        writer.Write("</span></dd>");
    }
}

/// <summary>A care package in a line or two, for the summary.</summary>
internal sealed record ServiceMark(RecordPage Page, Entry<CareService> Entry) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var service = Entry.Item;
        writer.Write("<dt>");
        encoder.Encode(writer, service.Category ?? "Care");
        writer.Write("</dt><dd><b>");
        encoder.Encode(writer, service.Service);
        writer.Write("</b>");
        encoder.Encode(writer, service.Frequency is { } often ? $", {often}" : "");
        if (service.HoursPerWeek is { } hours)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $", {hours:0.##} h a week"));
        if (service.Status != CareServiceStatus.Active || Entry.Ended)
        {
            writer.Write(" <span class=\"dcr-mark\">");
            encoder.Encode(writer, $"{ContactWords.Status(Entry)}{(service.EndedOn is { } on ? $" {Dates.Day(on)}" : "")}");
            writer.Write("</span>");
        }

        writer.Write("<span class=\"dcr-sub\">");
        if (service.Provider is { } provider)
        {
            encoder.Encode(writer, provider + " ");
            if (service.ProviderTelephone is { } phone)
                new PhoneMark(phone).WriteTo(writer, encoder);
            writer.Write(" · ");
        }

        encoder.Encode(writer, Shares.Name(Entry.Source));
        writer.Write($", from <time>{(service.StartedOn is { } start ? Dates.Day(start) : Dates.Day(Entry.StatedAt))}</time>");
        ReportMark.Of(Page, Section.Care, Entry).WriteTo(writer, encoder);
        writer.Write("</span></dd>");
    }
}
