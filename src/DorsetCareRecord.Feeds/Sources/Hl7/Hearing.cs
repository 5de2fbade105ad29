using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>One message while it is being understood: whose, as of when, and what was odd about it.</summary>
internal sealed class Hearing(Message message, Profile profile, DateTimeOffset receivedAt)
{
    /// <summary>A message may have thousands of faulty fields; the operator needs the first few.</summary>
    private const int MostRemarks = 50;

    /// <summary>A sender's clock this far ahead is wrong, and what it states must not outrank everything to come.</summary>
    private static readonly TimeSpan Absurd = TimeSpan.FromHours(24);

    private static readonly TimeSpan Suspicious = TimeSpan.FromMinutes(5);

    private readonly List<Fault> _remarks = [];
    private SourceVersion? _version;

    public Message Message { get; } = message;

    public Profile Profile { get; } = profile;

    public IReadOnlyList<Fault> Remarks => _remarks;

    /// <summary>
    /// The source's own time of what it states: MSH-7, else EVN-2, else the time of receipt.
    /// </summary>
    /// <remarks>
    /// MSH-7 before EVN-2 because every type of message has it, so a result and an admission of one patient compare; because
    /// EVN-2 is copied from older events by some senders; and because a TIE that holds messages back keeps MSH-7. EVN-6 is no
    /// candidate: Medway puts an appointment's time there. A time more than a day ahead of receipt is replaced by it.
    /// </remarks>
    public SourceVersion Version => _version ??= ReadVersion();

    public void Remark(string reason, string? place, string? shape = null)
    {
        if (_remarks.Count < MostRemarks)
            _remarks.Add(new Fault(reason, place, shape));
    }

    /// <summary>The text of a piece; null too when it is one of the sender's words for nothing.</summary>
    public string? Text(Piece piece) => piece.Text is { } text && !Profile.IsPlaceholder(text) ? text : null;

    /// <summary>A date and time; one that cannot be is remarked and left out, the message goes on.</summary>
    public ClinicalDate? When(Segment segment, int field, int component = 1) => Read(segment, field, component)?.ToClinicalDate();

    /// <summary>A day, whatever time the sender appended.</summary>
    public ClinicalDate? Day(Segment segment, int field) => Read(segment, field, 1)?.ToDay();

    private Timestamp? Read(Segment segment, int field, int component)
    {
        var piece = segment[field][component];
        if (Text(piece) is not { } text)
            return null;
        if (Timestamp.Read(text) is { } timestamp)
            return timestamp;
        Remark(Reasons.InvalidDate, $"{segment.Name}-{field}", Shapes.Of(text));
        return null;
    }

    private SourceVersion ReadVersion()
    {
        var stated = Read(Message.Header, 7, 1) ?? Read(Message.First("EVN"), 2, 1);
        if (stated is not { } timestamp)
            return new SourceVersion(receivedAt);
        var at = timestamp.ToInstant(receivedAt);
        var ahead = at - receivedAt;
        if (ahead > Suspicious)
            Remark(Reasons.InvalidDate, "MSH-7", $"{(long)ahead.TotalMinutes} minutes ahead");
        return new SourceVersion(ahead > Absurd ? receivedAt : at);
    }
}
