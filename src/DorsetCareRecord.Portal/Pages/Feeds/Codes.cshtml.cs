using System.Globalization;
using System.Text;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Desks;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>The worklist of codes no map has: where, how often, an example; as a page and as a file for whoever keeps the maps.</summary>
internal sealed class CodesModel(DeskDatabase database, Asking asking, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    public IReadOnlyList<UnmappedCode> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        Codes = await UnmappedCodes.ReadAsync(Database.Source, Now - Back, cancel);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        var csv = new StringBuilder("source,place,shape,messages,example,last_seen\r\n");
        foreach (var code in await UnmappedCodes.ReadAsync(Database.Source, Now - Back, cancel))
        {
            csv.Append(CultureInfo.InvariantCulture,
                $"{code.Source},\"{code.Place.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"{code.Shape?.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{code.Messages},{code.Example},{code.LastSeen:O}\r\n");
        }

        return File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "unmapped-codes.csv");
    }
}
