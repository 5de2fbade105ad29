using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Rules;

/// <summary>
/// What a new database begins with: two presets of who sees what, the switches, and the national codes. They are seed and
/// nothing else: what counts is what the tables say, and a table emptied shows nobody anything.
/// <c>least-privilege</c> follows GP Connect's restricted view for social workers and the community pharmacy's access record;
/// <c>dorset-flat</c> follows what the county's own pages say, that professionals of health and social care see the same.
/// </summary>
internal static class Presets
{
    internal const string LeastPrivilege = "least-privilege";
    internal const string DorsetFlat = "dorset-flat";

    private static readonly Category[] Sections = [.. Enum.GetValues<Section>().Select(Categories.Of)];

    private static readonly Role[] Professionals = [Role.Clinician, Role.Nurse, Role.Pharmacist, Role.SocialWorker];

    internal static IEnumerable<(string Preset, Role Role, Category Category, Extent Extent)> Cells =>
    [
        .. Least.Select(cell => (LeastPrivilege, cell.Role, cell.Category, cell.Extent)),
        .. Flat.Select(cell => (DorsetFlat, cell.Role, cell.Category, cell.Extent)),
    ];

    internal static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        (SettingNames.Relationship, "discussion-to-view"),
        (SettingNames.RelationshipMonths, "12"),
        (SettingNames.BreakGlassRoles, "clinician nurse socialworker"),
        (SettingNames.BreakGlassHours, "4"),
        (SettingNames.OwnPreset, LeastPrivilege),
    ];

    private static IEnumerable<(Role Role, Category Category, Extent Extent)> Least =>
    [
        .. Sections.Select(section => (Role.Clinician, section, Extent.All)),
        .. Sections.Select(section => (Role.Nurse, section, Extent.All)),
        (Role.SocialWorker, Category.Demographics, Extent.All),
        (Role.SocialWorker, Category.Flags, Extent.All),
        (Role.SocialWorker, Category.Problems, Extent.ActiveOnly),
        (Role.SocialWorker, Category.Medicines, Extent.All),
        (Role.SocialWorker, Category.Allergies, Extent.All),
        (Role.SocialWorker, Category.NextOfKin, Extent.All),
        (Role.SocialWorker, Category.Care, Extent.All),
        (Role.SocialWorker, Category.Letters, Extent.DischargeOnly),
        (Role.SocialWorker, Category.Encounters, Extent.DateAndService),
        (Role.Pharmacist, Category.Demographics, Extent.All),
        (Role.Pharmacist, Category.Flags, Extent.All),
        (Role.Pharmacist, Category.Problems, Extent.All),
        (Role.Pharmacist, Category.Medicines, Extent.All),
        (Role.Pharmacist, Category.Allergies, Extent.All),
        (Role.Pharmacist, Category.Results, Extent.All),
        (Role.Pharmacist, Category.Letters, Extent.DischargeOnly),
        (Role.Pharmacist, Category.Encounters, Extent.LastThree),
        (Role.Pharmacist, Category.Immunisations, Extent.All),
        .. Clerical,
        .. Special,
        (Role.Nurse, Category.MentalHealth, Extent.Sealed),
    ];

    private static IEnumerable<(Role Role, Category Category, Extent Extent)> Flat =>
    [
        .. Professionals.SelectMany(role => Sections.Select(section => (role, section, Extent.All))),
        .. Clerical,
        .. Special,
        (Role.Nurse, Category.MentalHealth, Extent.All),
    ];

    private static IEnumerable<(Role Role, Category Category, Extent Extent)> Clerical =>
    [
        (Role.Clerical, Category.Demographics, Extent.All),
        (Role.Clerical, Category.Flags, Extent.All),
        (Role.Clerical, Category.NextOfKin, Extent.All),
        (Role.Clerical, Category.Encounters, Extent.DatesOnly),
    ];

    private static IEnumerable<(Role Role, Category Category, Extent Extent)> Special =>
    [
        (Role.Clinician, Category.MentalHealth, Extent.All),
        (Role.SocialWorker, Category.MentalHealth, Extent.Sealed),
        (Role.Clinician, Category.ChildrensSocialCare, Extent.Sealed),
        (Role.Nurse, Category.ChildrensSocialCare, Extent.Sealed),
        (Role.SocialWorker, Category.ChildrensSocialCare, Extent.OwnOnly),
        (Role.Clinician, Category.HomeAccess, Extent.Sealed),
        (Role.Nurse, Category.HomeAccess, Extent.Sealed),
        (Role.SocialWorker, Category.HomeAccess, Extent.OwnOnly),
        .. Professionals.Select(role => (role, Category.Excluded, Extent.Marked)),
        (Role.Clinician, Category.LabelledRestricted, Extent.Sealed),
        (Role.Nurse, Category.LabelledRestricted, Extent.Sealed),
        (Role.SocialWorker, Category.LabelledRestricted, Extent.Sealed),
        (Role.Pharmacist, Category.LabelledRestricted, Extent.Marked),
        .. Professionals.Select(role => (role, Category.LabelledVeryRestricted, Extent.Marked)),
    ];
}
