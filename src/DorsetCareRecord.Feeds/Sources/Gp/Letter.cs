using System.Security.Cryptography;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-DocumentReference with its content, inline or as a Binary of the bundle. Nothing is fetched.</summary>
internal static class GpLetter
{
    public static Letter Read(R4.DocumentReference reference, GpEntry entry, GpBundle bundle)
    {
        var document = DocumentOf(reference, entry, bundle);
        return Heading(reference) with
        {
            Status = StatusOf(GpBundle.Raw(reference.StatusElement), GpBundle.Raw(reference.DocStatusElement)),
            WrittenAt = bundle.Date(
                (R4.PrimitiveType?)reference.Content.Select(c => c.Attachment?.CreationElement).FirstOrDefault(c => c is not null) ?? reference.DateElement,
                entry, "date"),
            Author = bundle.NamesOf(reference.Author, entry),
            Department = Concepts.TextOf(reference.Context?.PracticeSetting) ?? bundle.NameOf(reference.Custodian, entry),
            Replaces = reference.RelatesTo.Where(r => GpBundle.Raw(r.CodeElement) is "replaces" or "appends")
                .Select(r => bundle.KeyOf(r.Target, entry)).FirstOrDefault(k => k is not null),
            EncounterKey = reference.Context?.Encounter.Select(e => bundle.KeyOf(e, entry)).FirstOrDefault(k => k is not null),
            Document = document,
            ContentHash = document is null ? null : Convert.ToHexStringLower(SHA256.HashData(document.Bytes)),
            ContentType = document?.ContentType,
            ContentLength = document?.Bytes.Length,
        };
    }

    /// <summary>What it is called, without what it says.</summary>
    public static Letter Heading(R4.DocumentReference reference) => new()
    {
        Kind = KindOf(reference),
        Title = Words.Of(reference.Description)
            ?? reference.Content.Select(c => Words.Of(c.Attachment?.Title)).FirstOrDefault(t => t is not null && !Path.HasExtension(t))
            ?? Concepts.TextOf(reference.Type) ?? "Letter",
        Coding = Concepts.CodingOf(reference.Type),
        Status = LetterStatus.NotStated,
    };

    /// <summary>The key of the document this one replaces; null when it replaces none, or itself.</summary>
    public static string? Replaced(R4.DocumentReference reference, GpEntry entry, GpBundle bundle) =>
        reference.RelatesTo.Where(r => GpBundle.Raw(r.CodeElement) == "replaces")
            .Select(r => bundle.KeyOf(r.Target, entry)).FirstOrDefault(k => k is not null && k != GpBundle.KeyOf(entry));

    private static Document? DocumentOf(R4.DocumentReference reference, GpEntry entry, GpBundle bundle)
    {
        var attachments = reference.Content.Select(c => c.Attachment).OfType<R4.Attachment>().ToList();
        foreach (var attachment in attachments)
        {
            if (BytesOf(attachment, entry, bundle) is var (bytes, type) && bytes.Length > 0)
                return new Document(GpBundle.Raw(attachment.ContentTypeElement) ?? type ?? "application/octet-stream", bytes, Words.Of(attachment.Title));
        }

        if (attachments.Count > 0)
            bundle.Remark(Reasons.Incomplete, $"{entry.Place}.content", "content not in the bundle, or not base64");
        return null;
    }

    private static (byte[] Bytes, string? Type)? BytesOf(R4.Attachment attachment, GpEntry entry, GpBundle bundle)
    {
        if (Base64(attachment.DataElement) is { } inline)
            return (inline, null);
        var binary = bundle.Resolve<R4.Binary>(new R4.ResourceReference(GpBundle.Raw(attachment.UrlElement)), entry);
        return Base64(binary?.DataElement) is { } bytes ? (bytes, GpBundle.Raw(binary!.ContentTypeElement)) : null;
    }

    private static byte[]? Base64(R4.PrimitiveType? element)
    {
        if (element?.JsonValue is byte[] bytes)
            return bytes;
        if (GpBundle.Raw(element) is not { Length: > 0 } text)
            return null;
        var decoded = new byte[text.Length * 3 / 4 + 3];
        return Convert.TryFromBase64String(text, decoded, out var count) ? decoded[..count] : null;
    }

    private static LetterKind KindOf(R4.DocumentReference reference)
    {
        var words = string.Join(' ', [Concepts.TextOf(reference.Type), Concepts.TextOf(reference.Category), reference.Description]);
        return Says("discharge") ? LetterKind.Discharge
            : Says("emergency") || Says("a&e") ? LetterKind.Emergency
            : Says("clinic") || Says("outpatient") ? LetterKind.Clinic
            : Says("assessment") ? LetterKind.Assessment
            : LetterKind.Other;

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static LetterStatus StatusOf(string? status, string? document) => (status, document) switch
    {
        ("superseded", _) => LetterStatus.Superseded,
        (_, "preliminary") => LetterStatus.Draft,
        (_, "final" or "amended") or ("current", null) => LetterStatus.Final,
        _ => LetterStatus.NotStated,
    };
}
