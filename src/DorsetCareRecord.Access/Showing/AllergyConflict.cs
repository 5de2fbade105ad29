using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// A current medicine that is, or belongs to the same class as, something the person is said to be allergic to. It points and hides
/// nothing. It compares codes, names and the short list of classes in <see cref="DrugClasses"/>, so finding none clears nothing: the
/// page says so (<see cref="Limits"/>).
/// </summary>
/// <param name="Why">What was found alike, for the reader to judge.</param>
public sealed record AllergyConflict(MedicineGroup Medicine, AllergyGroup Allergy, string Why)
{
    public const string Limits =
        "Allergies are compared with current medicines by code, by name and by a few classes of medicine. No mark does not mean that a medicine is safe.";

    /// <summary>In the order of the medicines.</summary>
    public static IReadOnlyList<AllergyConflict> Find(IReadOnlyList<MedicineGroup> current, IReadOnlyList<AllergyGroup> known)
    {
        var found = new List<AllergyConflict>();
        if (known.Count == 0)
            return found;
        var allergies = known.Select(allergy => (Allergy: allergy, Names: Names(allergy), Classes: Classes(allergy))).ToList();
        foreach (var medicine in current)
        {
            var words = $" {Likeness.Words(medicine.Lead.Item.Name)} {Likeness.Words(medicine.Lead.Item.Brand)} ";
            foreach (var (allergy, names, classes) in allergies)
            {
                if (HaveOneCode(medicine, allergy))
                    found.Add(new(medicine, allergy, "same code"));
                else if (names.Exists(name => words.Contains($" {name} ", StringComparison.Ordinal) || words.Contains($" {name}S ", StringComparison.Ordinal)))
                    found.Add(new(medicine, allergy, "same name"));
                else if (classes.Find(one => DrugClasses.Has(one, words)) is { } shared)
                    found.Add(new(medicine, allergy, $"both {shared.Name}"));
            }
        }

        return found;
    }

    private static bool HaveOneCode(MedicineGroup medicine, AllergyGroup allergy) => medicine.Entries.Any(m =>
        m.Item.Coding is { System: not null } code && allergy.Entries.Any(a => a.Item.Coding is { System: { } system } other && system == code.System && other.Code == code.Code));

    /// <summary>Names long enough to mean something: a "g" or an "in" is in every second line.</summary>
    private static List<string> Names(AllergyGroup allergy) =>
    [
        .. allergy.Entries.Select(entry => Likeness.Substance(entry.Item.Substance)).Distinct().Where(name => name.Length >= 4)
            .Select(name => name.EndsWith('S') ? name[..^1] : name),
    ];

    private static List<DrugClass> Classes(AllergyGroup allergy) =>
    [
        .. DrugClasses.All.Where(one => allergy.Entries.Any(entry => DrugClasses.Has(one, $" {Likeness.Words(entry.Item.Substance)} "))),
    ];
}
