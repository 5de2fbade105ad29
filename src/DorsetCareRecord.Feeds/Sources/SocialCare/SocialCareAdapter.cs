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
        var (extract, mismatch) = Open(message.Source, files);
        if (extract is null)
            return new NotUnderstood(mismatch!);

        var facts = new CareFacts(message.Source, extract);
        facts.Read();
        foreach (var name in files.Keys.Where(f => f != Manifest.File && !extract.Tables.Any(t => t.Table.File.Equals(f, StringComparison.OrdinalIgnoreCase))))
            facts.Remark(new Fault(Reasons.UnknownType, Shape: $"file of {files[name].Length} bytes not in the manifest"));
        return new Understood(facts.Patients, facts.Remarks) { Contents = extract.Contents };
    }

    /// <summary>The extract, or what is wrong with it as a whole.</summary>
    public static (CareExtract? Extract, Fault? Fault) Open(string source, IReadOnlyDictionary<string, byte[]> files)
    {
        var (tables, mismatch) = Manifest.Open(source, files);
        return tables is null ? (null, mismatch) : CareExtract.Of(tables);
    }
}
