namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>The inbox could not store a delivery, or cannot tell whether it did: the door must not acknowledge.</summary>
public sealed class InboxUnavailableException(string message, Exception? cause) : Exception(message, cause);
