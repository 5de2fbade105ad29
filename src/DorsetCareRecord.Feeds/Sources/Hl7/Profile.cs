using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>How a sender sends a list of a patient (feeds table 4.6).</summary>
internal enum ListMode
{
    /// <summary>Whole: what is no longer in it has ended.</summary>
    Snapshot = 1,

    /// <summary>One change at a time, each with its action code.</summary>
    Action = 2,

    /// <summary>Some of it at a time; nothing ends by being absent.</summary>
    Parts = 3,
}

/// <summary>Which messages book an outpatient's appointment; the other kind says it a second time and is not heard.</summary>
internal enum AppointmentStyle
{
    /// <summary>A05 and A38.</summary>
    Adt = 1,

    /// <summary>SIU.</summary>
    Siu = 2,

    /// <summary>Either, for different appointments.</summary>
    Both = 3,
}

/// <summary>
/// What is particular to one HL7 v2 sender. All else is shared: a sender's oddity is a value here, or a function beside its
/// profile, never a copy of the mapping.
/// </summary>
internal sealed record Profile
{
    public static readonly IReadOnlyDictionary<string, ListMode> StandardLists = new Dictionary<string, ListMode>
    {
        ["AL1"] = ListMode.Snapshot,
        ["NK1"] = ListMode.Snapshot,
        ["DG1"] = ListMode.Snapshot,
        ["IAM"] = ListMode.Action,
        ["PRB"] = ListMode.Action,
    };

    public required string Source { get; init; }

    /// <summary>Rises with every change of the profile.</summary>
    public int Version { get; init; }

    public required DoorRules Door { get; init; }

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

    public IReadOnlyDictionary<string, string> EthnicCategories { get; init; } = CodeMaps.EthnicCategories;

    public IReadOnlyDictionary<string, string> Relationships { get; init; } = CodeMaps.Relationships;

    /// <summary>By segment.</summary>
    public IReadOnlyDictionary<string, ListMode> Lists { get; init; } = StandardLists;

    /// <summary>What may carry alerts.</summary>
    public static readonly IReadOnlyList<string> AlertSegments = ["OBX", "ZU8"];

    /// <summary>Which segments of ADT are alerts here, of <see cref="AlertSegments"/>.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = ["OBX"];

    public AppointmentStyle Appointments { get; init; } = AppointmentStyle.Both;

    /// <summary>By type and trigger (<c>ADT^A31</c>) or by type: what the sender means where it is not what the standard says.</summary>
    public IReadOnlyDictionary<string, AdmissionEvent> Triggers { get; init; } = new Dictionary<string, AdmissionEvent>();

    public ListMode ModeOf(string segment) => Lists[segment];

    /// <summary>Whether the sender's messages of this type and trigger are to be settled unheard.</summary>
    public bool Ignores(string? type, string trigger) =>
        type is not null && (Triggers.TryGetValue($"{type}^{trigger}", out var about) || Triggers.TryGetValue(type, out about))
        && about == AdmissionEvent.NoConcern;

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
