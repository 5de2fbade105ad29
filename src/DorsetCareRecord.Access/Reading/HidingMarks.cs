using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// The marks of <see cref="Rules.Scope"/> as a statement takes them, apart by how dear they are to look for: by a row's own label or keeping, by
/// its having no label, by a set that must be looked up.
/// </summary>
internal sealed record HidingMarks(string[] OfRow, string[] UnlabelledFeeds, string[] OfSets)
{
    private const string Unlabelled = "|label:0";

    internal static HidingMarks Of(string[] marks) => new(
        [.. marks.Where(mark => !IsOfSet(mark) && !IsUnlabelled(mark))],
        [.. marks.Where(IsUnlabelled).Select(mark => mark[..^Unlabelled.Length])],
        [.. marks.Where(IsOfSet)]);

    /// <summary>The three parameters of <see cref="Marks.Of"/>.</summary>
    internal void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = OfRow });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = UnlabelledFeeds });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = OfSets });
    }

    private static bool IsUnlabelled(string mark) => mark.EndsWith(Unlabelled, StringComparison.Ordinal);

    private static bool IsOfSet(string mark) => mark.Contains("|set:", StringComparison.Ordinal);
}
