using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>MSH-9: what a message is and what triggered it. The structure (MSH-9.3) is often absent and never needed.</summary>
internal readonly record struct MessageType(string? Name, string Trigger)
{
    public static MessageType Of(Message message)
    {
        var field = message.Header[9];
        var name = field.TextOf(1)?.ToUpperInvariant();
        var trigger = field.TextOf(2)?.ToUpperInvariant();
        // Some senders write the structure where the type belongs.
        if (trigger is null && name is { Length: 7 } && name[3] == '_')
            (name, trigger) = (name[..3], name[4..]);
        return new MessageType(name, trigger ?? (name == "ADT" ? message.First("EVN")[1].Text?.ToUpperInvariant() : null) ?? "");
    }
}
