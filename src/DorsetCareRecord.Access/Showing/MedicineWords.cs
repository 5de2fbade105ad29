using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for how a medicine is prescribed and how it stands.</summary>
public static class MedicineWords
{
    public static string Kind(MedicineKind kind) => kind switch
    {
        MedicineKind.Repeat => "Repeat",
        MedicineKind.Acute => "Acute",
        MedicineKind.Hospital => "Hospital",
        MedicineKind.Discharge => "Discharge",
        MedicineKind.NotStated => "Kind not stated",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Status(Entry<Medicine> entry) => entry.Ended ? "No longer listed" : entry.Item.Status switch
    {
        MedicineStatus.Active => "Active",
        MedicineStatus.Suspended => "Suspended",
        MedicineStatus.Completed => "Completed",
        MedicineStatus.Stopped => "Stopped",
        MedicineStatus.NotStated => "Status not stated",
        MedicineStatus.EnteredInError => "Entered in error",
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };
}
