using System.Text;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-DiagnosticReport.</summary>
internal static class GpReport
{
    public static Report Read(R4.DiagnosticReport report, GpEntry entry, GpBundle bundle) => new()
    {
        Kind = KindOf(report),
        Title = Concepts.TextOf(report.Code) ?? "Report",
        Coding = Concepts.CodingOf(report.Code),
        Status = GpResult.StatusOf(GpBundle.Raw(report.StatusElement)),
        TakenAt = bundle.Date(report.Effective as R4.PrimitiveType ?? (report.Effective as R4.Period)?.StartElement, entry, "effective"),
        ReportedAt = bundle.Date(report.IssuedElement, entry, "issued"),
        RequestedAt = bundle.Date(Request(report, entry, bundle)?.AuthoredOnElement, entry, "basedOn"),
        Requester = bundle.NameOf(Request(report, entry, bundle)?.Requester, entry),
        Laboratory = bundle.NamesOf(report.Performer, entry),
        Specimen = bundle.NamesOf(report.Specimen, entry),
        Text = TextOf(report, entry, bundle),
        Notes = Concepts.TextOf(report.ConclusionCode),
    };

    private static R4.ServiceRequest? Request(R4.DiagnosticReport report, GpEntry entry, GpBundle bundle) =>
        report.BasedOn.Select(r => bundle.Resolve<R4.ServiceRequest>(r, entry)).FirstOrDefault(r => r is not null);

    /// <summary>HL7 table 0074, diagnostic service section.</summary>
    private static ReportKind KindOf(R4.DiagnosticReport report)
    {
        foreach (var code in Concepts.Codes(report.Category))
        {
            switch (code)
            {
                case "RAD" or "RX" or "CT" or "MRI" or "NMR" or "US" or "VUS" or "RUS" or "IMG" or "NMS" or "CUS" or "imaging": return ReportKind.Radiology;
                case "MB" or "MCB" or "MYC" or "VR" or "PAR": return ReportKind.Microbiology;
                case "SP" or "PAT" or "CP" or "CYT" or "PF": return ReportKind.Histology;
                case "LAB" or "HM" or "CH" or "BLB" or "IMM" or "SR" or "TX" or "GE" or "laboratory": return ReportKind.Laboratory;
            }
        }

        return report.Result.Count > 0 ? ReportKind.Laboratory : ReportKind.Other;
    }

    private static string? TextOf(R4.DiagnosticReport report, GpEntry entry, GpBundle bundle)
    {
        var forms = new List<string?> { Words.Verbatim(report.Conclusion) };
        foreach (var form in report.PresentedForm)
        {
            if (GpBundle.Raw(form.ContentTypeElement)?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true && form.Data is { } data)
                forms.Add(Words.Verbatim(Encoding.UTF8.GetString(data)));
            else
                bundle.Remark(Reasons.Incomplete, $"{entry.Place}.presentedForm", "not plain text");
        }

        return string.Join("\n\n", forms.Where(f => !string.IsNullOrWhiteSpace(f))) is { Length: > 0 } text ? text : null;
    }
}
