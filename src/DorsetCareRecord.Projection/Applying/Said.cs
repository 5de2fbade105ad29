using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// One content of an entry and the run of statements that repeated it: a row of <c>version</c>. Without an item the source
/// took the entry back.
/// </summary>
internal sealed class Said(Stamp first, DateTimeOffset recordedAt, short adapterVersion, string? list, string? json, Item? item = null)
{
    private Item? _item = item;

    public Stamp First { get; } = first;

    public Stamp Last { get; set; } = first;

    public DateTimeOffset RecordedAt { get; } = recordedAt;

    public DateTimeOffset LastRecordedAt { get; set; } = recordedAt;

    public short AdapterVersion { get; } = adapterVersion;

    public string? List { get; } = list;

    /// <summary>Canonical text of the item; null when withdrawn.</summary>
    public string? Json { get; } = json;

    public bool IsWithdrawal => Json is null;

    /// <summary>Read from the text only when somebody needs it.</summary>
    public Item? Item => _item ??= Json is null ? null : ItemJson.Read(Json);

    public bool SaysTheSameAs(Said other) => Json == other.Json && List == other.List;
}
