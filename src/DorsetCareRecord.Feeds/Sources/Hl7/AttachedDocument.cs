using System.Security.Cryptography;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// A document sent with a result (OBX-2 ED). A pointer to one (RP) is never followed: the door fetches nothing from addresses that
/// messages name (R27).
/// </summary>
internal static class AttachedDocument
{
    public static void Hear(
        Segment obx, string reportKey, string title, ResultStatus status, Hearing hearing, ICollection<Fact> facts)
    {
        var key = Keys.Of(reportKey, "document", obx[3][1].Text, obx[4].Text);
        if (status == ResultStatus.EnteredInError)
        {
            facts.Add(new Withdrawn(key, typeof(Letter), hearing.Version));
            return;
        }

        if (ResultValue.TypeOf(obx) == "RP")
        {
            // Named, so that nobody thinks there is none; it is to be looked for where it lies.
            hearing.Remark(Reasons.Incomplete, "OBX-5", "a pointer to a document, not followed");
            facts.Add(new Stated(key, Letter(obx, title, status, hearing), hearing.Version));
            return;
        }

        if (DocumentContent.Of(obx, fileName: null, hearing) is { } document)
            facts.Add(new Stated(key, WithContent(Letter(obx, title, status, hearing), document), hearing.Version));
    }

    public static Letter WithContent(Letter letter, Document document) => letter with
    {
        Document = document,
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(document.Bytes)),
        ContentType = document.ContentType,
        ContentLength = document.Bytes.Length,
    };

    private static Letter Letter(Segment obx, string title, ResultStatus status, Hearing hearing) => new()
    {
        Kind = LetterKind.Other,
        Title = Codings.WordsOf(obx[3]) ?? title,
        Coding = Codings.Of(obx[3]),
        Status = status is ResultStatus.Final or ResultStatus.Corrected or ResultStatus.Amended ? LetterStatus.Final
            : status is ResultStatus.Preliminary or ResultStatus.Partial or ResultStatus.Registered ? LetterStatus.Draft
            : LetterStatus.NotStated,
        WrittenAt = hearing.When(obx, 14) ?? hearing.When(obx, 19),
        Author = Names.OfFirstClinician(obx[16]),
        Organisation = hearing.Profile.OriginOf(hearing.Message),
    };
}
