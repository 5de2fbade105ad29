using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using Hl7.Fhir.Utility;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>GP systems: UK Core FHIR R4 bundles. What is sent and how it is heard: docs/feeds/gp.md.</summary>
internal static class GpAdapter
{
    public static Reading Read(InboxMessage message)
    {
        var (resource, fault) = BundleText.Read(message);
        if (resource is null)
            return new NotUnderstood(fault!);
        if (GpBundle.Raw(resource.TypeElement) is not ("collection" or "transaction" or "batch" or "searchset" or "document"))
            return new NotUnderstood(new Fault(Reasons.UnknownType, "Bundle.type"));

        try
        {
            return Read(new GpBundle(resource, message.ReceivedAt));
        }
        catch (CodedException)
        {
            return new NotUnderstood(new Fault(Reasons.Unreadable, "Bundle", "a value of the wrong type"));
        }
    }

    private static Reading Read(GpBundle bundle)
    {
        var patients = new GpPatients(bundle);
        if (patients.All.Count == 0)
            return new NotUnderstood(new Fault(Reasons.NoPatient, "Bundle.entry"));

        var facts = new GpFacts(bundle, patients);
        return new Understood(facts.Read(), bundle.Remarks);
    }
}
