using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Whose a parked message is, as far as it can be read: their readers are told that something is missing (hazard H17). The source's own
/// local ids, never shown.
/// </summary>
internal static class ParkedPatients
{
    private const int Most = 50;

    public static string[] Of(InboxMessage message)
    {
        if (Adapters.Read(message) is Understood understood)
            return [.. understood.Patients.Select(p => p.Patient.Id).Distinct().Take(Most)];
        return message.Format == Formats.Hl7v2 && Profiles.Has(message.Source)
            && QuickLook.At(message.Body.Span, Profiles.Of(message.Source)).Patient is { } patient ? [patient] : [];
    }
}
