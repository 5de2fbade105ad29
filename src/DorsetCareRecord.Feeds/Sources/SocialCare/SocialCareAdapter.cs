using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>Councils' extracts. What is sent and how it is heard: docs/feeds/socialcare.md.</summary>
internal static class SocialCareAdapter
{
    public static Reading Read(InboxMessage message)
    {
        var (files, fault) = ExtractArchive.Unpack(message.Body);
        if (files is null)
            return new NotUnderstood(fault!);
        var (tables, mismatch) = Manifest.Open(message.Source, files);
        if (tables is null)
            return new NotUnderstood(mismatch!);

        var facts = new CareFacts(message.Source);
        foreach (var table in tables)
            facts.Add(table);
        facts.StateLists(tables);
        foreach (var name in files.Keys.Where(f => f != Manifest.File && !tables.Any(t => t.Table.File.Equals(f, StringComparison.OrdinalIgnoreCase))))
            facts.Remark(new Fault(Reasons.UnknownType, Shape: $"file of {files[name].Length} bytes not in the manifest"));
        return new Understood(facts.Patients, facts.Remarks);
    }
}
