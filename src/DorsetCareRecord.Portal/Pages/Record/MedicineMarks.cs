using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>A medicine on one line of the UK rules.</summary>
internal sealed record MedicineLineMark(Medicine Medicine) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var isFirst = true;
        foreach (var part in MedicineLine.Parts(Medicine))
        {
            writer.Write(isFirst ? "" : " — ");
            isFirst = false;
            var (before, after) = part.Kind switch
            {
                MedicinePartKind.Name => ("<b>", "</b>"),
                MedicinePartKind.Dose => ("DOSE <b class=\"dcr-nowrap\">", "</b>"),
                MedicinePartKind.Instruction => ("<q>", "</q>"),
                _ => ("", ""),
            };
            writer.Write(before);
            encoder.Encode(writer, part.Text);
            writer.Write(after);
        }
    }
}

/// <summary>
/// A medicine, and below it what a reader must not miss: an allergy to it, what a hospital did to it and why, who stopped it, and
/// where another source states it differently.
/// </summary>
internal sealed record MedicineMark(MedicineGroup Group, IReadOnlyList<AllergyConflict> Conflicts) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        new MedicineLineMark(Group.Lead.Item).WriteTo(writer, encoder);
        foreach (var conflict in Conflicts)
        {
            if (conflict.Medicine.Lead.Id != Group.Lead.Id)
                continue;
            writer.Write("<span class=\"dcr-change\"><span class=\"dcr-mark dcr-mark--alert\"><svg class=\"dcr-i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#i-warn\" /></svg> Allergy recorded</span> <b>");
            encoder.Encode(writer, conflict.Allergy.Substance);
            writer.Write("</b> (");
            encoder.Encode(writer, conflict.Why);
            writer.Write(")</span>");
        }

        WriteChange(writer, encoder, Group.Lead.Item);
        if (Group.StoppedAtDischarge is { } stop)
        {
            Begin(writer, "Stopped at discharge", isStop: true);
            writer.Write(stop.Item.EndedOn is { } on ? Dates.Day(on) : Dates.Day(stop.StatedAt));
            encoder.Encode(writer, $", {Shares.Name(stop.Source)}{((stop.Item.ChangeReason ?? stop.Item.StatusReason) is { } why ? $": {why}" : "")}; "
                + $"still listed by {string.Join(", ", Group.Sources.Select(Shares.Brief))}");
            writer.Write("</span>");
        }

        if (Group.IsPrescribedElsewhere)
        {
            Begin(writer, "Prescribed elsewhere", isStop: false);
            encoder.Encode(writer, Group.Entries.Select(entry => entry.Item.Prescriber).FirstOrDefault(name => name is not null) ?? "");
            writer.Write("</span>");
        }

        for (var i = 1; i < Group.Statements.Count; i++)
            WriteOther(writer, encoder, Group.Statements[i]);
    }

    private static void WriteChange(TextWriter writer, HtmlEncoder encoder, Medicine medicine)
    {
        var (mark, isStop) = medicine switch
        {
            { Status: MedicineStatus.Suspended } => ("SUSPENDED", true),
            { Change: MedicineChange.Started } => ("Started at discharge", false),
            { Change: MedicineChange.Changed } => ("Changed at discharge", false),
            { Change: MedicineChange.Stopped } => ("Stopped at discharge", true),
            _ => (null, false),
        };
        if (mark is null)
            return;
        Begin(writer, mark, isStop);
        encoder.Encode(writer, medicine.ChangeReason ?? medicine.StatusReason ?? "no reason sent");
        writer.Write("</span>");
    }

    private void WriteOther(TextWriter writer, HtmlEncoder encoder, MedicineStatement other)
    {
        writer.Write("<span class=\"dcr-change\">");
        if (MedicineLikeness.Conflict(Group.Lead.Item, other.Lead.Item))
            writer.Write("<span class=\"dcr-mark\">Sources differ</span> ");
        encoder.Encode(writer, string.Join(", ", other.Entries.Select(entry => Shares.Brief(entry.Source)).Distinct()));
        writer.Write(other.Lead.Item.Status == MedicineStatus.Suspended ? " (suspended): " : ": ");
        new MedicineLineMark(other.Lead.Item).WriteTo(writer, encoder);
        writer.Write("</span>");
    }

    private static void Begin(TextWriter writer, string mark, bool isStop) =>
        writer.Write($"<span class=\"dcr-change\"><span class=\"dcr-mark{(isStop ? " dcr-mark--stop" : "")}\">{mark}</span> ");
}

/// <summary>Every statement of a medicine with all it says, for the list behind its sources.</summary>
internal sealed record MedicineSources(RecordPage Page, MedicineGroup Group) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => new SourcesMark(
        [.. Group.Entries.Select(entry => new SourceLine(entry.Source, entry.Item.Organisation, Dates.Day(entry.StatedAt), Words(entry),
            ReportMark.Of(Page, Section.Medicines, entry)))]).WriteTo(writer, encoder);

    private static string Words(Entry<Medicine> entry) => string.Join(", ", new[]
    {
        MedicineLine.Text(entry.Item), MedicineWords.Kind(entry.Item.Kind), MedicineWords.Status(entry),
        entry.Item.StartedOn is { } start ? $"started {Dates.Day(start)}" : null,
        entry.Item.LastIssuedOn is { } issued ? $"last issued {Dates.Day(issued)}" : null,
        entry.Item.IssuesMade is { } made ? $"{made}{(entry.Item.IssuesAllowed is { } allowed ? $" of {allowed}" : "")} issued" : null,
        entry.Item.AuthorisedUntil is { } until ? $"to be reviewed by {Dates.Day(until)}" : null,
        entry.Item.EndedOn is { } end ? $"ended {Dates.Day(end)}" : null,
        entry.Item.StatusReason, entry.Item.Prescriber, entry.Item.Notes,
    }.Where(part => !string.IsNullOrEmpty(part)));
}
