using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>Which entries a view holds, in which version, for the audit: answers "what was on the screen at 14:02?".</summary>
internal static class Shown
{
    internal static (Guid[] Entries, long[] Messages) Of(RecordView view)
    {
        var entries = new List<Guid>(256);
        var messages = new List<long>(256);
        Add(view.Demographics);
        Add(view.Flags);
        Add(view.Problems);
        Add(view.Medicines);
        Add(view.Allergies);
        Add(view.Results);
        Add(view.Reports);
        Add(view.NextOfKin);
        Add(view.Carers);
        Add(view.CareServices);
        Add(view.CareWorkers);
        Add(view.Letters);
        Add(view.Encounters);
        Add(view.Immunisations);
        Add(view.CareDetails);
        Add(view.Notices);
        return ([.. entries], [.. messages]);

        void Add<TItem>(SectionView<TItem> section)
            where TItem : Item
        {
            foreach (var entry in section.Entries)
            {
                entries.Add(entry.Id);
                messages.Add(entry.Message);
            }
        }
    }
}
