using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Documents;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>MDM^T02: a letter with its content (HL7 v2.4 chapter 9).</summary>
internal static class DocumentMessages
{
    public static Hl7Message Letter(HospitalDialect dialect, HospitalLetter letter, History history, Registration registration, string id)
    {
        var message = new Hl7Message();
        dialect.Header(message, "MDM", "T02", letter.Written, id, Speaker.Documents);
        var evn = message.Add("EVN");
        evn[1] = "T02";
        evn[2] = Encoded.Time(letter.Written);
        dialect.Patient(message, history, registration, letter.Written);
        var visit = history.Visits.FirstOrDefault(visit => visit.Number == letter.VisitNumber);
        if (visit is not null)
            dialect.Visit(message, visit, history);

        var format = dialect.FormatOf(letter.Kind);
        var number = ResultMessages.FillerNumber(letter.Key, letter.Written);
        var txa = message.Add("TXA");
        txa[1] = "1";
        txa[2] = letter.Kind switch
        {
            LetterKind.Discharge => Encoded.Components("DS", letter.Title),
            LetterKind.Emergency => Encoded.Components("ED", letter.Title),
            _ => Encoded.Components("CL", letter.Title),
        };
        txa[3] = format is LetterFormat.FormattedText or LetterFormat.Lines ? "TX" : "AP";
        txa[4] = Encoded.Time(letter.Written);
        txa[5] = dialect.Doctor(letter.Author, isGp: false);
        txa[6] = Encoded.Time(letter.Written);
        txa[9] = dialect.Doctor(letter.Author, isGp: false);
        txa[12] = Encoded.Components(number, dialect.Trust);
        txa[16] = $"{number}.{Extension(format)}";
        txa[17] = "AU";
        txa[19] = "AV";
        Content(message, letter, format);
        return message;
    }

    private static void Content(Hl7Message message, HospitalLetter letter, LetterFormat format)
    {
        switch (format)
        {
            case LetterFormat.Lines:
                var lines = PlainText.Lines(letter.Text);
                for (var n = 1; n <= lines.Count; n++)
                    Add(message, n, "TX", letter, lines[n - 1]);
                break;
            case LetterFormat.FormattedText:
                Add(message, 1, "FT", letter, string.Join('\n', PlainText.Lines(letter.Text)));
                break;
            case LetterFormat.Html:
                Add(message, 1, "ED", letter, Data("TEXT", "HTML", HtmlDocument.Write(letter.Title, letter.Text)));
                break;
            case LetterFormat.Rtf:
                Add(message, 1, "ED", letter, Data("AP", "RTF", RtfDocument.Write(letter.Title, letter.Text)));
                break;
            case LetterFormat.Pdf:
                Add(message, 1, "ED", letter, Data("AP", "PDF", PdfDocument.Write(letter.Title, letter.Text)));
                break;
        }
    }

    // Source application, type, subtype, encoding, data: five components.
    private static Encoded Data(string type, string subtype, byte[] bytes) =>
        Encoded.Components("EDOCS", type, subtype, "Base64", Convert.ToBase64String(bytes));

    private static void Add(Hl7Message message, int n, string type, HospitalLetter letter, Encoded value)
    {
        var obx = message.Add("OBX");
        obx[1] = People.Number(n);
        obx[2] = type;
        obx[3] = Encoded.Components(letter.Kind.ToString().ToUpperInvariant(), letter.Title, "L");
        obx[5] = value;
        obx[11] = "F";
    }

    private static string Extension(LetterFormat format) => format switch
    {
        LetterFormat.Html => "html",
        LetterFormat.Rtf => "rtf",
        LetterFormat.Pdf => "pdf",
        _ => "txt",
    };
}
