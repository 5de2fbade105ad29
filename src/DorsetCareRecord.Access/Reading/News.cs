namespace DorsetCareRecord.Access.Reading;

/// <summary>What is new to a viewer since they last looked at this person, among what they may see here.</summary>
/// <param name="Since">When their last visit ended.</param>
/// <param name="Entries">True for an entry that was not there then, false for one whose content has changed.</param>
public sealed record News(DateTimeOffset Since, IReadOnlyDictionary<Guid, bool> Entries)
{
    public bool IsNew(Guid entry) => Entries.TryGetValue(entry, out var isNew) && isNew;

    public bool IsChanged(Guid entry) => Entries.TryGetValue(entry, out var isNew) && !isNew;
}
