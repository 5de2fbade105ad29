using System.Globalization;
using System.Text.Encodings.Web;
using DorsetCareRecord.Access.Showing;
using Microsoft.AspNetCore.Html;

namespace DorsetCareRecord.Portal.Pages.Record;

// Pictures drawn on the server as SVG, without script or style attributes (the content policy allows neither). A point's shape tells its
// laboratory and its filling whether it was flagged, so neither rests on colour.

/// <summary>A trend with its axes. A screen reader is given the latest values in words and the table beside it.</summary>
internal sealed record ChartMark(ResultSeries Series, TrendChart Chart, string LabelledBy) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var frame = TrendFrame.Chart;
        var right = Chart.Width - frame.Right;
        var foot = Chart.Height - frame.Bottom;
        Write(writer, $"<svg class=\"dcr-chart\" viewBox=\"0 0 {Chart.Width} {Chart.Height}\" role=\"img\" aria-labelledby=\"{LabelledBy}\" focusable=\"false\">");
        if (Chart.Band is var (top, bottom))
            Write(writer, $"<rect class=\"band\" x=\"{frame.Left}\" y=\"{top}\" width=\"{right - frame.Left}\" height=\"{Math.Max(0.5, Math.Round(bottom - top, 1))}\"/>");
        foreach (var tick in Chart.Values)
            Write(writer, $"<path class=\"g\" d=\"M{frame.Left} {tick.At}H{right}\"/><text x=\"{frame.Left - 5}\" y=\"{tick.At + 4}\" text-anchor=\"end\">{tick.Text}</text>");
        Write(writer, $"<path class=\"axis\" d=\"M{frame.Left} {foot}H{right}\"/>");
        for (var i = 0; i < Chart.Times.Count; i++)
        {
            var anchor = i == 0 ? "start" : i == Chart.Times.Count - 1 ? "end" : "middle";
            Write(writer, $"<text x=\"{(i == 0 ? frame.Left - 30 : Chart.Times[i].At + (anchor == "end" ? 30 : 0))}\" y=\"{Chart.Height - 6}\" text-anchor=\"{anchor}\">{Chart.Times[i].Text}</text>");
        }

        Points.Line(writer, Chart);
        foreach (var point in Chart.Points)
        {
            Write(writer, $"<g data-x=\"{point.X}\" data-says=\"");
            encoder.Encode(writer, Says(point));
            writer.Write("\">");
            writer.Write(Points.Shape(point.Laboratory, point.X, point.Y, 4, point.Flag.IsAbnormal ? "pt is-on" : "pt"));
            writer.Write("</g>");
        }

        Write(writer, $"<path class=\"focus\" data-focus d=\"M0 {frame.Top}V{foot}\" hidden=\"\"/>");
        WriteLatest(writer, encoder, right + 8);
        writer.Write("</svg>");
    }

    /// <summary>What a point is, in one breath: value and unit, flag, when, whose; for the line that the keyboard moves (NHS CUI GTAB-057, 064).</summary>
    private static string Says(TrendPoint point)
    {
        var result = point.Entry.Item;
        var at = (result.TakenAt ?? result.ReportedAt) is { } when ? Dates.Text(when) : Dates.Moment(point.Entry.StatedAt);
        return string.Join(", ", new[] { $"{result.Value} {result.Unit}".TrimEnd(), point.Flag.Word, at, Shares.Name(point.Entry.Source) }
            .Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>The latest and the one before it always in figures, the latest the larger (NHS CUI GTAB-045 to 047).</summary>
    private void WriteLatest(TextWriter writer, HtmlEncoder encoder, double x)
    {
        var last = Chart.Points[^1];
        var before = Chart.Points[^2];
        var y = Math.Clamp(last.Y, 16, Chart.Height - 74);
        var look = last.Flag.IsAbnormal ? "last hi" : "last";
        Write(writer, $"<text class=\"{look}\" x=\"{x}\" y=\"{y + 6}\">");
        encoder.Encode(writer, last.Entry.Item.Value ?? "");
        writer.Write("</text>");
        if (last.Flag.Letter.Length > 0)
        {
            // Below the value and not behind it: a critical one would be cut at the picture's edge.
            Write(writer, $"<text class=\"{look}\" x=\"{x}\" y=\"{y += 18}\" dy=\"6\">");
            encoder.Encode(writer, $"{last.Flag.Letter}{last.Flag.Symbol}");
            writer.Write("</text>");
        }

        Write(writer, $"<text x=\"{x}\" y=\"{y + 22}\">before ");
        encoder.Encode(writer, before.Entry.Item.Value ?? "");
        Write(writer, $"</text><text x=\"{x}\" y=\"{y + 37}\">");
        encoder.Encode(writer, Series.Unit ?? "");
        writer.Write("</text>");
    }

    private static void Write(TextWriter writer, FormattableString text) => writer.Write(text.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The same in the size of a word, beside a value that is already there in figures.</summary>
internal sealed record SparkMark(TrendChart? Chart) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (Chart is null)
            return;
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"dcr-spark\" viewBox=\"0 0 {Chart.Width} {Chart.Height}\" aria-hidden=\"true\" focusable=\"false\">"));
        if (Chart.Band is var (top, bottom))
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"band\" x=\"0\" y=\"{top}\" width=\"{Chart.Width}\" height=\"{Math.Max(0.5, Math.Round(bottom - top, 1))}\"/>"));
        Points.Line(writer, Chart);
        var last = Chart.Points[^1];
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"pt is-on\" cx=\"{last.X}\" cy=\"{last.Y}\" r=\"2.5\"/></svg>"));
    }
}

/// <summary>Line and points of a trend.</summary>
file static class Points
{
    internal static void Line(TextWriter writer, TrendChart chart)
    {
        writer.Write("<path class=\"ln\" d=\"");
        for (var i = 0; i < chart.Points.Count; i++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{chart.Points[i].X} {chart.Points[i].Y}"));
        writer.Write("\"/>");
    }

    /// <summary>Circle, square, triangle, diamond; a fifth laboratory begins anew and the table tells.</summary>
    internal static string Shape(int laboratory, double x, double y, double r, string state) => (laboratory % 4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"<circle class=\"{state}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"),
        1 => string.Create(CultureInfo.InvariantCulture, $"<rect class=\"{state}\" x=\"{x - r:0.#}\" y=\"{y - r:0.#}\" width=\"{2 * r}\" height=\"{2 * r}\"/>"),
        2 => string.Create(CultureInfo.InvariantCulture, $"<path class=\"{state}\" d=\"M{x} {y - r - 1:0.#}l{r + 1} {2 * r + 1}h{-2 * r - 2}z\"/>"),
        _ => string.Create(CultureInfo.InvariantCulture, $"<path class=\"{state}\" d=\"M{x} {y - r - 1:0.#}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z\"/>"),
    };
}

/// <summary>The key of shapes below a chart.</summary>
internal sealed record ShapeMark(int Laboratory) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) =>
        writer.Write($"<svg class=\"dcr-i dcr-shape\" viewBox=\"0 0 12 12\" aria-hidden=\"true\" focusable=\"false\">{Points.Shape(Laboratory, 6, 6, 4, "pt is-on")}</svg>");
}
