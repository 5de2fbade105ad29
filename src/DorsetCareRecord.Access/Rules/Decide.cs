using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Rules;

/// <summary>
/// Who sees which section: a pure function, denying unless a row below says yes. The rows follow the least-privilege
/// preset of the access model (GP Connect's restricted view for social workers, community pharmacy's access record).
/// </summary>
public static class Decide
{
    private static readonly Dictionary<(Role, Section), Extent> Table = new()
    {
        [(Role.Clinician, Section.Demographics)] = Extent.All,
        [(Role.Clinician, Section.Flags)] = Extent.All,
        [(Role.Clinician, Section.Problems)] = Extent.All,
        [(Role.Clinician, Section.Medicines)] = Extent.All,
        [(Role.Clinician, Section.Allergies)] = Extent.All,
        [(Role.Clinician, Section.Results)] = Extent.All,
        [(Role.Clinician, Section.NextOfKin)] = Extent.All,
        [(Role.Clinician, Section.Care)] = Extent.All,
        [(Role.Clinician, Section.Letters)] = Extent.All,
        [(Role.Clinician, Section.Encounters)] = Extent.All,
        [(Role.Clinician, Section.Immunisations)] = Extent.All,

        [(Role.Nurse, Section.Demographics)] = Extent.All,
        [(Role.Nurse, Section.Flags)] = Extent.All,
        [(Role.Nurse, Section.Problems)] = Extent.All,
        [(Role.Nurse, Section.Medicines)] = Extent.All,
        [(Role.Nurse, Section.Allergies)] = Extent.All,
        [(Role.Nurse, Section.Results)] = Extent.All,
        [(Role.Nurse, Section.NextOfKin)] = Extent.All,
        [(Role.Nurse, Section.Care)] = Extent.All,
        [(Role.Nurse, Section.Letters)] = Extent.All,
        [(Role.Nurse, Section.Encounters)] = Extent.All,
        [(Role.Nurse, Section.Immunisations)] = Extent.All,

        [(Role.SocialWorker, Section.Demographics)] = Extent.All,
        [(Role.SocialWorker, Section.Flags)] = Extent.All,
        [(Role.SocialWorker, Section.Problems)] = Extent.ActiveOnly,
        [(Role.SocialWorker, Section.Medicines)] = Extent.All,
        [(Role.SocialWorker, Section.Allergies)] = Extent.All,
        [(Role.SocialWorker, Section.NextOfKin)] = Extent.All,
        [(Role.SocialWorker, Section.Care)] = Extent.All,
        [(Role.SocialWorker, Section.Letters)] = Extent.DischargeOnly,
        [(Role.SocialWorker, Section.Encounters)] = Extent.DateAndService,

        [(Role.Pharmacist, Section.Demographics)] = Extent.All,
        [(Role.Pharmacist, Section.Flags)] = Extent.All,
        [(Role.Pharmacist, Section.Problems)] = Extent.All,
        [(Role.Pharmacist, Section.Medicines)] = Extent.All,
        [(Role.Pharmacist, Section.Allergies)] = Extent.All,
        [(Role.Pharmacist, Section.Results)] = Extent.All,
        [(Role.Pharmacist, Section.Letters)] = Extent.DischargeOnly,
        [(Role.Pharmacist, Section.Encounters)] = Extent.LastThree,
        [(Role.Pharmacist, Section.Immunisations)] = Extent.All,

        [(Role.Clerical, Section.Demographics)] = Extent.All,
        [(Role.Clerical, Section.Flags)] = Extent.All,
        [(Role.Clerical, Section.NextOfKin)] = Extent.All,
        [(Role.Clerical, Section.Encounters)] = Extent.DatesOnly,
    };

    /// <summary>What of a section a role may see.</summary>
    public static Decision Of(Role role, Section section) => Table.TryGetValue((role, section), out var extent)
        ? new Decision(extent, $"role:{role.Name()}:{extent}")
        : new Decision(Extent.None, "no-rule");

    /// <summary>May the role look for people and open records at all? Only when it may know who the person is.</summary>
    public static bool MayOpenRecords(Role role) => Of(role, Section.Demographics).IsAllowed;

    /// <summary>May the role look after its own organisation's accounts?</summary>
    public static bool MayAdministerAccounts(Role role) => role == Role.Admin;

    /// <summary>May the role ask the worker for acts and read messages for repair?</summary>
    public static bool MayWorkFeeds(Role role) => role == Role.Operator;

    /// <summary>May the role see how feeds fare: all of them, or those of its own organisation? No content in either case.</summary>
    public static bool MaySeeFeeds(Role role) => MayWorkFeeds(role) || role == Role.Admin;
}
