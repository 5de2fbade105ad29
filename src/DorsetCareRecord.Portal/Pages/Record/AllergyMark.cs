using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>An allergy in the banner: substance, every reaction anybody named, the gravest severity, who says so and when last (PAB-0071).</summary>
internal sealed record AllergyMark(AllergyGroup Group) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<b>");
        encoder.Encode(writer, Group.Substance);
        writer.Write("</b>");
        encoder.Encode(writer, AllergyWords.Reactions(Group));
        writer.Write(" <span class=\"dcr-quiet dcr-nowrap\">(");
        encoder.Encode(writer, string.Join(", ", Group.Entries.Select(entry => Shares.Brief(entry.Source)).Distinct()));
        writer.Write($", updated <time>{Group.Updated}</time>)</span>");
    }
}

/// <summary>Every statement of an allergy, for the list behind its sources.</summary>
internal sealed record AllergySources(RecordPage Page, AllergyGroup Group) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => new SourcesMark(
        [.. Group.Entries.Select(entry => new SourceLine(entry.Source, entry.Item.Organisation, Dates.Day(entry.StatedAt), AllergyWords.Whole(entry),
            ReportMark.Of(Page, Section.Allergies, entry)))]).WriteTo(writer, encoder);
}

/// <summary>Every statement of a problem.</summary>
internal sealed record ProblemSources(RecordPage Page, ProblemGroup Group) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => new SourcesMark(
        [.. Group.Entries.Select(entry => new SourceLine(entry.Source, entry.Item.Organisation, Dates.Day(entry.StatedAt), Words(entry.Item),
            ReportMark.Of(Page, Section.Problems, entry)))]).WriteTo(writer, encoder);

    private static string Words(Problem problem) => string.Join(", ", new[]
    {
        problem.Text, problem.Kind == ProblemKind.Diagnosis ? "diagnosis" : null, problem.Significance,
        problem.OnsetOn is { } onset ? $"since {Dates.Day(onset)}" : null, problem.EndedOn is { } end ? $"ended {Dates.Day(end)}" : null,
        problem.RecordedBy is { } by ? $"recorded by {by}" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));
}
