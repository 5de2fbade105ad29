namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>How one source's door fares in this process.</summary>
/// <param name="Peers">Open connections.</param>
/// <param name="UnendedBytes">Of frames begun and not ended: a sender that forgets its end block shows here.</param>
/// <param name="AnswerP95">Milliseconds from a frame's receipt to its answer, 95th percentile of the last few hundred; null before the first.</param>
public sealed record DoorFigures(string Source, int Peers, long UnendedBytes, double? AnswerP95);
