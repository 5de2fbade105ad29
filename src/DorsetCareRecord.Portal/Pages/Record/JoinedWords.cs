using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Who joined a record to the person's (hazard H03), in words a reader can act on.</summary>
internal static class JoinedWords
{
    internal static string Of(Joined joined) => joined.By switch
    {
        JoinedBy.Merge => $"{Whose(joined)} said that two of its records are the same person",
        JoinedBy.Link => $"{Whose(joined)} linked two of its records",
        JoinedBy.Operator => $"an operator found that a record of {Whose(joined)} is the same person's",
        _ => throw new InvalidOperationException("A way to join that no page tells of."),
    };

    /// <summary>Which source it was is not said of somebody whose whereabouts are protected.</summary>
    private static string Whose(Joined joined) => joined.Source.Length == 0 ? "a source" : Shares.Name(joined.Source);
}
