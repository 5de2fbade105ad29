using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>A list the sender vouches for as whole.</summary>
internal sealed record GpList(GpEntry Entry, string Name, Type ItemType, IReadOnlyList<GpEntry> Members);

/// <summary>
/// Lists of the bundle that are whole (feeds, section 4.6; GP Connect list guidance): snapshot, current, without a warning,
/// and with every member at hand. All others say nothing of what they leave out. A failed query is no empty list.
/// </summary>
internal sealed class GpLists
{
    private static readonly Dictionary<string, (string Name, Type ItemType)> Known = new()
    {
        ["886921000000105"] = ("gp/allergies", typeof(Allergy)),
        ["1103671000000101"] = ("gp/ended-allergies", typeof(Allergy)),
        ["933361000000108"] = ("gp/medicines", typeof(Medicine)),
        ["717711000000103"] = ("gp/problems", typeof(Problem)),
        ["887191000000108"] = ("gp/investigations", typeof(Report)),
        ["1149501000000101"] = ("gp/consultations", typeof(Encounter)),
    };

    private readonly GpBundle _bundle;
    private readonly Dictionary<R4.Resource, GpList> _listOf = new(ReferenceEqualityComparer.Instance);

    public GpLists(GpBundle bundle)
    {
        _bundle = bundle;
        Whole = [.. bundle.Entries.Where(e => e is { Resource: R4.List, Deleted: false }).Select(Read).OfType<GpList>()];
        foreach (var list in Whole)
        {
            foreach (var member in list.Members)
                _listOf.TryAdd(member.Resource, list);
        }
    }

    public IReadOnlyList<GpList> Whole { get; }

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
        {
            _bundle.Remark(Reasons.Incomplete, entry.Place, doubt);
            return null;
        }

        return new GpList(entry, Known[code].Name, Known[code].ItemType, [.. members.OfType<GpEntry>()]);
    }

    private static string? DoubtOf(R4.List list)
    {
        if (list.Named("ListWarningCode") is { } warning)
            return warning.Code() is "confidential-items" or "data-in-transit" or "data-awaiting-filing" ? warning.Code() : "warning";
        if (GpBundle.Raw(list.ModeElement) != "snapshot")
            return "not a snapshot";
        if (GpBundle.Raw(list.StatusElement) != "current")
            return "not current";
        return list.EmptyReason is not null && !Concepts.Codes(list.EmptyReason).Any(c => c is "no-content-recorded" or "nilknown")
            ? "empty for another reason"
            : null;
    }
}
