using System.Text;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// What is particular to one HL7 v2 sender. All else is shared: a sender's oddity is a value here, or a file beside its
/// profile, never a copy of the mapping.
/// </summary>
internal sealed record Profile
{
    public required string Source { get; init; }

    /// <summary>Namespaces of the source's own patient numbers: an assigning authority beginning with one is its own.</summary>
    public required IReadOnlyList<string> OwnNamespaces { get; init; }

    /// <summary>Types of identifier (CX.5) that are patient numbers here, best first.</summary>
    public IReadOnlyList<string> LocalIdTypes { get; init; } = ["HOSP", "MR", "MRN", "PI", "PT", "U"];

    public IReadOnlyList<NhsNumberShape> NhsNumberShapes { get; init; } = NhsNumberShape.Known;

    /// <summary>The character set where neither the bytes nor MSH-18 decide; null for windows-1252.</summary>
    public Encoding? Charset { get; init; }

    public bool IsOwnNamespace(string authority)
    {
        foreach (var own in OwnNamespaces)
        {
            if (authority.StartsWith(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
