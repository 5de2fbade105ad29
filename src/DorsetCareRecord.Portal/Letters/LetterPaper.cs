using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Letters;

/// <summary>
/// A letter in a frame of its own: sandboxed whole (no script, no form, no link out, an origin of its own) under a content
/// policy that allows one stylesheet of ours and nothing else. So even a mistake in cleaning a letter could not act in the
/// record's page. The words travel in the page itself (<c>srcdoc</c>): one opening, one note.
/// </summary>
/// <param name="StyleSheet">Address of the letter's stylesheet.</param>
internal sealed record LetterPaper(LetterBody Body, string Title, string StyleSheet) : IHtmlContent
{
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<iframe class=\"dcr-frame\" sandbox=\"\" tabindex=\"0\" title=\"");
        encoder.Encode(writer, Title);
        writer.Write("\" srcdoc=\"");
        encoder.Encode(writer, Document(encoder));
        writer.Write("\"></iframe>");
    }

    private string Document(HtmlEncoder encoder)
    {
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"")
            .Append(Policy).Append("\"><title>").Append(encoder.Encode(Title)).Append("</title><link rel=\"stylesheet\" href=\"")
            .Append(encoder.Encode(StyleSheet)).Append("\"></head><body><main>");
        page.Append(Body switch
        {
            LetterBody.Words words => $"<div class=\"words\">{encoder.Encode(words.Text)}</div>",
            LetterBody.PdfWords pdf => $"<div class=\"words\">{encoder.Encode(pdf.Text)}</div>",
            LetterBody.Html html => html.Safe,
            _ => "",
        });
        return page.Append("</main></body></html>").ToString();
    }
}
