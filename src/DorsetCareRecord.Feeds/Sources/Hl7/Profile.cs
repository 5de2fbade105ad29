using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// What is particular to one HL7 v2 sender. All else is shared: a sender's oddity is a value here, or a function beside its
/// profile, never a copy of the mapping.
/// </summary>
internal sealed record Profile
{
    public required string Source { get; init; }

    /// <summary>Namespaces of the source's own numbers: an assigning authority beginning with one is its own.</summary>
    public required IReadOnlyList<string> OwnNamespaces { get; init; }

    /// <summary>Types of identifier (CX.5) that are patient numbers here, best first.</summary>
    public IReadOnlyList<string> LocalIdTypes { get; init; } = ["HOSP", "PAS", "MR", "MRN", "PI", "PT", "U"];

    public IReadOnlyList<NhsNumberShape> NhsNumberShapes { get; init; } = NhsNumberShape.Known;

    /// <summary>The character set where neither the bytes nor MSH-18 decide; null for windows-1252.</summary>
    public Encoding? Charset { get; init; }

    /// <summary>Words a sender puts where it has nothing to say.</summary>
    public IReadOnlyCollection<string> Placeholders { get; init; } = ["NSP", "Not Specified", "Not Set", "Not Known", "."];

    /// <summary>PID fields with the ethnic category, best first.</summary>
    public IReadOnlyList<int> EthnicityFields { get; init; } = [22, 10];

    public IReadOnlyDictionary<string, string> Genders { get; init; } = CodeMaps.Genders;

    public IReadOnlyDictionary<string, EncounterKind> EncounterKinds { get; init; } = CodeMaps.EncounterKinds;

    /// <summary>How PV1-3 names a place, where it is not as the standard has it.</summary>
    public Func<Piece, EncounterKind?, string?> LocationOf { get; init; } = Locations.Standard;

    /// <summary>What came of an attendance, where the sender has its own segment for it.</summary>
    public Func<IReadOnlyList<Segment>, string?> OutcomeOf { get; init; } = static _ => null;

    /// <summary>The organisation an item comes from when the sender passes on what others wrote; null for its own.</summary>
    public Func<Message, string?> OriginOf { get; init; } = static _ => null;

    /// <summary>AL1, NK1 and DG1 of an ADT message are the whole list (feeds table 4.6); false where a sender sends parts.</summary>
    public bool SendsWholeLists { get; init; } = true;

    public bool IsOwnNamespace(string authority)
    {
        foreach (var own in OwnNamespaces)
        {
            if (authority.StartsWith(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public bool IsPlaceholder(string text) => Placeholders.Contains(text, StringComparer.OrdinalIgnoreCase);
}
