using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Letters;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>The list of letters, and the chosen one beside it: opened only when chosen, and then noted by itself.</summary>
internal sealed class LettersModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public Entry<Letter>? Chosen { get; private set; }

    public LetterBody? Body { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid person, Guid? entry, CancellationToken cancel)
    {
        if (!await OpenAsync(person, entry is { } id ? Errand.Letter(id) : Errand.Letters, cancel))
            return NotFound();
        if (entry is null)
            return Page();
        Chosen = View.Letters.Entries.FirstOrDefault(letter => letter.Id == entry);
        if (Chosen is null)
            return NotFound();
        Body = LetterText.Of(await Lens.ReadFileAsync(cancel));
        return Page();
    }

    public static string KindHeading(LetterKind kind) => kind switch
    {
        LetterKind.Discharge => "Discharge letters",
        LetterKind.Clinic => "Clinic letters",
        LetterKind.Emergency => "Emergency and urgent care",
        LetterKind.Assessment => "Assessments",
        LetterKind.Other => "Other letters",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
