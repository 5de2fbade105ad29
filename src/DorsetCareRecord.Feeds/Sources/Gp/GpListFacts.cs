using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>The facts of a list, once its members are stated: what it says of itself, and, when it is whole, what has ended.</summary>
internal static class GpListFacts
{
    /// <summary>Appended to a list of reports, the list of their values.</summary>
    public const string Values = "/values";

    public static void Add(GpList list, GpBundle bundle, GpPatient patient, List<Fact> facts)
    {
        var version = bundle.VersionOf(list.Entry.Resource);
        if (list.Members.Count == 0 && list.ItemType == typeof(Allergy) && IsKnownToBeNone(list))
            facts.Add(new Stated($"{list.Name}|{GpLists.KnownToBeNone}", NoneKnown(patient), version, list.Name));
        var stated = facts.OfType<Stated>().Where(s => s.List == list.Name).ToList();
        facts.AddRange(GpNotice.Read(list, stated.Exists(s => GpNotice.IsDegraded(s.Item)), bundle, patient.PracticeName));
        if (!list.IsWhole)
            return;

        // A member that could not be read is still a member, and one of several values has keys of its own.
        var keys = list.Members.Select(m => GpBundle.KeyOf(m)!).Concat(stated.Select(s => s.Key)).ToHashSet(StringComparer.Ordinal);
        facts.Add(new ListStated(list.Name, list.ItemType, [.. keys], version));
        if (list.ItemType != typeof(Report))
            return;
        var values = facts.OfType<Stated>().Where(s => s.List == list.Name + Values).Select(s => s.Key).ToList();
        facts.Add(new ListStated(list.Name + Values, typeof(Result), values, version));
    }

    private static bool IsKnownToBeNone(GpList list) =>
        Concepts.Codes(((R4.List)list.Entry.Resource).EmptyReason).Contains(GpLists.KnownToBeNone);

    /// <summary>"None known" as the reason of an empty list is a statement, as the code for it is.</summary>
    private static Allergy NoneKnown(GpPatient patient) => new()
    {
        Kind = AllergyKind.NoKnownAllergies,
        Substance = "No known allergies",
        Status = AllergyStatus.Active,
        Organisation = patient.PracticeName,
    };
}
