using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

// Small pieces that stand in every row of a page. They write themselves: a partial view for each would cost more than the
// rest of the page. Every word of a source goes through the encoder.

/// <summary>A source as staff say it, with its name for a screen reader.</summary>
internal sealed record SourceMark(string Source, string? Organisation = null) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var name = Source == SourceCodes.Gp && Organisation is not null ? Organisation : Shares.Name(Source);
        var brief = Shares.Brief(Source);
        if (brief == name)
        {
            writer.Write("<span class=\"dcr-src\">");
            encoder.Encode(writer, name);
            writer.Write("</span>");
            return;
        }

        writer.Write("<abbr class=\"dcr-src\" title=\"");
        encoder.Encode(writer, name);
        writer.Write("\"><span aria-hidden=\"true\">");
        encoder.Encode(writer, brief);
        writer.Write("</span><span class=\"nhsuk-u-visually-hidden\">");
        encoder.Encode(writer, name);
        writer.Write("</span></abbr>");
    }
}

/// <summary>Words with dates among them, none of which breaks over a line's end.</summary>
internal sealed partial record DatedMark(string Words) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var from = 0;
        foreach (var date in Date().EnumerateMatches(Words))
        {
            encoder.Encode(writer, Words[from..date.Index]);
            writer.Write("<time>");
            writer.Write(Words.AsSpan(date.Index, date.Length));
            writer.Write("</time>");
            from = date.Index + date.Length;
        }

        encoder.Encode(writer, Words[from..]);
    }

    [GeneratedRegex(@"\b(?:[0-9]{2}-)?[A-Z][a-z]{2}-[0-9]{4}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Date();
}

/// <summary>A laboratory's flag: letter and symbol to see, a word to hear.</summary>
internal sealed record FlagMark(ResultFlag Flag) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Flag.Letter.Length == 0)
            return;
        writer.Write("<span class=\"dcr-flag\"> <span aria-hidden=\"true\">");
        encoder.Encode(writer, Flag.Letter);
        writer.Write(Flag.Symbol);
        writer.Write("</span><span class=\"nhsuk-u-visually-hidden\">");
        writer.Write(Flag.Word);
        writer.Write("</span></span>");
    }

    internal static string Class(ResultFlag flag) => flag switch
    {
        { IsCritical: true } => "dcr-ab is-critical",
        { IsAbnormal: true } => "dcr-ab",
        _ => "",
    };
}

/// <summary>Value, unit, flag and, when it is not simply final, the state of a result.</summary>
internal sealed record ValueMark(Result Result, bool IsLarge) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var flag = ResultFlag.Of(Result.Flag);
        writer.Write($"<span class=\"{FlagMark.Class(flag)}\"><span class=\"{(IsLarge ? "dcr-big" : "")}\">");
        encoder.Encode(writer, Result.Value ?? "");
        writer.Write("</span> ");
        encoder.Encode(writer, Result.Unit ?? "");
        new FlagMark(flag).WriteTo(writer, encoder);
        writer.Write("</span>");
        if (ResultWords.State(Result.Status) is { } state)
            writer.Write($" <span class=\"dcr-mark\">{state}</span>");
    }
}

/// <summary>A result in the grid: its state as one letter, its value, its flag; the unit stands at the row's head.</summary>
internal sealed record CellMark(Result Result) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var flag = ResultFlag.Of(Result.Flag);
        if (ResultWords.State(Result.Status) is { } state)
            writer.Write($"<abbr class=\"dcr-mark\" title=\"{state}\">{ResultWords.Letter(Result.Status)}</abbr> ");
        writer.Write($"<span class=\"{FlagMark.Class(flag)}\">");
        encoder.Encode(writer, Result.Value ?? "");
        new FlagMark(flag).WriteTo(writer, encoder);
        writer.Write("</span>");
    }
}

/// <summary>What a line of recent results came to.</summary>
internal sealed record OutcomeMark(RecentResult Line) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var state = ResultWords.State(Line.Status);
        if (Line.Report is null && Line.Values is [var only])
        {
            new ValueMark(only.Item, IsLarge: false).WriteTo(writer, encoder);
            return;
        }

        if (state is not null)
            writer.Write($"<span class=\"dcr-mark\">{state}</span> ");
        if (Line.Pressure is { } pressure)
        {
            writer.Write("<span class=\"dcr-nowrap\">");
            encoder.Encode(writer, pressure);
            writer.Write(Line.Abnormal > 0 ? "</span> " : "</span>");
        }

        if (Line.Abnormal > 0)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<span class=\"dcr-ab\">{Line.Abnormal} abnormal</span>"));
        else if (Line.Values.Count > 0 && Line.Pressure is null)
            writer.Write("None flagged");
        else if (state is null && Line.Values.Count == 0)
            writer.Write("Final");
    }
}

/// <summary>The state of a letter that is not simply final.</summary>
internal sealed record LetterMark(LetterStatus Status) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var (mark, isStop) = Status switch
        {
            LetterStatus.Draft => ("Draft", false),
            LetterStatus.Superseded => ("Superseded", true),
            LetterStatus.Cancelled => ("Cancelled", true),
            _ => (null, false),
        };
        if (mark is not null)
            writer.Write($"<span class=\"dcr-mark{(isStop ? " dcr-mark--stop" : "")}\">{mark}</span>");
    }
}
