using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Writing.Documents;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.County;

public sealed class HistoryTests
{
    private static readonly SyntheticCounty County = new(3, 600, new DateOnly(2026, 11, 23));
    private static readonly IReadOnlyList<History> Histories = [.. County.People.Select(County.HistoryOf)];

    [Fact]
    public void When_letters_are_written_then_every_blank_is_filled()
    {
        var letters = Histories.SelectMany(history => history.Letters).ToList();

        Assert.True(letters.Count > 200);
        Assert.All(letters, letter => Assert.DoesNotMatch(@"[{}]|\bnull\b|  \.", string.Join(' ', PlainText.Lines(letter.Text))));
        Assert.All(Histories.SelectMany(history => history.WrittenReports), report => Assert.DoesNotMatch("[{}]", string.Join(' ', report.Lines) + report.Title));
    }

    [Fact]
    public void When_something_happened_then_it_was_in_the_patients_life_and_before_today()
    {
        Assert.All(Histories, history =>
        {
            Assert.All(history.Visits.Where(visit => visit.Kind != VisitKind.Outpatient), visit => Assert.True(visit.Start < County.Midnight && (visit.End ?? visit.Start) < County.Midnight));
            Assert.All(history.Visits, visit => Assert.True(visit.End is null || visit.End > visit.Start));
            Assert.All(history.Letters, letter => Assert.True(letter.Written < County.Midnight));
            Assert.All(history.LabReports, report => Assert.True(report.Collected < report.Reported && report.Collected.Date >= history.Person.Born.ToDateTime(default)));
            Assert.All(history.Problems, problem => Assert.True(problem.Since >= history.Person.Born && (problem.Ended is null || problem.Ended >= problem.Since)));
            Assert.All(history.Medications, medication => Assert.True(medication.Ended is null || medication.Ended >= medication.Started));
        });
    }

    [Fact]
    public void When_somebody_is_allergic_then_they_are_not_given_it()
    {
        foreach (var history in Histories)
        {
            foreach (var entry in history.Allergies.Where(entry => entry is { Ended: null, Allergen.Avoid: not null }))
                Assert.DoesNotContain(history.Medications, medication => medication.Drug.Family == entry.Allergen!.Avoid);
        }

        Assert.Contains(Histories, history => history.Allergies.Any(entry => entry.IsNone));
    }

    [Fact]
    public void When_medicines_are_repeated_then_none_stands_twice()
    {
        foreach (var history in Histories)
        {
            var current = history.Medications.Where(medication => medication.IsRepeat && medication.Ended is null).Select(medication => medication.Drug.Substance).ToList();
            Assert.Equal(current.Count, current.Distinct().Count());
        }
    }

    [Fact]
    public void When_kidneys_fail_then_their_results_say_so()
    {
        var creatinine = Histories.SelectMany(history => history.LabReports.Where(report => report.Panel.Code == "UE")
            .Select(report => (Ill: history.Sufferings.Any(s => s.Ailment.Key == "ckd" && s.Since <= DateOnly.FromDateTime(report.Collected)), report.Values.First(v => v.Analyte.Key == "CREA").Number))).ToList();

        Assert.True(creatinine.Where(one => one.Ill).Average(one => one.Number) > creatinine.Where(one => !one.Ill).Average(one => one.Number) + 25);
        Assert.All(Histories.SelectMany(history => history.LabReports).SelectMany(report => report.Values), value => Assert.NotEmpty(value.Text));
    }

    [Fact]
    public void When_a_county_is_told_then_every_part_of_a_record_is_there()
    {
        Assert.Contains(Histories, history => history.Visits.Any(visit => visit is { Kind: VisitKind.Inpatient, End: null }));
        Assert.Contains(Histories, history => history.Visits.Any(visit => visit.CancelledAt is not null));
        Assert.Contains(Histories, history => history.WrittenReports.Any(report => !report.IsRadiology));
        Assert.Contains(Histories, history => history.Person.Died is not null);
        Assert.Contains(Histories, history => history.Council is { Services.Count: > 0, Involvements.Count: > 0 });
        Assert.Contains(Histories, history => history.Council is { Alerts.Count: > 0 });
        Assert.Contains(Histories, history => history.Council?.Relations.Any(relation => relation.Role == "MC") == true);
        Assert.Contains(Histories, history => history.Council is { Details: { Assessments.Count: > 0, Plans.Count: > 0, Homes.Count: > 0 } });
        Assert.Contains(Histories, history => history.Vaccinations.Any(one => one.IsDeclined));
        Assert.All(Histories, history => Assert.All(history.Vaccinations, one => Assert.True(one.On >= history.Person.Born && one.On < DateOnly.FromDateTime(County.Midnight))));
        Assert.InRange(Histories.Count(history => history.Council is not null) / (double)Histories.Count, 0.02, 0.15);
    }

    [Fact]
    public void When_a_life_is_told_again_then_it_is_the_same()
    {
        var again = County.HistoryOf(County.People[1]);

        Assert.Equal(Histories[1].Letters.Select(letter => string.Join('\n', PlainText.Lines(letter.Text))), again.Letters.Select(letter => string.Join('\n', PlainText.Lines(letter.Text))));
        Assert.Equal(Histories[1].LabReports.SelectMany(report => report.Values), again.LabReports.SelectMany(report => report.Values));
    }
}
