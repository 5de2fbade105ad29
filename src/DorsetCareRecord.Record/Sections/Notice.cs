using System.Text.Json.Serialization;

namespace DorsetCareRecord.Record.Sections;

public enum NoticeKind
{
    /// <summary>Items the source keeps back as confidential (GP Connect <c>confidential-items</c>).</summary>
    ConfidentialItems = 1,

    /// <summary>The record is moving between practices (GP Connect <c>data-in-transit</c>).</summary>
    DataInTransit = 2,

    /// <summary>Received by the practice and not yet filed (GP Connect <c>data-awaiting-filing</c>).</summary>
    DataAwaitingFiling = 3,

    /// <summary>A warning we have no words of our own for.</summary>
    OtherWarning = 4,

    /// <summary>The source's list is empty because nothing was recorded in it. Not a statement that there is none.</summary>
    NothingRecorded = 5,

    /// <summary>Items that lost their code on the way between practices, so that no machine checks them.</summary>
    DegradedItems = 6,
}

/// <summary>What a source says of its own list: that it may lack something, or why it is empty (UKCore-List).</summary>
public sealed record Notice : Item
{
    public override Section Section => About;

    /// <summary>The section the list belongs to; the notice is for whoever may read that section.</summary>
    public required Section About { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>The list's title in the source's own words.</summary>
    public string? List { get; init; }

    /// <summary>The source's own words for its readers.</summary>
    public string? Text { get; init; }

    /// <summary>The list may lack items that exist.</summary>
    [JsonIgnore]
    public bool IsWarning => Kind != NoticeKind.NothingRecorded;
}
