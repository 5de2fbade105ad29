using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.CareCentric;
using DorsetCareRecord.Feeds.Sources.Gp;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Sources;

/// <summary>From bytes to facts. Pure and total: the same message gives the same reading, and no bytes make it throw.</summary>
public static class Adapters
{
    /// <summary>Stored with what the adapters made; raised when any of them reads the same bytes differently.</summary>
    public const short Version = 5;

    public static Reading Read(InboxMessage message)
    {
        try
        {
            return ReaderOf(message.Source, message.Format)(message);
        }
#pragma warning disable CA1031 // An adapter's bug must park its message and nothing else; the exception's words may hold a patient's.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return new NotUnderstood(new Fault(Reasons.AdapterFault, Shape: e.GetType().Name));
        }
    }

    private static Func<InboxMessage, Reading> ReaderOf(string source, string format) => source switch
    {
        SourceCodes.Gp => GpAdapter.Read,
        _ when IsBundle(format) && CareCentricBundles.Of(source) is { } documents => documents.Read,
        _ when Profiles.Has(source) => message => Hl7Adapter.Read(message, Profiles.Of(source)),
        SourceCodes.SocialCareDorset or SourceCodes.SocialCareBournemouth or SourceCodes.SocialCarePoole => SocialCareAdapter.Read,
        _ => _ => new NotUnderstood(new Fault(Reasons.UnknownType, "source")),
    };

    private static bool IsBundle(string format) => format is Formats.FhirJson or Formats.FhirXml;
}
