using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>What came by two ways is shown once, and nothing is left out but for what is shown instead.</summary>
public sealed class ShownOnceTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly ClinicalDate Taken = ClinicalDate.OfDay(new DateOnly(2026, 11, 22));

    [Fact]
    public void When_a_result_comes_directly_and_passed_on_then_the_direct_one_speaks_for_both()
    {
        var direct = Entry("LIMS|26H1|FBC", SourceCodes.SystemC, Count());
        // The engine on the way dropped the namespace.
        var passedOn = Entry("|26H1|FBC", SourceCodes.CareCentric, Count() with { Organisation = "Dorset County Hospital" }, minutes: 5);

        foreach (var order in new[] { new[] { direct, passedOn }, [passedOn, direct] })
        {
            var view = ShownOnce.Apply(View(order, [Value(direct, "140"), Value(passedOn, "140")]));

            var shown = Assert.Single(view.Reports.Entries);
            Assert.Equal((SourceCodes.SystemC, SourceCodes.CareCentric), (shown.Source, Assert.Single(shown.AlsoReportedBy)));
            Assert.Equal(SourceCodes.SystemC, Assert.Single(view.Results.Entries).Source);
            Assert.Equal(", also reported by Poole Hospital", AlsoWords.Of(shown));
            Assert.Equal((1, 1), (view.Reports.Total, view.Results.Total));
        }
    }

    [Fact]
    public void When_a_correction_comes_by_one_way_only_then_it_is_what_is_shown()
    {
        var direct = Entry("LIMS|26H1|FBC", SourceCodes.SystemC, Count());
        var corrected = Entry("LIMS|26H1|FBC", SourceCodes.CareCentric, Count() with
        {
            Status = ResultStatus.Corrected,
            ReportedAt = ClinicalDate.OfDay(new DateOnly(2026, 11, 23)),
            Organisation = "Dorset County Hospital",
        });

        Assert.Equal(corrected.Id, Assert.Single(ShownOnce.Apply(View([direct, corrected], [])).Reports.Entries).Id);
    }

    [Theory]
    [InlineData("LIMS|26H1|FBC", "LIMS|26H2|FBC", "2026-11-22", "Poole")]
    [InlineData("LIMS|26H1|FBC", "LIMS|26H1|UE", "2026-11-22", "Poole")]
    [InlineData("LIMS|26H1|FBC", "LIMS|26H1|FBC", "2025-11-22", "Poole")]
    [InlineData("LIMS|26H1|FBC", "LIMS|26H1|FBC", "2026-11-22", "Salisbury")]
    [InlineData("placer||1|FBC", "placer||1|FBC", "2026-11-22", "Poole")]
    public void When_anything_tells_two_reports_apart_then_both_are_shown(string one, string other, string taken, string laboratory)
    {
        Assert.True(ClinicalDate.TryParse(taken, out var day));
        var first = Entry(one, SourceCodes.SystemC, Count());
        var second = Entry(other, SourceCodes.CareCentric, Count() with { TakenAt = day, Laboratory = laboratory });

        Assert.Equal([first, second], ShownOnce.Apply(View([first, second], [])).Reports.Entries);
    }

    [Fact]
    public void When_the_same_document_comes_by_two_ways_then_it_is_shown_once()
    {
        Letter letter = new() { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Final, WrittenAt = Taken, ContentHash = "ab" };
        Entry<Letter>[] letters =
        [
            Entry("L1", SourceCodes.SystemC, letter), Entry("X9", SourceCodes.CareCentric, letter with { Organisation = "Dorset County Hospital" }),
            Entry("L2", SourceCodes.SystemC, letter with { ContentHash = "cd" }), Entry("L3", SourceCodes.SystemC, letter with { ContentHash = null }),
            Entry("L4", SourceCodes.SystemC, letter with { ContentHash = null }), Entry("L5", SourceCodes.SystemC, letter with { Kind = LetterKind.Discharge }),
        ];

        var shown = ShownOnce.Apply(View([], []) with { Letters = Section(Record.Sections.Section.Letters, letters) }).Letters.Entries;

        Assert.Equal(["L1", "L2", "L3", "L4", "L5"], shown.Select(l => l.Key));
        Assert.Equal([SourceCodes.CareCentric], shown[0].AlsoReportedBy);
    }

    [Fact]
    public void When_an_order_has_its_report_then_the_request_is_gone_and_others_wait()
    {
        var request = Count() with { IsRequest = true, Status = ResultStatus.Registered, OrderNumber = "4711", TakenAt = null, ReportedAt = null };
        Entry<Report>[] reports =
        [
            Entry("placer||4711|FBC", SourceCodes.SystemC, request), Entry("LIMS|26H1|FBC", SourceCodes.SystemC, Count() with { OrderNumber = "4711" }),
            Entry("placer||4712|FBC", SourceCodes.SystemC, request with { OrderNumber = "4712" }),
        ];

        Assert.Equal(["LIMS|26H1|FBC", "placer||4712|FBC"], ShownOnce.Apply(View(reports, [])).Reports.Entries.Select(r => r.Key));
    }

    private static Report Count() => new()
    {
        Kind = ReportKind.Laboratory, Title = "Full blood count", Coding = new Coding("FBC", null, null), Status = ResultStatus.Final, TakenAt = Taken,
        ReportedAt = Taken, Laboratory = "Poole",
    };

    private static Entry<Result> Value(Entry<Report> report, string value) => Entry(report.Key + "|HB", report.Source, new Result
    {
        ReportKey = report.Key, Test = "Haemoglobin", Value = value, Status = ResultStatus.Final,
    });

    private static Entry<TItem> Entry<TItem>(string key, string source, TItem item, int minutes = 0)
        where TItem : Item => new(Guid.NewGuid(), key, source, At.AddMinutes(minutes), At, 1, Ended: false, item);

    private static SectionView<TItem> Section<TItem>(Section section, IReadOnlyList<Entry<TItem>> entries)
        where TItem : Item => new(section, SectionState.Read, Extent.All, entries, entries.Count, At);

    private static SectionView<TItem> None<TItem>(Section section)
        where TItem : Item => Section<TItem>(section, []);

    private static RecordView View(IReadOnlyList<Entry<Report>> reports, IReadOnlyList<Entry<Result>> results) => new()
    {
        Person = Guid.NewGuid(),
        At = At,
        HasSealed = false,
        Demographics = None<Demographics>(Record.Sections.Section.Demographics),
        Who = ConsolidatedPerson.Of([]),
        Flags = None<Flag>(Record.Sections.Section.Flags),
        Problems = None<Problem>(Record.Sections.Section.Problems),
        Medicines = None<Medicine>(Record.Sections.Section.Medicines),
        Allergies = None<Allergy>(Record.Sections.Section.Allergies),
        Results = Section(Record.Sections.Section.Results, results),
        Reports = Section(Record.Sections.Section.Results, reports),
        NextOfKin = None<Contact>(Record.Sections.Section.NextOfKin),
        Carers = None<Contact>(Record.Sections.Section.Care),
        CareServices = None<CareService>(Record.Sections.Section.Care),
        CareWorkers = None<CareWorker>(Record.Sections.Section.Care),
        Letters = None<Letter>(Record.Sections.Section.Letters),
        Encounters = None<Encounter>(Record.Sections.Section.Encounters),
        Immunisations = None<Immunisation>(Record.Sections.Section.Immunisations),
        CareDetails = None<CareDetail>(Record.Sections.Section.Care),
        Notices = None<Notice>(Record.Sections.Section.Demographics),
    };
}
