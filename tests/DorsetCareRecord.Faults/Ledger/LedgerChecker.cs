using DorsetCareRecord.Feeds.Inbox;

namespace DorsetCareRecord.Faults.Ledger;

/// <summary>
/// Holds the sender's journal against the inbox. The inbox keeps every delivery, duplicates too, so a digest may have as many rows as it was
/// sent, must have as many as were acknowledged, and exactly one of them is new.
/// </summary>
internal static class LedgerChecker
{
    private const int Shown = 12;

    public static IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) =>
    [
        .. First(NothingLost(journal, inbox)),
        .. First(NothingInvented(journal, inbox)),
        .. First(EachInOneState(inbox)),
        .. First(OnceOnly(inbox)),
        .. First(ReuseIsFlagged(inbox)),
    ];

    /// <summary>C1: each acknowledgement is covered by a row of its own.</summary>
    private static IEnumerable<Finding> NothingLost(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        var rows = inbox.CountBy(r => (r.Source, r.Sha256)).ToDictionary();
        foreach (var sent in journal.Where(s => s.IsAccepted).CountBy(s => (s.Source, s.Sha256)))
        {
            var stored = rows.GetValueOrDefault(sent.Key);
            if (stored < sent.Value)
                yield return new Finding("C1", $"{sent.Key.Source} {sent.Key.Sha256[..12]}: acknowledged {sent.Value} times, stored {stored} times");
        }
    }

    /// <summary>C1, the other way: no row that nobody sent (a partial frame), and none more often than it was sent.</summary>
    private static IEnumerable<Finding> NothingInvented(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        var sends = journal.CountBy(s => (s.Source, s.Sha256)).ToDictionary();
        foreach (var stored in inbox.Where(r => r.Format == Formats.Hl7v2).CountBy(r => (r.Source, r.Sha256)))
        {
            var sent = sends.GetValueOrDefault(stored.Key);
            if (stored.Value > sent)
                yield return new Finding("C1", $"{stored.Key.Source} {stored.Key.Sha256[..12]}: sent {sent} times, stored {stored.Value} times");
        }
    }

    /// <summary>C2: exactly one state; whatever is parked says why; a duplicate is of an earlier message with the same bytes that is none.</summary>
    private static IEnumerable<Finding> EachInOneState(IReadOnlyList<InboxRow> inbox)
    {
        var byId = inbox.ToDictionary(r => r.Id);
        foreach (var row in inbox)
        {
            if (row.States != 1)
                yield return new Finding("C2", $"message {row.Id} is in {row.States} states");
            if (row.Outcome is null && string.IsNullOrEmpty(row.ParkedFor))
                yield return new Finding("C2", $"message {row.Id} has no outcome and no reason");
            if (row.Outcome == "duplicate" && !(row.DuplicateOf < row.Id && byId.TryGetValue(row.DuplicateOf.Value, out var first)
                && first.Sha256 == row.Sha256 && first.Outcome != "duplicate"))
                yield return new Finding("C2", $"message {row.Id} is called a duplicate of {row.DuplicateOf}, which it is not");
        }
    }

    /// <summary>C4: of all rows with one control id and the same bytes, one is new and the others are duplicates.</summary>
    private static IEnumerable<Finding> OnceOnly(IReadOnlyList<InboxRow> inbox)
    {
        foreach (var same in inbox.Where(r => r.Format == Formats.Hl7v2).GroupBy(r => (r.Source, r.Control, r.Scope, r.Sha256)))
        {
            var news = same.Count(r => r.Outcome != "duplicate");
            if (news != 1)
                yield return new Finding("C4", $"{same.Key.Source} {same.Key.Sha256[..12]}: taken as new {news} times");
        }
    }

    /// <summary>C4: another body under a control id already used is news, and says that the id was used.</summary>
    private static IEnumerable<Finding> ReuseIsFlagged(IReadOnlyList<InboxRow> inbox)
    {
        foreach (var reused in inbox.Where(r => r is { Format: Formats.Hl7v2, Control: not null } && r.Outcome is not null and not "duplicate")
            .GroupBy(r => (r.Source, r.Control, r.Scope)).Where(g => g.Select(r => r.Sha256).Distinct().Count() > 1))
        {
            foreach (var row in reused.Skip(1).Where(r => !r.IsFlaggedReused))
                yield return new Finding("C4", $"message {row.Id} reused a control id and is not flagged");
        }
    }

    /// <summary>A broken build breaks everything at once; the first few tell it.</summary>
    private static List<Finding> First(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        return all.Count <= Shown ? all : [.. all.Take(Shown), new Finding(all[0].Check, $"... and {all.Count - Shown} more")];
    }
}
