using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// Under which id a source's patient is kept: its own number; for a sender that gives nothing but an NHS number,
/// <c>nhs|</c> and that number, which no hospital number can equal. Without either there is no patient.
/// </summary>
internal static class PatientIds
{
    public static string? Of(Segment pid, Profile profile) =>
        LocalIds.Of(pid, profile)
        ?? (NhsNumbers.Read(pid, profile.NhsNumberShapes).Number is { } number ? $"nhs|{number.Digits}" : null);
}
