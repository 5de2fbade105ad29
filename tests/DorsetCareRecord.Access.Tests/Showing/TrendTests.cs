using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>NHS CUI graphs and tables (GTAB): time to scale, one honest range, latest and previous in figures.</summary>
public sealed class TrendTests
{
    [Fact]
    public void GTAB_084_When_values_are_drawn_then_time_is_to_scale_and_points_are_where_their_values_are()
    {
        var chart = Chart(Value("4.0", 100), Value("5.0", 90), Value("6.0", 0));

        var (first, second, last) = (chart.Points[0], chart.Points[1], chart.Points[2]);
        Assert.Equal(0.1, (second.X - first.X) / (last.X - first.X), 2);
        Assert.Equal(0.5, (second.Y - first.Y) / (last.Y - first.Y), 2);
        Assert.True(last.Y < first.Y);
    }

    [Fact]
    public void GTAB_100_The_axis_of_values_need_not_begin_at_nought()
    {
        var chart = Chart(Value("134", 9) with { RangeLow = 133, RangeHigh = 146 }, Value("138", 0) with { RangeLow = 133, RangeHigh = 146 });

        Assert.All(chart.Values, tick => Assert.InRange(double.Parse(tick.Text, System.Globalization.CultureInfo.InvariantCulture), 120, 150));
    }

    [Fact]
    public void GTAB_174_When_all_values_have_one_range_then_it_is_one_area()
    {
        var chart = Chart(Value("4.0", 9), Value("6.0", 0));

        var (top, bottom) = Assert.NotNull(chart.Band);
        Assert.InRange(top, chart.Points[1].Y, chart.Points[0].Y);
        Assert.InRange(bottom, chart.Points[0].Y, chart.Height);
        Assert.Contains("3.5 - 5.3", chart.RangeText, StringComparison.Ordinal);
    }

    [Fact]
    public void GTAB_183_When_ranges_differ_then_none_is_drawn_over_another_and_the_words_say_so()
    {
        var chart = Chart(Value("4.0", 9), Value("6.0", 0) with { RangeHigh = 5.1m });

        Assert.Null(chart.Band);
        Assert.Contains("Not all of these values have the same reference range", chart.RangeText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 5.3)]
    [InlineData(3.5, null)]
    public void When_a_range_is_one_sided_then_the_area_ends_with_the_picture(double? low, double? high)
    {
        var (one, other) = (Value("4.0", 9) with { RangeLow = (decimal?)low, RangeHigh = (decimal?)high }, Value("6.0", 0) with { RangeLow = (decimal?)low, RangeHigh = (decimal?)high });

        var (top, bottom) = Assert.NotNull(Chart(one, other).Band);
        Assert.True(low is null ? bottom >= TrendFrame.Chart.Height - TrendFrame.Chart.Bottom - 0.1 : top <= TrendFrame.Chart.Top + 0.1);
    }

    [Fact]
    public void When_no_range_was_sent_then_it_is_said_and_nothing_is_drawn()
    {
        var chart = Chart(Value("4.0", 9) with { Range = null, RangeLow = null, RangeHigh = null }, Value("6.0", 0) with { Range = null, RangeLow = null, RangeHigh = null });

        Assert.Null(chart.Band);
        Assert.Equal("No range supplied.", chart.RangeText);
    }

    [Fact]
    public void When_fewer_than_two_values_are_numbers_then_there_is_no_picture() =>
        Assert.Null(TrendChart.Of([Entries.Of(Value("positive", 0) with { Number = null }), Entries.Of(Value("4.0", 5))], TrendFrame.Chart));

    [Fact]
    public void When_all_values_are_the_same_then_the_picture_still_has_a_middle()
    {
        var chart = Chart(Value("4.0", 9) with { RangeLow = null, RangeHigh = null }, Value("4.0", 0) with { RangeLow = null, RangeHigh = null });

        Assert.All(chart.Points, point => Assert.InRange(point.Y, TrendFrame.Chart.Top, TrendFrame.Chart.Height - TrendFrame.Chart.Bottom));
    }

    [Theory]
    [InlineData("< 400", "under 400")]
    [InlineData(">60", "over 60")]
    [InlineData("<=5", "up to 5")]
    [InlineData(">= 90", "from 90")]
    [InlineData("3.5 - 5.3", "3.5 - 5.3")]
    [InlineData("<see report>", "<see report>")]
    [InlineData(null, "No range supplied")]
    [InlineData(" ", "No range supplied")]
    public void When_a_range_is_one_sided_or_absent_then_words_say_it(string? sent, string shown) =>
        Assert.Equal(shown, ResultWords.Range(Value("4", 0) with { Range = sent }));

    [Fact]
    public void When_laboratories_do_a_test_of_blood_alike_then_it_is_one_series_whatever_they_call_it()
    {
        var series = Series(
            Entries.Of(Named("Potassium", "mmol/L", 1), "systemc"), Entries.Of(Named("K", "mmol/L", 2), "camis"),
            Entries.Of(Named("Serum potassium", "mmol/l", 3) with { Unit = "mmol/L" }, "carecentric"));

        Assert.Equal(["systemc", "camis", "carecentric"], Assert.Single(series).Values.Select(value => value.Source));
    }

    [Fact]
    public void GTAB_030_When_the_unit_is_another_then_the_series_is_another() =>
        Assert.Equal(2, Series(Entries.Of(Named("Creatinine", "umol/L", 1), "systemc"), Entries.Of(Named("Creatinine", "mg/dL", 2), "camis")).Count);

    [Theory]
    [InlineData("10^9/L", "10*9/L")]
    [InlineData("umol/L", "µmol/L")]
    [InlineData("umol/L", "micromol/L")]
    [InlineData("mL/min/1.73m2", "mL/min/1.73 m²")]
    public void When_a_unit_is_only_written_otherwise_then_it_is_the_same(string one, string other) =>
        Assert.Single(Series(Entries.Of(Named("Creatinine", one, 1), "systemc"), Entries.Of(Named("Creatinine", other, 2), "camis")));

    [Fact]
    public void When_case_is_meaning_then_units_stay_apart() =>
        Assert.Equal(2, Series(Entries.Of(Named("Platelets", "g/L", 1), "systemc"), Entries.Of(Named("Platelets", "G/L", 2), "camis")).Count);

    [Theory]
    [InlineData("Urine electrolytes", null)]
    [InlineData("Electrolytes", "24 h urine")]
    public void When_the_sample_is_not_blood_then_it_is_never_in_the_series_of_blood(string panel, string? specimen) =>
        Assert.Equal(2, Series(Entries.Of(Named("Potassium", "mmol/L", 1), "systemc"), Entries.Of(Named("Potassium", "mmol/L", 2) with { Panel = panel, Specimen = specimen }, "systemc")).Count);

    [Theory]
    [InlineData("UREA AND ELECTROLYTES", "Urea and electrolytes")]
    [InlineData("ANA SCREEN", "ANA screen")]
    [InlineData("FBC", "FBC")]
    [InlineData("Lipid profile", "Lipid profile")]
    [InlineData(null, "Other results")]
    public void When_a_laboratory_shouts_the_name_of_a_panel_then_it_is_a_heading_and_abbreviations_stay(string? sent, string shown) =>
        Assert.Equal(shown, ResultGrid.PanelOf(Assert.Single(Series(Entries.Of(Named("Potassium", "mmol/L", 1) with { Panel = sent })))));

    [Fact]
    public void When_a_filter_is_on_then_it_keeps_what_fits_and_what_it_does_not_know_it_does_not_use()
    {
        var all = Series(
            Entries.Of(Named("Potassium", "mmol/L", 1) with { Panel = "Urea and electrolytes", Flag = "H" }, "systemc"), Entries.Of(Named("Haemoglobin", "g/L", 400) with { Panel = "Full blood count" }, "camis"));
        var panel = ResultFilter.Panels(all).Single(one => one.Name == "Full blood count").Token;

        Assert.Equal(["Haemoglobin"], Names(new ResultFilter { Panel = panel }));
        Assert.Equal(["Potassium"], Names(new ResultFilter { Source = "systemc" }));
        Assert.Equal(["Potassium"], Names(new ResultFilter { AbnormalOnly = true }));
        Assert.Equal(["Potassium"], Names(new ResultFilter { Months = 12 }));
        Assert.Equal(2, Names(new ResultFilter { Panel = "deadbeef", Source = "nobody" }).Count);
        Assert.DoesNotContain("blood", panel, StringComparison.OrdinalIgnoreCase);

        List<string> Names(ResultFilter filter) => [.. filter.Of(all, Entries.Now).Select(series => series.Test)];
    }

    [Fact]
    public void When_a_test_was_only_requested_then_it_has_no_value_anywhere_and_is_pending()
    {
        var asked = Entries.Of(new Report { Kind = ReportKind.Laboratory, Title = "Vitamin D", Status = ResultStatus.Registered });

        var line = Assert.Single(RecentResult.Of(Entries.Read(Section.Results, asked), Entries.Read<Result>(Section.Results)));

        Assert.True(line.IsPending);
        Assert.Equal("Requested", ResultWords.State(line.Status));
        Assert.Empty(Series(Entries.Of(Named("Vitamin D", "nmol/L", 1) with { Status = ResultStatus.Registered })));
    }

    private static TrendChart Chart(params Result[] oldestFirst) =>
        TrendChart.Of(oldestFirst.Reverse().Select(result => Entries.Of(result, "systemc")), TrendFrame.Chart)!;

    private static IReadOnlyList<ResultSeries> Series(params Entry<Result>[] entries) => ResultSeries.Of(Entries.Read(Section.Results, entries));

    private static Result Named(string test, string unit, int daysAgo) => Value("4", daysAgo) with { Test = test, Unit = unit };

    private static Result Value(string value, int daysAgo) => new()
    {
        Test = "Potassium", Value = value, Number = decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null,
        Unit = "mmol/L", Range = "3.5 - 5.3", RangeLow = 3.5m, RangeHigh = 5.3m, Status = ResultStatus.Final,
        TakenAt = ClinicalDate.OfInstant(Entries.Now.AddDays(-daysAgo)),
    };
}
