using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using Hl7.Fhir.Utility;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>FHIR bundles: UK Core R4, and GP Connect's STU3 made R4. What is sent and how it is heard: docs/feeds/gp.md.</summary>
internal static class GpAdapter
{
    public static Reading Read(InboxMessage message) => Read(message, BundleProfile.Gp);

    public static Reading Read(InboxMessage message, BundleProfile profile)
    {
        var (resource, fault) = BundleText.Read(message.Body, message.Format);
        if (resource is null)
            return new NotUnderstood(fault!);
        if (GpBundle.Raw(resource.TypeElement) is not ("collection" or "transaction" or "batch" or "searchset" or "document"))
            return new NotUnderstood(new Fault(Reasons.UnknownType, "Bundle.type"));

        try
        {
            return Read(new GpBundle(resource, message.ReceivedAt), profile);
        }
        catch (CodedException)
        {
            return new NotUnderstood(new Fault(Reasons.Unreadable, "Bundle", "a value of the wrong type"));
        }
    }

    private static Reading Read(GpBundle bundle, BundleProfile profile)
    {
        var patients = new GpPatients(bundle, profile);
        if (patients.All.Count == 0)
            return new NotUnderstood(new Fault(Reasons.NoPatient, "Bundle.entry"));

        var facts = new GpFacts(bundle, patients, profile);
        return new Understood(facts.Read(), bundle.Remarks);
    }
}
