using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Projection.Verifying;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A detail of an item that one statement left otherwise than the one before.</summary>
/// <param name="Before">Null when it said nothing of it.</param>
/// <param name="After">Null when it says nothing of it any more.</param>
public sealed record Change(string What, string? Before, string? After);

/// <summary>One statement of a source about an item.</summary>
/// <param name="StatedAt">The source's own time.</param>
/// <param name="ReceivedAt">When its message reached us.</param>
/// <param name="Message">The message's number in the inbox.</param>
/// <param name="AdapterVersion">What read the message.</param>
/// <param name="RepeatedUntil">When we last received the same again; null when never.</param>
/// <param name="IsWithdrawal">The source took the item back.</param>
/// <param name="CameLate">It was received after a statement that is newer by the source's own time.</param>
public sealed record ItemStatement(
    DateTimeOffset StatedAt, DateTimeOffset ReceivedAt, long Message, short AdapterVersion, DateTimeOffset? RepeatedUntil, bool IsWithdrawal,
    bool CameLate, IReadOnlyList<Change> Changes);

/// <summary>The change log of one item, newest first, and where it comes from.</summary>
public sealed record ItemChanges(AnyEntry Entry, IReadOnlyList<ItemStatement> Statements)
{
    /// <param name="then">What was received later is left out.</param>
    internal static ItemChanges Of(AnyEntry entry, IReadOnlyList<EntryStatement> said, DateTimeOffset? then)
    {
        var statements = new List<ItemStatement>();
        IReadOnlyList<ItemDetail> before = [];
        foreach (var one in said.Where(one => then is null || one.RecordedAt <= then))
        {
            var after = one.Showed is null ? [] : ItemWords.Of(one.Showed);
            var repeated = one.LastRecordedAt > one.RecordedAt && (then is null || one.LastRecordedAt <= then) ? one.LastRecordedAt : (DateTimeOffset?)null;
            statements.Add(new ItemStatement(one.StatedAt, one.RecordedAt, one.Message, one.AdapterVersion, repeated, one.Showed is null,
                CameLate: false, one.Showed is null ? [] : Between(before, after)));
            before = after;
        }

        for (var i = 0; i < statements.Count; i++)
            statements[i] = statements[i] with { CameLate = statements.Skip(i + 1).Any(newer => newer.ReceivedAt < statements[i].ReceivedAt) };
        statements.Reverse();
        return new ItemChanges(entry, statements);
    }

    private static IReadOnlyList<Change> Between(IReadOnlyList<ItemDetail> before, IReadOnlyList<ItemDetail> after)
    {
        var (old, now) = (before.ToDictionary(d => d.What, d => d.Says), after.ToDictionary(d => d.What, d => d.Says));
        return
        [
            .. after.Where(d => old.GetValueOrDefault(d.What) != d.Says).Select(d => new Change(d.What, old.GetValueOrDefault(d.What), d.Says)),
            .. before.Where(d => !now.ContainsKey(d.What)).Select(d => new Change(d.What, d.Says, null)),
        ];
    }
}
