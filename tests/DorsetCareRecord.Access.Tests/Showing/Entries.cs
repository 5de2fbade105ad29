using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Tests.Showing;

internal static class Entries
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 2, 0, TimeSpan.Zero);

    internal static Entry<T> Of<T>(T item, string source = "gp", int daysAgo = 1, bool ended = false, string key = "k")
        where T : Item =>
        new(Guid.NewGuid(), key, source, Now.AddDays(-daysAgo), Now.AddDays(-daysAgo), 1, ended, item);

    internal static SectionView<T> Read<T>(Section section, params Entry<T>[] entries)
        where T : Item =>
        new(section, SectionState.Read, Extent.All, entries, entries.Length, Now);

    internal static SectionView<T> In<T>(Section section, SectionState state)
        where T : Item =>
        new(section, state, Extent.None, [], 0, Now);
}
