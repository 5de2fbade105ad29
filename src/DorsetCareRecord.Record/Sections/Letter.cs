using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum LetterKind
{
    Discharge = 1,
    Clinic = 2,
    Emergency = 3,
    Assessment = 4,
    Other = 5,
}

public enum LetterStatus
{
    Final = 1,
    Draft = 2,
    Superseded = 3,
    Cancelled = 4,
    NotStated = 5,
}

/// <summary>A letter or document (MDM TXA; DocumentReference). Its content is stored beside the entry, by hash.</summary>
public sealed record Letter : Item
{
    public override Section Section => Section.Letters;
    public required LetterKind Kind { get; init; }
    public required string Title { get; init; }
    public Coding? Coding { get; init; }
    public required LetterStatus Status { get; init; }
    public ClinicalDate? WrittenAt { get; init; }
    public string? Author { get; init; }
    public string? Department { get; init; }

    /// <summary>Key of the letter this one replaces or adds to (TXA-13).</summary>
    public string? Replaces { get; init; }

    public string? EncounterKey { get; init; }

    /// <summary>The content as received; null when the source sent none. Not part of the version log: that keeps the hash.</summary>
    [JsonIgnore]
    public Document? Document { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal; null without content.</summary>
    public string? ContentHash { get; init; }

    public string? ContentType { get; init; }
    public int? ContentLength { get; init; }

    /// <summary>
    /// Messages about a letter's status (MDM T03, T09) do not send it again: what they leave out stays as it was. Of a cancelled letter
    /// only that it was there stays: its content is not to be read any more.
    /// </summary>
    public override Item LaidOver(Item? older)
    {
        var laid = older is not Letter o ? this : this with
        {
            Coding = Coding ?? o.Coding,
            WrittenAt = WrittenAt ?? o.WrittenAt,
            Author = Author ?? o.Author,
            Department = Department ?? o.Department,
            Replaces = Replaces ?? o.Replaces,
            EncounterKey = EncounterKey ?? o.EncounterKey,
            Organisation = Organisation ?? o.Organisation,
            Audience = Audience ?? o.Audience,
            Confidentiality = Confidentiality ?? o.Confidentiality,
            ContentHash = ContentHash ?? o.ContentHash,
            ContentType = ContentHash is null ? o.ContentType : ContentType,
            ContentLength = ContentHash is null ? o.ContentLength : ContentLength,
        };
        return Status == LetterStatus.Cancelled ? laid with { ContentHash = null, ContentType = null, ContentLength = null } : laid;
    }
}

/// <summary>Bytes exactly as received after transfer decoding, with their media type as detected and stated.</summary>
public sealed record Document(string ContentType, byte[] Bytes, string? FileName);
