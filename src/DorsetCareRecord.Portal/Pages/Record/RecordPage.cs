using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>A page about one person: opened through the door, with the banner that every such page carries.</summary>
internal abstract class RecordPage(Door door, FeedClock feeds, TimeProvider clock) : PageModel
{
    private ILookup<string, SuppliedFile> _supplied = Array.Empty<SuppliedFile>().ToLookup(file => file.Source);

    /// <summary>How the sources stand, as this page shows it.</summary>
    public FeedsNow Feeds { get; private set; } = FeedsNow.Of(new Dictionary<string, Heard>());

    public RecordView View { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    protected RecordLens Lens { get; private set; } = null!;

    /// <summary>False when there is nothing here for this viewer; the answer is then the same as for nobody at all.</summary>
    protected async Task<bool> OpenAsync(Guid person, Errand errand, CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        var purpose = viewer.Role == Role.Clerical ? Purpose.SupportOfDirectCare : Purpose.DirectCare;
        var asked = Automatic.Is(Request) ? errand.AsLiveRefresh() : errand;
        if (await door.OpenAsync(viewer, person, purpose, asked, HttpContext.Origin(), cancel) is not Opening.Opened opened)
            return false;
        Lens = opened.Lens;
        View = await Lens.ReadAsync(cancel);
        Now = clock.GetUtcNow();
        Feeds = await feeds.ReadAsync(cancel);
        _supplied = feeds.Supplied;
        return true;
    }

    /// <summary>Sources that are not for all yet and are shown to this viewer: a safety tester must know.</summary>
    public IReadOnlyList<string> Staged => Lens.Sight.Staged;

    public IReadOnlyList<SourceStanding> Standings(Section section) => Completeness.Of(section, Lens.Sight.HidesNothing
        ? Feeds.Sources
        : Feeds.Sources.Where(source => !Lens.Sight.Hides(source.Key, section)).ToDictionary());

    /// <summary>What of the section the councils that know this person do not supply.</summary>
    public IReadOnlyList<NotSupplied> NotSupplied(Section section) => Supply.Missing(section, View.Who.Sources,
        (source, file) => _supplied[source].FirstOrDefault(one => one.File == file)?.Columns, source => _supplied[source].Any(one => one.File == "person.csv"));

    public string Link(string page = "") => page.Length == 0 ? $"/record/{View.Person}" : $"/record/{View.Person}/{page}";
}
