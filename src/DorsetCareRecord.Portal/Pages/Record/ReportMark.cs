using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// The way to say that an item is wrong: the same small mark beside every item wherever it is shown, so that nobody has to look for the
/// item a second time on another page. A page of the past has none: what is wrong is reported of what the source says now.
/// </summary>
internal sealed record ReportMark(RecordPage Page, Section Section, Guid Entry, string Source, Item Item) : IHtmlContent
{
    internal static ReportMark Of<TItem>(RecordPage page, Section section, Entry<TItem> entry)
        where TItem : Item => new(page, section, entry.Id, entry.Source, entry.Item);

    internal static ReportMark Of(RecordPage page, AnyEntry entry) => new(page, entry.Section, entry.Id, entry.Source, entry.Item);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Page.Then is not null)
            return;
        // The tooltip is for those who point; who listens hears the link's own name, which would only be said twice.
        // No line breaks before it: it belongs to the word that it follows.
        writer.Write("<a class=\"dcr-report\" href=\"");
        encoder.Encode(writer, Page.Link($"report-problem/{Section}/{Entry}"));
        writer.Write("\">\u00a0<span aria-hidden=\"true\" class=\"dcr-flaw\" title=\"Report a problem\">\u2060</span>");
        writer.Write("<span class=\"nhsuk-u-visually-hidden\">Report a problem with ");
        encoder.Encode(writer, $"{What}, {(Source == SourceCodes.Gp && Item.Organisation is { } practice ? practice : Shares.Name(Source))}");
        writer.Write("</span></a>");
    }

    /// <summary>Short for the ear, and different from the next row's: what comes again and again is told apart by its day.</summary>
    private string What => Item switch
    {
        Medicine medicine => medicine.Name,
        Contact contact => $"{contact.Name}, {ContactWords.Role(contact)}",
        CareService service => service.Service,
        CareWorker worker => worker.Name,
        CareDetail detail => detail.Title,
        Result or Report or Letter or Encounter or Immunisation when Timeline.When(Item) is { } on => $"{ItemTitle.Of(Item)}, {Dates.Day(on)}",
        _ => ItemTitle.Of(Item),
    };
}
