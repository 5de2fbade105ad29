using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>What is shown of an entry.</summary>
/// <param name="Head">The latest statement; the row bears its version, message and receipt.</param>
/// <param name="Ended">The source's own list no longer has the item.</param>
internal sealed record Shown(Said Head, bool Ended);

/// <summary>
/// From what was said to what is shown: a pure function of the log and of the latest whole list. It looks only at when each
/// content was said last, because repeating a statement changes nothing (laying an item over itself gives the item), so
/// the order in which messages were processed leaves no trace.
/// </summary>
internal static class Fold
{
    /// <summary>Null when nothing is shown: nothing was said, or what was said was taken back.</summary>
    /// <param name="said">In order of their last stamps.</param>
    /// <param name="key">The entry's source key.</param>
    /// <param name="latest">The latest whole list by its name; null when the source never sent it.</param>
    public static Shown? Of(IReadOnlyList<Said> said, string key, Func<string, Listed?> latest)
    {
        if (said.Count == 0 || said[^1].IsWithdrawal)
            return null;

        var head = said[^1];
        var list = head.List is null ? null : latest(head.List);
        var ended = list is not null && head.Last.IsOutdatedBy(list.Last) && !list.Has(key);
        return new Shown(head, ended);
    }

    /// <summary>The item of what is shown: every statement laid over the one before.</summary>
    public static Item Item(IReadOnlyList<Said> said)
    {
        var item = said[^1].Item!;
        if (!IsStatedPiecemeal(item))
            return item.LaidOver(null);

        Item? laid = null;
        foreach (var statement in said)
            laid = statement.Item?.LaidOver(laid);
        return laid!;
    }

    /// <summary>Items that only ever replace the older need not read it.</summary>
    private static bool IsStatedPiecemeal(Item item) => item switch
    {
        Demographics or Encounter or Letter => true,
        Result result => result.ValueNotResent == true,
        Report report => report.Text is null,
        _ => false,
    };
}
