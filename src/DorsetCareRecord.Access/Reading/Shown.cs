namespace DorsetCareRecord.Access.Reading;

/// <summary>Which entries a view holds, in which version, for the audit: answers "what was on the screen at 14:02?".</summary>
internal static class Shown
{
    internal static (Guid[] Entries, long[] Messages) Of(RecordView view)
    {
        var entries = new List<Guid>(256);
        var messages = new List<long>(256);
        foreach (var entry in EverythingIn.Of(view))
        {
            entries.Add(entry.Id);
            messages.Add(entry.Message);
        }

        foreach (var allergy in view.Then?.AllergiesSince ?? [])
        {
            entries.Add(allergy.Id);
            messages.Add(allergy.Message);
        }

        return ([.. entries], [.. messages]);
    }
}
