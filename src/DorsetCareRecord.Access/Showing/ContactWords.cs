using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for the people around a person and for what is arranged for them.</summary>
public static class ContactWords
{
    public static string Role(Contact contact) => contact.Role switch
    {
        ContactRole.NextOfKin => "Next of kin",
        ContactRole.EmergencyContact => "Emergency contact",
        ContactRole.MainCarer => "Main carer",
        ContactRole.Carer => "Carer",
        ContactRole.LastingPowerOfAttorney => "Power of attorney (LPA)",
        ContactRole.Other => "Contact",
        _ => throw new ArgumentOutOfRangeException(nameof(contact)),
    };

    /// <summary>Finished by what its source says; one no longer in the extract is past too, and says so.</summary>
    public static bool IsPast(Entry<CareService> entry) =>
        entry.Ended || entry.Item.Status is CareServiceStatus.Finished or CareServiceStatus.NoLongerSupplied;

    public static string Status(Entry<CareService> entry) => entry.Item.Status switch
    {
        CareServiceStatus.Planned => "Planned",
        CareServiceStatus.OnHold => "On hold",
        CareServiceStatus.Finished => "Finished",
        CareServiceStatus.NoLongerSupplied => "No longer in the council's extract",
        CareServiceStatus.NotStated => "Status not stated",
        CareServiceStatus.Active => entry.Ended ? "No longer listed" : "Active",
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };
}
