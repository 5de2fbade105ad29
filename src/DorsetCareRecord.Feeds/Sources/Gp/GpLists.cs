using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>A list of the record's.</summary>
/// <param name="Entry">Where it stands.</param>
/// <param name="Name">Ours.</param>
/// <param name="ItemType">What its members become.</param>
/// <param name="About">The section its members are shown in.</param>
/// <param name="Members">Those that are in the bundle.</param>
/// <param name="IsWhole">The sender vouches that this is all.</param>
internal sealed record GpList(
    GpEntry Entry, string Name, Type ItemType, Section About, IReadOnlyList<GpEntry> Members, bool IsWhole);

/// <summary>
/// Lists of the bundle (feeds, section 4.6; GP Connect list guidance). One that is whole (snapshot, current, without a warning,
/// and with every member at hand) ends what it leaves out. All others say nothing of what they leave out, but their members
/// belong to them all the same, so that the next whole one may end them. A failed query is no empty list.
/// </summary>
internal sealed class GpLists
{
    public const string KnownToBeNone = "nilknown";

    private static readonly Dictionary<string, (string Name, Type ItemType, Section About)> Known = new()
    {
        ["886921000000105"] = ("gp/allergies", typeof(Allergy), Section.Allergies),
        ["1103671000000101"] = ("gp/ended-allergies", typeof(Allergy), Section.Allergies),
        ["933361000000108"] = ("gp/medicines", typeof(Medicine), Section.Medicines),
        ["717711000000103"] = ("gp/problems", typeof(Problem), Section.Problems),
        ["887191000000108"] = ("gp/investigations", typeof(Report), Section.Results),
        ["826501000000100"] = ("gp/uncategorised", typeof(Result), Section.Results),
        ["1102181000000102"] = ("gp/immunisations", typeof(Immunisation), Section.Immunisations),
        ["1149501000000101"] = ("gp/consultations", typeof(Encounter), Section.Encounters),
        ["792931000000107"] = ("gp/referrals", typeof(Encounter), Section.Encounters),
        ["714311000000108"] = ("gp/recalls", typeof(Encounter), Section.Encounters),
    };

    private readonly GpBundle _bundle;
    private readonly Dictionary<R4.Resource, GpList> _listOf = new(ReferenceEqualityComparer.Instance);

    public GpLists(GpBundle bundle)
    {
        _bundle = bundle;
        All = [.. bundle.Entries.Where(e => e is { Resource: R4.List, Deleted: false }).Select(Read).OfType<GpList>()];
        foreach (var list in All)
        {
            foreach (var member in list.Members)
                _listOf.TryAdd(member.Resource, list);
        }
    }

    public IReadOnlyList<GpList> All { get; }

    public GpList? Of(R4.Resource resource) => _listOf.GetValueOrDefault(resource);

    private GpList? Read(GpEntry entry)
    {
        var list = (R4.List)entry.Resource;
        var code = Concepts.Codes(list.Code).FirstOrDefault(Known.ContainsKey);
        if (code is null)
            return null; // Headings within a consultation and the like; their items are stated by themselves.

        var doubt = DoubtOf(list);
        var members = list.Entry.Where(e => GpBundle.Flag(e.DeletedElement) != true).Select(e => _bundle.Resolve(e.Item, entry)).ToList();
        doubt ??= members.Contains(null) ? "members missing" : null;
        doubt ??= members.Exists(m => GpBundle.KeyOf(m!) is null) ? "members without key" : null;
        if (doubt is not null)
            _bundle.Remark(Reasons.Incomplete, entry.Place, doubt);
        var (name, itemType, about) = Known[code];
        return new GpList(entry, name, itemType, about, [.. members.OfType<GpEntry>()], doubt is null);
    }

    private static string? DoubtOf(R4.List list)
    {
        if (list.Named("ListWarningCode") is { } warning)
            return warning.Code() is "confidential-items" or "data-in-transit" or "data-awaiting-filing" ? warning.Code() : "warning";
        if (GpBundle.Raw(list.ModeElement) != "snapshot")
            return "not a snapshot";
        if (GpBundle.Raw(list.StatusElement) != "current")
            return "not current";
        return list.EmptyReason is not null && !Concepts.Codes(list.EmptyReason).Any(c => c is "no-content-recorded" or KnownToBeNone)
            ? "empty for another reason"
            : null;
    }
}
