namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>What a door received, before anything understood it.</summary>
public sealed record Delivery
{
    /// <summary>The feed's code, from the connection or credential and never from the message.</summary>
    public required string Source { get; init; }

    /// <summary>From <see cref="Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The bytes exactly as received; must not change until the delivery is accepted.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The sender's own id of the message (MSH-10, Bundle.identifier, name of the extract); null or empty when it has none.</summary>
    public string? ControlId { get; init; }

    /// <summary>Within what the control id is unique (MSH-3 and MSH-4).</summary>
    public string? ControlScope { get; init; }

    /// <summary>The source's local id of the patient as far as it can be read quickly: messages of one patient keep their
    /// order. Null puts the message in the lane of all such messages of the source.</summary>
    public string? Patient { get; init; }

    /// <summary>Address of the sender, for the operator.</summary>
    public string? Peer { get; init; }

    /// <summary>From <see cref="Loads"/> when it is history being loaded and not news; null otherwise.</summary>
    public string? Load { get; init; }
}

/// <summary>Kinds of quiet loading: nobody is told, and every time is the one the source gives.</summary>
public static class Loads
{
    /// <summary>The backload of a system that takes another's place.</summary>
    public const string Migration = "migration";
}

/// <summary>What the bytes claim to be.</summary>
public static class Formats
{
    public const string Hl7v2 = "hl7v2";
    /// <summary>What a door refused and kept for the operator: a line that says why, then the bytes. Always parked.</summary>
    public const string Hl7v2Refused = "hl7v2-refused";

    public const string FhirJson = "fhir-json";
    public const string FhirXml = "fhir-xml";

    /// <summary>A zip of a council's CSV files with their manifest, as they came.</summary>
    public const string CareExtract = "care-extract";
}
