using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources.SystemC;

/// <summary>
/// System C Medway (CareFlow) at Dorset County Hospital: HL7 2.4 after the HL7 UK A.2 profile, with ZU1 and ZU3. Outpatient
/// bookings come as A05 and cancellations as A38; a rescheduling is a cancellation and a booking with another number. The status
/// of the NHS number stands in the check digit's component of PID-2. Whether a patient attended is not sent.
/// </summary>
internal static class SystemCProfile
{
    public static Profile Profile { get; } = new()
    {
        Source = SourceCodes.SystemC,
        OwnNamespaces = ["RBD"],
        LocationOf = MedwayClinic.LocationOf,
        OutcomeOf = MedwayAttendance.OutcomeOf,
    };
}
