namespace DorsetCareRecord.Access.Rules;

/// <summary>What a national code permits here; several rows may speak of one code.</summary>
public sealed record NationalCode(string Code, string Permission);

/// <summary>An activity that includes another: who has the one has the other.</summary>
public sealed record NationalInclusion(string Code, string Includes);

/// <summary>
/// National role-based access control: job roles (R codes) and activities (B codes), as an identity provider states them, into
/// permissions of this record. The mapping is a table; a code that is not in it means nothing, and so does no code at all.
/// </summary>
public static class NationalCodes
{
    /// <summary>
    /// Codes whose names were found in published sources (see docs/access.md); the rest an installation adds once it has
    /// read them in the national database. A job role as CIS2 sends it (<c>S8000:G8000:R8000</c>) counts by its last part.
    /// </summary>
    internal static IReadOnlyList<NationalCode> Seed { get; } =
    [
        new("R8000", "role:clinician"),
        new("R8001", "role:nurse"),
        new("R8003", "role:nurse"),
        new("R8006", "role:clerical"),
        new("R8008", "role:clerical"),
        new("R8009", "role:clerical"),
        new("R8010", "role:clerical"),
        new("R0001", "role:privacy"),
        new("R5105", "role:privacy"),
        new("B0062", "role:admin"),
        new("B0083", "activity:break-seal"),
    ];

    /// <summary>All that the codes permit, those included by others too; rings of inclusion end.</summary>
    public static IReadOnlySet<string> Permissions(
        IEnumerable<string> codes, IReadOnlyCollection<NationalCode> map, IReadOnlyCollection<NationalInclusion> inclusions)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(codes.Select(code => code[(code.LastIndexOf(':') + 1)..]));
        while (waiting.TryDequeue(out var code))
        {
            if (!held.Add(code))
                continue;
            foreach (var inclusion in inclusions.Where(inclusion => inclusion.Code == code))
                waiting.Enqueue(inclusion.Includes);
        }

        return map.Where(entry => held.Contains(entry.Code)).Select(entry => entry.Permission).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>May somebody who holds these permissions act in this role? Codes narrow what the directory gives; they never give.</summary>
    public static bool Permit(IReadOnlySet<string> permissions, Role role) => permissions.Contains($"role:{role.Name()}");
}
