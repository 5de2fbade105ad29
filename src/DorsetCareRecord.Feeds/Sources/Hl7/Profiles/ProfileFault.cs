namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>What is wrong in a profile, exactly enough to mend it without asking.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">Where in it, as JSONPath.</param>
/// <param name="Wrong">What is there.</param>
/// <param name="Allowed">What may be.</param>
public sealed record ProfileFault(string File, string Path, string Wrong, string Allowed)
{
    public override string ToString() => $"{File}: {Path}: {Wrong}; allowed: {Allowed}";
}

/// <summary>A profile cannot be used; every fault is listed, so that one look mends all.</summary>
public sealed class ProfileException(IReadOnlyList<ProfileFault> faults)
    : Exception("The profiles of the HL7 v2 sources cannot be used:\n" + string.Join('\n', faults))
{
    public IReadOnlyList<ProfileFault> Faults { get; } = faults;
}
