using System.Globalization;
using System.Text;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Portal.Desks;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>
/// The worklist of codes no map has: where, how often, since when, an example, and what was said of it; as a page and as a file for whoever
/// keeps the maps. A ruling is an act with a name and a reason.
/// </summary>
internal sealed class CodesModel(DeskDatabase database, Asking asking, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    public IReadOnlyList<UnmappedCode> Codes { get; private set; } = [];

    public int OpenCount => Codes.Count(code => code.State == CodeState.Open);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        Codes = await UnmappedCodes.ReadAsync(Database.Source, Now - Back, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] Guid act, [FromForm] string source, [FromForm] string place, [FromForm] string? shape, [FromForm] CodeState state, [FromForm] string? code,
        [FromForm] string? why, CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        var asked = await AskAsync(act, RuleOnCode.Kind, source, new RuleOnCode.Args(source, place, shape ?? "", state, string.IsNullOrWhiteSpace(code) ? null : code.Trim()), why,
            done => Words.Ruled(done.AnswerAs<RuleOnCode.Answer>()), cancel);
        return asked.MayAsk ? RedirectToPage() : NotFound();
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        var csv = new StringBuilder("source,place,shape,messages,example,first_seen,last_seen,state,by,why\r\n");
        foreach (var code in await UnmappedCodes.ReadAsync(Database.Source, Now - Back, cancel))
        {
            csv.Append(CultureInfo.InvariantCulture,
                $"{code.Source},{Cell(code.Place)},{Cell(code.Shape)},{code.Messages},{code.Example},{code.FirstSeen:O},{code.LastSeen:O},{UnmappedCodes.NameOf(code.State)},{Cell(code.Ruled?.By)},{Cell(code.Ruled?.Why)}\r\n");
        }

        return File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "unmapped-codes.csv");
    }

    /// <summary>Quoted (RFC 4180); what a spreadsheet would take for a formula is led by a blank.</summary>
    private static string Cell(string? text) =>
        $"\"{(text is ['=' or '+' or '-' or '@', ..] ? " " : "")}{text?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
