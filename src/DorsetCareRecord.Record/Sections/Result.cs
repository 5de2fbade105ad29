using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

/// <summary>HL7 tables 0085 and 0123 as one list.</summary>
public enum ResultStatus
{
    Registered = 1,
    Preliminary = 2,
    Partial = 3,
    Final = 4,
    Corrected = 5,
    Amended = 6,
    Cancelled = 7,

    /// <summary>The source gave none: never taken for final (R22).</summary>
    NotStated = 8,

    /// <summary>Wrong patient or deleted (OBX-11 W, D): withdrawn from view at once.</summary>
    EnteredInError = 9,
}

/// <summary>One test value (OBX; Observation). Belongs to a <see cref="Report"/> by its key.</summary>
public sealed record Result : Item
{
    public override Section Section => Section.Results;

    /// <summary>Source key of the report this value is part of; null for a value that came alone.</summary>
    public string? ReportKey { get; init; }

    /// <summary>The test in the laboratory's own words.</summary>
    public required string Test { get; init; }

    public Coding? Coding { get; init; }

    /// <summary>The panel's name, so that a row can be shown without its report.</summary>
    public string? Panel { get; init; }

    /// <summary>Exactly as sent, comparator and blanks included; text results keep their lines.</summary>
    public string? Value { get; init; }

    /// <summary>The number in <see cref="Value"/> when it is one, for trends only.</summary>
    public decimal? Number { get; init; }

    /// <summary>&lt;, &gt;, &lt;=, &gt;= when the value is one-sided.</summary>
    public string? Comparator { get; init; }

    /// <summary>As the laboratory writes it; never converted.</summary>
    public string? Unit { get; init; }

    /// <summary>The reference range as sent.</summary>
    public string? Range { get; init; }

    public decimal? RangeLow { get; init; }
    public decimal? RangeHigh { get; init; }

    /// <summary>The laboratory's own flag (H, L, HH, LL, A, AA...); null when it sent none; never computed (R24).</summary>
    public string? Flag { get; init; }

    public required ResultStatus Status { get; init; }
    public ClinicalDate? TakenAt { get; init; }
    public ClinicalDate? ReportedAt { get; init; }
    public string? Laboratory { get; init; }
    public string? Specimen { get; init; }
    public string? Notes { get; init; }

    /// <summary>Place within the report, from 1.</summary>
    public int? Position { get; init; }

    /// <summary>OBX-11 U: the status became final and the value is not sent again.</summary>
    public bool? ValueNotResent { get; init; }

    public override Item LaidOver(Item? older) => ValueNotResent != true || older is not Result o ? this : o with
    {
        Status = Status,
        ReportedAt = ReportedAt ?? o.ReportedAt,
        Confidentiality = Confidentiality ?? o.Confidentiality,
        Cleared = null,
    };
}
