using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>The whole record on one line, and words looked for inside it; both over what the lens lets through and nothing else.</summary>
public sealed class TimelineTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_record_is_put_on_a_line_then_every_entry_stands_on_it_once_and_the_newest_first()
    {
        var view = await _house.ReadAsync("clinician.dch", _edith, Errand.Timeline);

        var line = Timeline.Of(view, new TimelineFilter(), TimeProvider.System.GetUtcNow());

        var entries = line.ToCome.Concat(line.Past).SelectMany(one => one.Entries).Select(entry => entry.Id).ToList();
        Assert.Equal(EverythingIn.Of(view).Where(entry => entry.Item is not (Demographics or Notice)).Select(entry => entry.Id).Order(), entries.Order());
        Assert.Equal(line.Past.Select(one => one.At).OrderDescending(), line.Past.Select(one => one.At));
        Assert.Contains(line.ToCome, one => one.Title.StartsWith("Outpatient", StringComparison.Ordinal));
        Assert.Contains(line.Past, one => one is { Title: "Urea and electrolytes", Detail: "5 results, 3 abnormal" or "5 results, 4 abnormal" });
    }

    [Fact]
    public async Task When_the_line_is_filtered_then_it_says_how_many_of_how_many()
    {
        var view = await _house.ReadAsync("clinician.dch", _edith, Errand.Timeline);
        var now = TimeProvider.System.GetUtcNow();

        var all = Timeline.Of(view, new TimelineFilter(), now);
        var letters = Timeline.Of(view, new TimelineFilter(Section.Letters), now);
        var poole = Timeline.Of(view, new TimelineFilter(Source: "carecentric", Period: TimelinePeriod.Days14), now);

        Assert.Equal((3, all.OfAll), (letters.Shown, letters.OfAll));
        Assert.All(poole.Past, line => Assert.Equal("carecentric", line.Source));
    }

    [Theory]
    [InlineData("clinician.dch", "CARDIOMEGALY effusions", 1)]
    [InlineData("clinician.dch", "penicillin", 2)] // of the practice, and of the hospital
    [InlineData("clinician.dch", "cardiomegaly nothing-of-the-kind", 0)]
    [InlineData("socialworker.dcc", "cardiomegaly", 0)]
    [InlineData("clerk.dch", "penicillin", 0)]
    public async Task When_words_are_looked_for_then_only_what_the_role_may_see_is_found_and_counted(string user, string words, int hits)
    {
        var opened = Assert.IsType<Opening.Opened>(await _house.OpenAsync(user, _edith, Errand.SearchInside(words)));
        var view = await opened.Lens.ReadAsync(Cancel);
        var texts = (await opened.Lens.ReadReportTextsAsync(Cancel)).ToDictionary(text => text.Key, text => (string?)text.Value);

        var found = InsideSearch.For(view, texts, words);

        Assert.Equal(hits, found.Hits.Count);
        Assert.Equal(EverythingIn.Of(view).Count(entry => entry.Item is not (Demographics or Notice)), found.Looked);
        Assert.Equal(words, await _house.AskAsync("select searched from access.audit where action = 'search-inside'"));
    }

    [Fact]
    public async Task When_files_of_letters_are_looked_into_then_only_those_of_the_view_come()
    {
        var social = Assert.IsType<Opening.Opened>(await _house.OpenAsync("socialworker.dcc", _edith, Errand.SearchInside("x")));
        var view = await social.Lens.ReadAsync(Cancel);

        var files = new List<Guid>();
        await foreach (var (entry, file) in social.Lens.ReadFilesAsync(Cancel))
        {
            Assert.True(file.IsAsReceived);
            files.Add(entry);
        }

        Assert.Equal(view.Letters.Entries.Select(letter => letter.Id).Order(), files.Order());
        Assert.Single(files);
    }
}
