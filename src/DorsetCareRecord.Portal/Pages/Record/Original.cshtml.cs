using System.Globalization;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Letters;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// A letter's file exactly as its source sent it, to be saved and never run: an attachment, of a sandboxed origin, its
/// type not guessed. Its name is ours, for source file names tend to hold patients' names.
/// </summary>
internal sealed class OriginalModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, Guid entry, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Original(entry), cancel) || await Lens.ReadFileAsync(cancel) is not { IsAsReceived: true } file)
            return NotFound();
        var letter = View.Letters.Entries.First(one => one.Id == entry);
        var (type, ending) = LetterText.MediaType(file.ContentType) switch
        {
            "application/pdf" => ("application/pdf", "pdf"),
            "text/rtf" or "application/rtf" => ("application/rtf", "rtf"),
            "text/plain" => ("text/plain", "txt"),
            "text/html" or "application/xhtml+xml" => ("application/octet-stream", "html"),
            "image/tiff" => ("image/tiff", "tif"),
            "image/jpeg" => ("image/jpeg", "jpg"),
            "image/png" => ("image/png", "png"),
            "application/msword" => ("application/msword", "doc"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" =>
                ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            _ => ("application/octet-stream", "bin"),
        };
        var day = letter.Item.WrittenAt?.DayInLondon ?? DateOnly.FromDateTime(letter.StatedAt.UtcDateTime);
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return File(file.Bytes, type, $"letter-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{ending}");
    }
}
