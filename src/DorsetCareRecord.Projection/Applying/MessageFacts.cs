using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>What an adapter understood of one stored message, ready to be applied.</summary>
/// <param name="MessageId">Rises in the order of receipt.</param>
/// <param name="ReceivedAt">When the message was received: what it says is recorded as known from then on.</param>
/// <param name="AdapterVersion">Stored with everything made of it.</param>
public sealed record MessageFacts(
    long MessageId, DateTimeOffset ReceivedAt, short AdapterVersion, IReadOnlyList<PatientFacts> Patients)
{
    /// <summary>History being loaded, not news: open pages are not told.</summary>
    public bool IsQuiet { get; init; }
}
