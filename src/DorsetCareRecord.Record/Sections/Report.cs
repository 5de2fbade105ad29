using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum ReportKind
{
    Laboratory = 1,
    Radiology = 2,
    Microbiology = 3,
    Histology = 4,
    Other = 5,
}

/// <summary>A laboratory panel or a report in words (ORC/OBR with its OBX; DiagnosticReport).</summary>
public sealed record Report : Item
{
    public override Section Section => Section.Results;
    public required ReportKind Kind { get; init; }
    public required string Title { get; init; }
    public Coding? Coding { get; init; }
    public required ResultStatus Status { get; init; }
    public ClinicalDate? RequestedAt { get; init; }
    public ClinicalDate? TakenAt { get; init; }
    public ClinicalDate? ReportedAt { get; init; }
    public string? Requester { get; init; }
    public string? Laboratory { get; init; }
    public string? Specimen { get; init; }

    /// <summary>The requester's own number of the order (placer order number: OBR-2, ORC-2); null when none was sent.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Asked for and not answered: stated by an order, and of no account once a report states the same.</summary>
    public bool? IsRequest { get; init; }

    /// <summary>The words of the report, its lines kept (LF). Null for a panel of values.</summary>
    public string? Text { get; init; }

    public string? Notes { get; init; }

    /// <summary>
    /// A change of status (OBX-11 U) does not send the words again; a cancelled report has none. News of an order never takes the place of
    /// its answer.
    /// </summary>
    public override Item LaidOver(Item? older) =>
        older is not Report o ? this
        : IsRequest == true && o.IsRequest != true ? o
        : o.Text is { } words && Text is null && Status != ResultStatus.Cancelled ? this with { Text = words } : this;
}
