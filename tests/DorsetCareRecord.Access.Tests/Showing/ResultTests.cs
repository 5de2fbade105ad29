using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

public sealed class ResultTests
{
    [Fact]
    public void When_units_differ_then_the_series_are_never_one()
    {
        var series = Of(Value("HbA1c", "51", "mmol/mol", 1), Value("HbA1c", "6.8", "%", 2));

        Assert.Equal(2, series.Count);
    }

    [Fact]
    public void When_two_laboratories_use_the_national_code_then_it_is_one_series_and_local_names_stay_apart()
    {
        var code = new Coding("1000651000000109", CodeSystems.SnomedCt, null);

        Assert.Single(Of(Value("Cystatin C", "4", "mg/L", 1, "systemc", code), Value("CYSC", "5", "mg/L", 2, "camis", code)));
        Assert.Equal(2, Of(Value("Cystatin C", "4", "mg/L", 1, "systemc"), Value("Cystatin C", "5", "mg/L", 2, "camis")).Count);
    }

    [Fact]
    public void When_the_latest_value_is_normal_again_then_it_is_not_among_the_abnormal()
    {
        var series = Of(Value("Sodium", "140", "mmol/L", 1), Value("Sodium", "120", "mmol/L", 5) with { Item = Item("Sodium", "120", "mmol/L", 5) with { Flag = "LL" } });

        Assert.Empty(ResultSeries.Abnormal(series, Entries.Now));
        Assert.Equal("120", series[0].Previous!.Item.Value);
    }

    [Fact]
    public void When_results_are_abnormal_then_critical_ones_lead_but_not_what_is_older_than_a_year()
    {
        var series = Of(Flagged("Potassium", 1500, "HH"), Flagged("Sodium", 3, "L"), Flagged("Urea", 40, "HH"), Flagged("Calcium", 1, "H"), Flagged("Glucose", 800, "H"));

        Assert.Equal(["Urea", "Calcium", "Sodium", "Potassium", "Glucose"], ResultSeries.Abnormal(series, Entries.Now).Select(one => one.Test));

        static Entry<Result> Flagged(string test, int daysAgo, string flag) =>
            Value(test, "1", "mmol/L", daysAgo) with { Item = Item(test, "1", "mmol/L", daysAgo) with { Flag = flag } };
    }

    [Fact]
    public void When_a_result_is_cancelled_then_it_has_no_place_in_a_series() =>
        Assert.Empty(Of(Entries.Of(Item("Sodium", "140", "mmol/L", 1) with { Status = ResultStatus.Cancelled })));

    [Fact]
    public void When_results_are_laid_out_over_time_then_the_newest_stands_at_the_right()
    {
        var grid = ResultGrid.Of(Of(Value("Sodium", "1", "mmol/L", 1), Value("Sodium", "2", "mmol/L", 2), Value("Sodium", "3", "mmol/L", 3)), columns: 2, skip: 0);

        Assert.Equal(["2", "1"], Assert.Single(Assert.Single(grid.Groups).Rows).Cells.Select(cell => cell?.Item.Value));
        Assert.Equal(3, grid.AllColumns);
    }

    [Fact]
    public void When_older_dates_are_asked_for_then_they_are_shown_and_too_far_stays_within()
    {
        var series = Of(Value("Sodium", "1", "mmol/L", 1), Value("Sodium", "2", "mmol/L", 2), Value("Sodium", "3", "mmol/L", 3));

        Assert.Equal("3", ResultGrid.Of(series, columns: 1, skip: 2).Groups[0].Rows[0].Cells[0]!.Item.Value);
        Assert.Equal("3", ResultGrid.Of(series, columns: 1, skip: 999).Groups[0].Rows[0].Cells[0]!.Item.Value);
        Assert.Equal("1", ResultGrid.Of(series, columns: 1, skip: -5).Groups[0].Rows[0].Cells[0]!.Item.Value);
    }

    [Fact]
    public void When_a_value_has_no_report_then_it_is_still_among_the_recent()
    {
        var lone = Value("HbA1c", "51", "mmol/mol", 1);
        var report = Entries.Of(new Report { Kind = ReportKind.Laboratory, Title = "FBC", Status = ResultStatus.Final }, "systemc", 2, key: "r1");
        var within = Entries.Of(Item("Hb", "104", "g/L", 2) with { ReportKey = "r1", Flag = "L" }, "systemc");

        var recent = RecentResult.Of(Entries.Read(Section.Results, report), Entries.Read(Section.Results, lone, within));

        Assert.Equal(["HbA1c", "FBC"], recent.Select(line => line.Title));
        Assert.Equal(1, recent[1].Abnormal);
    }

    [Fact]
    public void GTAB_039_The_two_pressures_of_one_measurement_are_one_line()
    {
        var recent = RecentResult.Of(Entries.Read<Report>(Section.Results), Entries.Read(Section.Results,
            Value("Diastolic arterial pressure", "76", "mmHg", 1, "gp"), Value("Systolic arterial pressure", "131", "mmHg", 1, "gp"),
            Value("Systolic arterial pressure", "119", "mmHg", 9, "gp"), Value("Diastolic arterial pressure", "65", "mmHg", 9, "systemc")));

        Assert.Equal(
            [("Blood pressure", "131/76 mmHg"), ("Systolic arterial pressure", null), ("Diastolic arterial pressure", null)],
            recent.Select(line => (line.Title, line.Pressure)));
    }

    private static IReadOnlyList<ResultSeries> Of(params Entry<Result>[] values) => ResultSeries.Of(Entries.Read(Section.Results, values));

    private static Entry<Result> Value(string test, string value, string unit, int daysAgo, string source = "systemc", Coding? coding = null) =>
        Entries.Of(Item(test, value, unit, daysAgo) with { Coding = coding }, source, daysAgo);

    private static Result Item(string test, string value, string unit, int daysAgo) => new()
    {
        Test = test, Value = value, Unit = unit, Status = ResultStatus.Final, TakenAt = ClinicalDate.OfInstant(Entries.Now.AddDays(-daysAgo)),
    };
}
