namespace DorsetCareRecord.Faults.Ledger;

/// <summary>Something a check found wrong.</summary>
/// <param name="Check">C1, C2, C3, C4, C7 (docs/faults.md), or the fault's own code.</param>
/// <param name="What">In our own ids, digests and counts; nothing a message says.</param>
internal sealed record Finding(string Check, string What)
{
    public override string ToString() => $"{Check}: {What}";
}
