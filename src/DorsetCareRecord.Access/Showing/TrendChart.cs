using System.Globalization;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>A value on the chart.</summary>
/// <param name="Laboratory">Place of its source among <see cref="TrendChart.Laboratories"/>, which gives its shape.</param>
public sealed record TrendPoint(double X, double Y, Entry<Result> Entry, ResultFlag Flag, int Laboratory);

/// <summary>A line or a moment of the axes with its words.</summary>
public sealed record TrendTick(double At, string Text);

/// <summary>
/// One test over time as a picture: points, time to scale (NHS CUI GTAB-084), the reference range as one pale area and only when all
/// values shown have the same (GTAB-174 to 183); an axis of values need not begin at nought (GTAB-100). Pure geometry in the units of
/// the picture, y downward. Values that are no numbers are not on it; the table beside it has all.
/// </summary>
public sealed record TrendChart
{
    public required double Width { get; init; }
    public required double Height { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<TrendPoint> Points { get; init; }

    /// <summary>Upper and lower edge of the range; null when none can honestly be drawn.</summary>
    public required (double Top, double Bottom)? Band { get; init; }

    public required IReadOnlyList<TrendTick> Values { get; init; }
    public required IReadOnlyList<TrendTick> Times { get; init; }

    /// <summary>Sources of the points, in order of first appearance.</summary>
    public required IReadOnlyList<string> Laboratories { get; init; }

    /// <summary>What is said of the range below the picture.</summary>
    public required string RangeText { get; init; }

    /// <summary>Null with fewer than two numbers: nothing to draw.</summary>
    public static TrendChart? Of(IEnumerable<Entry<Result>> newestFirst, TrendFrame frame)
    {
        var entries = newestFirst.Where(entry => entry.Item.Number is not null).Reverse().ToList();
        if (entries.Count < 2)
            return null;
        var range = Range(entries, out var words);
        var scale = ValueScale.Of(entries.Select(entry => (double)entry.Item.Number!.Value), range);
        var (first, last) = (ResultSeries.When(entries[0]), ResultSeries.When(entries[^1]));
        var span = Math.Max(1, (last - first).TotalSeconds);
        var laboratories = entries.Select(entry => entry.Source).Distinct().ToList();
        return new TrendChart
        {
            Width = frame.Width,
            Height = frame.Height,
            Points =
            [
                .. entries.Select(entry => new TrendPoint(
                    X(ResultSeries.When(entry)), Y((double)entry.Item.Number!.Value), entry, ResultFlag.Of(entry.Item.Flag), laboratories.IndexOf(entry.Source))),
            ],
            Band = range is var (low, high) ? (Y(Math.Min(high ?? scale.Most, scale.Most)), Y(Math.Max(low ?? scale.Least, scale.Least))) : null,
            Values = [.. scale.Ticks.Select(tick => new TrendTick(Y(tick), tick.ToString("0.###", CultureInfo.InvariantCulture)))],
            Times = [.. Moments(first, last).Select(at => new TrendTick(X(at), Dates.Day(at)))],
            Laboratories = laboratories,
            RangeText = words,
        };

        double X(DateTimeOffset at) => Round(frame.Left + (frame.Width - frame.Left - frame.Right) * (at - first).TotalSeconds / span);
        double Y(double value) => Round(frame.Top + (frame.Height - frame.Top - frame.Bottom) * (scale.Most - value) / (scale.Most - scale.Least));
    }

    private static (double? Low, double? High)? Range(List<Entry<Result>> entries, out string words)
    {
        var ranges = entries.Select(entry => (entry.Item.RangeLow, entry.Item.RangeHigh)).Distinct().ToList();
        if (ranges is not [var (low, high)])
        {
            words = "Not all of these values have the same reference range, so none is drawn; see the table.";
            return null;
        }

        words = low is null && high is null ? "No range supplied." : $"Pale area: reference range {ResultWords.Range(entries[^1].Item)}, as the laboratory gives it for this person.";
        return low is null && high is null ? null : ((double?)low, (double?)high);
    }

    /// <summary>The first and the last, and what lies evenly between as far as words have room.</summary>
    private static IEnumerable<DateTimeOffset> Moments(DateTimeOffset first, DateTimeOffset last) =>
        last - first < TimeSpan.FromDays(2) ? [first] : [first, first + (last - first) / 2, last];

    private static double Round(double value) => Math.Round(value, 1);
}

/// <summary>The size of a picture and the room around it, in its own units.</summary>
public sealed record TrendFrame(double Width, double Height, double Left, double Right, double Top, double Bottom)
{
    /// <summary>With axes and words.</summary>
    public static TrendFrame Chart { get; } = new(380, 190, 40, 92, 12, 22);

    /// <summary>Beside a value, without words.</summary>
    public static TrendFrame Spark { get; } = new(60, 28, 3, 4, 4, 4);
}

/// <summary>An axis that holds all values and, where they are near, both ends of the range; steps of 1, 2 or 5.</summary>
internal sealed record ValueScale(double Least, double Most, IReadOnlyList<double> Ticks)
{
    internal static ValueScale Of(IEnumerable<double> values, (double? Low, double? High)? range)
    {
        var all = values.ToList();
        var (least, most) = (all.Min(), all.Max());
        // A range far away would press the values into a line; then its near edge alone is enough.
        var reach = Math.Max(most - least, Math.Abs(most) * 0.1) * 4;
        if (range?.Low is { } low && low > least - reach)
            (least, most) = (Math.Min(least, low), Math.Max(most, Math.Min(low, most + reach)));
        if (range?.High is { } high && high < most + reach)
            (least, most) = (Math.Min(least, Math.Max(high, least - reach)), Math.Max(most, high));
        if (most - least < 1e-9)
            (least, most) = (least - 1, most + 1);
        var room = (most - least) * 0.08;
        var step = Step((most - least) / 3);
        (least, most) = (least - room, most + room);
        var ticks = new List<double>();
        for (var tick = Math.Ceiling(least / step) * step; tick <= most; tick += step)
            ticks.Add(Math.Round(tick, 6));
        return new ValueScale(least, most, ticks);
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
    }
}
