using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// MDM: TXA with its OBX (R26). The key is the document's unique number (TXA-12); TXA-13 names the one it adds to or replaces.
/// T11, or an availability of CA, leaves a tombstone without content at any time. A replacement (T09, T10) marks its parent superseded.
/// </summary>
internal static class LetterSegments
{
    /// <summary>More documents than anybody attaches to one letter.</summary>
    private const int MostParts = 10;

    public static void Hear(PatientGroup group, string trigger, Hearing hearing, ICollection<Fact> facts)
    {
        var txa = group.First("TXA");
        if (!txa.IsThere)
            return;

        var key = KeyOf(txa[12]) ?? KeyOf(txa[15]) ?? KeyOf(txa[14])
            ?? Keys.Of("message", hearing.Message.Header[4].Text, hearing.Message.Header[10].Text);
        var letter = Letter(group, txa, hearing);
        if (trigger == "T11" || txa[19].TextOf(1)?.ToUpperInvariant() == "CA")
        {
            // A tombstone: who acted on the letter must be able to see that it was taken back, and nobody its words.
            facts.Add(new Stated(key, letter with { Status = LetterStatus.Cancelled }, hearing.Version));
            WithdrawParts(key, from: 2, hearing, facts);
            return;
        }

        var parts = StateWithContent(group, key, letter, txa[16].Text, hearing, facts);
        if (trigger == "T08")
            WithdrawParts(key, parts + 1, hearing, facts);
        if (trigger is "T09" or "T10" && letter.Replaces is { } parent && parent != key)
            facts.Add(new Stated(parent, Superseded(letter), hearing.Version));
    }

    /// <summary>EI: the number with its namespace. Some senders fill a later component only.</summary>
    private static string? KeyOf(Piece identifier) => identifier.TextOf(1) is { } number
        ? Keys.Of(number, identifier[2][1].Text)
        : identifier.TextOf(3) ?? identifier.TextOf(2);

    private static Letter Letter(PatientGroup group, Segment txa, Hearing hearing)
    {
        var pv1 = group.First("PV1");
        var type = txa[2];
        var specialty = pv1[10].TextOf(1);
        return new Letter
        {
            Kind = KindOf(type),
            Title = TitleOf(txa, group),
            Coding = Codings.Of(type),
            Status = StatusOf(txa),
            WrittenAt = hearing.When(txa, 6) ?? hearing.When(txa, 4) ?? hearing.When(txa, 7),
            Author = Names.OfFirstClinician(txa[9]) ?? Names.OfFirstClinician(txa[5]) ?? Names.OfFirstClinician(txa[10]),
            Department = pv1[10].TextOf(2) ?? (specialty is null ? null : Specialties.NameOf(specialty) ?? specialty),
            Replaces = KeyOf(txa[13]),
            EncounterKey = EncounterSegments.KeyOf(group, hearing),
            Confidentiality = Confidentialities.OfCode(txa[18]),
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>
    /// Each document sent, and the lines of text together as one. The first has the letter's key; were there more, they are told
    /// apart by their place. A status message has none, and the content stays as it was.
    /// </summary>
    private static int StateWithContent(
        PatientGroup group, string key, Letter letter, string? fileName, Hearing hearing, ICollection<Fact> facts)
    {
        var documents = new List<Document>();
        var text = new ReportText(letter.Title);
        foreach (var obx in group.All("OBX"))
        {
            var type = ResultValue.TypeOf(obx);
            if (type == "ED" && DocumentContent.Of(obx, fileName, hearing) is { } document)
                documents.Add(document);
            else if (type == "RP")
                hearing.Remark(Reasons.Incomplete, "OBX-5", "a pointer to a document, not followed");
            else if (ResultValue.IsNarrative(type) && ResultValue.Narrative(obx[5]) is not null)
                text.Add(obx);
        }

        if (text.Text is { } words)
            documents.Add(DocumentContent.OfText(words, documents.Count == 0 ? fileName : null));
        if (documents.Count == 0)
            facts.Add(new Stated(key, letter, hearing.Version));
        if (documents.Count > MostParts)
            hearing.Remark(Reasons.TooLarge, "OBX", $"{documents.Count} documents, {MostParts} taken");
        for (var i = 0; i < Math.Min(documents.Count, MostParts); i++)
            facts.Add(new Stated(PartOf(key, i + 1), AttachedDocument.WithContent(letter, documents[i]), hearing.Version));
        return Math.Max(documents.Count, 1);
    }

    private static string PartOf(string key, int part) => part == 1 ? key : Keys.Of(key, $"#{part}");

    /// <summary>How many parts the letter had before is not known here; taking back what was never sent changes nothing.</summary>
    private static void WithdrawParts(string key, int from, Hearing hearing, ICollection<Fact> facts)
    {
        for (var part = from; part <= MostParts; part++)
            facts.Add(new Withdrawn(PartOf(key, part), typeof(Letter), hearing.Version));
    }

    private static Letter Superseded(Letter by) => new()
    {
        Kind = by.Kind,
        Title = by.Title,
        Coding = by.Coding,
        Status = LetterStatus.Superseded,
    };

    private static string TitleOf(Segment txa, PatientGroup group) =>
        Codings.WordsOf(txa[2]) ?? txa[25].Text ?? NameOf(txa[2].TextOf(1))
        ?? Codings.WordsOf(group.First("OBX")[3]) ?? txa[2].TextOf(1) ?? "Letter";

    /// <summary>HL7 table 0270, those that mean something here.</summary>
    private static string? NameOf(string? type) => type?.ToUpperInvariant() switch
    {
        "DS" => "Discharge summary",
        "CN" => "Consultation",
        "ED" => "Emergency department report",
        "HP" => "History and physical examination",
        "OP" => "Operation note",
        "PN" => "Progress note",
        "PR" => "Procedure note",
        "TS" => "Transfer summary",
        "CL" => "Clinic letter",
        "DI" => "Diagnostic imaging",
        _ => null,
    };

    private static LetterKind KindOf(Piece type)
    {
        var words = Keys.Folded(Codings.WordsOf(type));
        return type.TextOf(1)?.ToUpperInvariant() switch
        {
            "DS" or "TS" => LetterKind.Discharge,
            "CL" or "CN" => LetterKind.Clinic,
            "ED" => LetterKind.Emergency,
            "HP" => LetterKind.Assessment,
            _ when words.Contains("discharge", StringComparison.Ordinal) => LetterKind.Discharge,
            _ when words.Contains("clinic", StringComparison.Ordinal) || words.Contains("outpatient", StringComparison.Ordinal) => LetterKind.Clinic,
            _ when words.Contains("emergency", StringComparison.Ordinal) => LetterKind.Emergency,
            _ when words.Contains("assessment", StringComparison.Ordinal) => LetterKind.Assessment,
            _ => LetterKind.Other,
        };
    }

    /// <summary>TXA-19 (HL7 table 0273), then TXA-17 (0271): only an authenticated document is final.</summary>
    private static LetterStatus StatusOf(Segment txa) => txa[19].TextOf(1)?.ToUpperInvariant() switch
    {
        "OB" => LetterStatus.Superseded,
        "UN" => LetterStatus.Draft,
        _ => txa[17].TextOf(1)?.ToUpperInvariant() switch
        {
            "AU" or "LA" => LetterStatus.Final,
            "DI" or "IP" or "IN" or "PA" => LetterStatus.Draft,
            _ => LetterStatus.NotStated,
        },
    };
}
