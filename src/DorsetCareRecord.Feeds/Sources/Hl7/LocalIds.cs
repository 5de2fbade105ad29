using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The source's own number of a patient, from PID-3, else PID-2, else PID-4; of a merge, from MRG-1. The source's own namespace
/// is left out and any other stands in front (<c>RAJ12|D7006372</c>), so that a laboratory that sends the bare number and a
/// patient administration system that sends it with its site mean the same patient.
/// </summary>
internal static class LocalIds
{
    /// <summary>Longer than any hospital number; what is longer is not one, and could not be indexed.</summary>
    private const int Longest = 100;

    /// <summary>HL7 table 0203: numbers of something else than a patient at a hospital.</summary>
    private static readonly string[] OfOtherThings =
        ["SS", "AN", "VN", "DL", "DLN", "PPN", "MA", "MC", "MCN", "HC", "HCN", "NIIP", "XX", "ACCT", "EN"];

    public static string? Of(Segment pid, Profile profile) =>
        InField(pid[3], 3, profile) ?? InField(pid[2], 2, profile) ?? InField(pid[4], 4, profile);

    /// <summary>Every patient number in a field of another segment (MRG-1).</summary>
    public static IReadOnlyList<string> AllOf(Piece field, Profile profile)
    {
        var all = new StatedKeys();
        foreach (var repetition in field.Repetitions)
        {
            if (Rank(repetition, 3, profile) < int.MaxValue && IdOf(repetition, profile) is { } id)
                all.TryAdd(id);
        }

        return all.All;
    }

    private static string? InField(Piece field, int number, Profile profile)
    {
        string? best = null;
        var bestRank = int.MaxValue;
        foreach (var repetition in field.Repetitions)
        {
            var rank = Rank(repetition, number, profile);
            if (rank < bestRank && IdOf(repetition, profile) is { } id)
                (best, bestRank) = (id, rank);
        }

        return best;
    }

    /// <summary>Preferred types first, then numbers without a type, then any other type.</summary>
    private static int Rank(Piece repetition, int field, Profile profile)
    {
        if (!repetition[1].HasValue || NhsNumbers.IsNhsNumber(field, repetition, profile.NhsNumberShapes))
            return int.MaxValue;
        var type = repetition.TextOf(5);
        if (type is null)
            return profile.LocalIdTypes.Count;
        for (var i = 0; i < profile.LocalIdTypes.Count; i++)
        {
            if (type.Equals(profile.LocalIdTypes[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return Array.IndexOf(OfOtherThings, type.ToUpperInvariant()) >= 0 ? int.MaxValue : profile.LocalIdTypes.Count + 1;
    }

    private static string? IdOf(Piece repetition, Profile profile)
    {
        if (repetition.TextOf(1) is not { Length: <= Longest } number)
            return null;
        var authority = repetition[4][1].Text ?? repetition[4][2].Text;
        return authority is null || profile.IsOwnNamespace(authority) ? number
            : authority.Length > Longest ? null
            : $"{authority}|{number}";
    }
}
