using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>
/// What a list says of itself (GP Connect list guidance): the note of a list with a warning, or of an empty one, is for the
/// reader of the section and not for us alone.
/// </summary>
internal static class GpNotice
{
    /// <summary>SNOMED CT: an entry that lost its code between GP systems ("transfer-degraded"): medicine, drug and other allergy.</summary>
    private static readonly string[] Degraded = ["196421000000109", "196461000000101", "196471000000108"];

    public static bool IsDegraded(Item item) => item is Medicine { Coding: { } medicine } && Degraded.Contains(medicine.Code)
        || item is Allergy { Coding: { } allergy } && Degraded.Contains(allergy.Code);

    /// <summary>The facts of one list: what it says now, whole, so that what it said before and no longer says has ended.</summary>
    /// <param name="degraded">Items of the list have lost their codes.</param>
    public static IEnumerable<Fact> Read(GpList list, bool degraded, GpBundle bundle, string? practice)
    {
        var resource = (R4.List)list.Entry.Resource;
        var version = bundle.VersionOf(resource);
        List<Notice> notices = [.. OfWarning(list, resource), .. OfEmptiness(list, resource)];
        if (degraded)
            notices.Add(Of(list, resource, NoticeKind.DegradedItems, text: null));

        var whole = $"{list.Name}/notices";
        foreach (var notice in notices)
            yield return new Stated(KeyOf(list, notice), notice with { Organisation = practice }, version, whole);
        yield return new ListStated(whole, typeof(Notice), [.. notices.Select(n => KeyOf(list, n))], version);
    }

    private static string KeyOf(GpList list, Notice notice) => $"{list.Name}|{notice.Kind}";

    private static IEnumerable<Notice> OfWarning(GpList list, R4.List resource)
    {
        var kinds = resource.Extension.Where(e => e.Url?.Contains("ListWarningCode", StringComparison.OrdinalIgnoreCase) == true)
            .Select(e => e.Code() switch
            {
                "confidential-items" => NoticeKind.ConfidentialItems,
                "data-in-transit" => NoticeKind.DataInTransit,
                "data-awaiting-filing" => NoticeKind.DataAwaitingFiling,
                _ => NoticeKind.OtherWarning,
            }).Distinct();
        return kinds.Select(kind => Of(list, resource, kind, TextOf(resource)));
    }

    /// <summary>
    /// "Nothing recorded", "kept back" and "known to be none" are different answers; the last is an item of its own.
    /// </summary>
    private static IEnumerable<Notice> OfEmptiness(GpList list, R4.List resource)
    {
        var reasons = Concepts.Codes(resource.EmptyReason).ToList();
        if (resource.Entry.Exists(e => GpBundle.Flag(e.DeletedElement) != true) || reasons.Contains(GpLists.KnownToBeNone))
            return [];
        var kind = reasons.Count == 0 || reasons.Contains("no-content-recorded") ? NoticeKind.NothingRecorded : NoticeKind.OtherWarning;
        return [Of(list, resource, kind, TextOf(resource) ?? Concepts.TextOf(resource.EmptyReason))];
    }

    private static Notice Of(GpList list, R4.List resource, NoticeKind kind, string? text) => new()
    {
        About = list.About,
        Kind = kind,
        List = Words.Of(resource.Title) ?? Concepts.TextOf(resource.Code),
        Text = text,
    };

    private static string? TextOf(R4.List resource) => Words.Join("\n", resource.Note.Select(n => n.Text));
}
