using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>What a source warns of its own list, in the words GP Connect prescribes for its readers (hazard H15).</summary>
public static class NoticeWords
{
    /// <summary>Warnings about a section, each once, with who gives it.</summary>
    public static IReadOnlyList<(NoticeKind Kind, string Text)> Of(Section section, SectionView<Notice> notices) =>
    [
        .. notices.Entries.Where(entry => entry.Item.About == section && entry.Item.IsWarning)
            .Select(entry => (entry.Item.Kind, $"{Name(entry)}: {Words(entry.Item)}")).Distinct(),
    ];

    private static string Name(Entry<Notice> entry) =>
        entry.Source == SourceCodes.Gp && entry.Item.Organisation is { } practice ? practice : Shares.Name(entry.Source);

    private static string Words(Notice notice) => notice.Kind switch
    {
        NoticeKind.ConfidentialItems => "items excluded due to confidentiality and/or patient preferences",
        NoticeKind.DataInTransit => "patient record transfer from previous practice not yet complete; information recorded before may be missing",
        NoticeKind.DataAwaitingFiling => "recent items may be missing because they await filing",
        NoticeKind.DegradedItems => "some items lost their code on the way between practices, so nothing checks them",
        NoticeKind.OtherWarning => notice.Text ?? "this list may not be complete",
        NoticeKind.NothingRecorded => "nothing is recorded in this list",
        _ => throw new ArgumentOutOfRangeException(nameof(notice)),
    };
}
