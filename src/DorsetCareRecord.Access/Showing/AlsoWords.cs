using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Who else reported what is shown once.</summary>
public static class AlsoWords
{
    /// <summary>Empty when nobody did; else ", also reported by" and their names.</summary>
    public static string Of<TItem>(Entry<TItem>? entry)
        where TItem : Item =>
        entry is { AlsoReportedBy.Count: > 0 } ? $", also reported by {string.Join(" and ", entry.AlsoReportedBy.Select(Shares.Name))}" : "";
}
