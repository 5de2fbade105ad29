using System.Reflection;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>Hazard H05: an empty section says which of five things it is, and "none" needs somebody who said so.</summary>
public sealed class EmptyStateTests
{
    private static readonly SourceStanding Practice = new("GP", "GP", Standing.Received, Entries.Now);
    private static readonly SourceStanding Poole = new("Poole Hospital", "Poole", Standing.Late, Entries.Now);
    private static readonly SourceStanding Bournemouth = new("Royal Bournemouth", "RBCH", Standing.NotShared, null);

    [Fact]
    public void When_somebody_recorded_none_then_the_words_name_them_and_the_day() =>
        Assert.Equal("No known allergies — recorded by GP, 22-Nov-2026", new EmptyState.RecordedAsNone(Assert.Single(NilStatement.Among(Said(Nil())))).Text);

    [Fact]
    public void When_nothing_was_received_then_every_source_that_could_have_sent_is_named_and_none_is_not_said() =>
        Assert.Equal(
            ["No medicines have been received from GP or Poole Hospital. This does not mean there are none.",
                "Royal Bournemouth does not share medicines with this record."],
            Of(Section.Medicines, SectionState.Read, Practice, Poole, Bournemouth));

    [Fact]
    public void When_all_there_is_may_not_be_shown_then_it_is_not_said_that_nothing_was_received() =>
        Assert.Equal(
            ["Some items are not shown (patient choice or confidentiality)."],
            EmptyState.Of(Section.Medicines, SectionState.Read, [Practice], Entries.Now, hidden: 2).Select(one => one.Text));

    [Fact]
    public void When_nobody_is_connected_then_the_words_say_any_source() =>
        Assert.Equal(["No letters have been received from any source. This does not mean there are none."], Of(Section.Letters, SectionState.Read));

    [Theory]
    [InlineData(SectionState.Withheld, "Some items are not shown (patient choice or confidentiality).")]
    [InlineData(SectionState.NotForYourRole, "Not available to your role.")]
    [InlineData(SectionState.Unavailable, "Could not load letters at 14:02. Do not assume there are none.")]
    [InlineData(SectionState.NotAsked, "Could not load letters at 14:02. Do not assume there are none.")]
    public void When_a_section_was_not_read_then_the_words_are_exactly_these_whatever_sources_sent(SectionState state, string words) =>
        Assert.Equal([words], Of(Section.Letters, state, Practice, Bournemouth));

    [Fact]
    public void When_any_section_is_in_any_state_then_it_says_something_and_never_that_there_is_none()
    {
        foreach (var section in Enum.GetValues<Section>())
        {
            foreach (var state in Enum.GetValues<SectionState>())
            {
                var said = Of(section, state, Practice, Bournemouth);

                Assert.NotEmpty(said);
                Assert.DoesNotContain(said, words => words.Contains("No known", StringComparison.Ordinal) || words.Contains("recorded by", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void When_none_is_to_be_said_then_the_compiler_asks_for_a_statement_and_a_statement_for_what_a_source_said()
    {
        var ways = typeof(EmptyState.RecordedAsNone).GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(way => way.GetParameters() is not [{ ParameterType: var own }] || own != typeof(EmptyState.RecordedAsNone)).ToList();

        Assert.Equal(typeof(NilStatement), Assert.Single(Assert.Single(ways).GetParameters()).ParameterType);
        Assert.Empty(typeof(NilStatement).GetConstructors(BindingFlags.Public | BindingFlags.Instance));
        Assert.All(typeof(NilStatement).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance), way => Assert.True(way.IsPrivate));
    }

    [Theory]
    [InlineData(AllergyStatus.Refuted, false)]
    [InlineData(AllergyStatus.Resolved, false)]
    [InlineData(AllergyStatus.EnteredInError, false)]
    [InlineData(AllergyStatus.Active, true)]
    public void When_none_was_said_but_no_longer_holds_then_it_is_no_statement(AllergyStatus status, bool ended) =>
        Assert.Empty(NilStatement.Among(Said(Entries.Of(Nil().Item with { Status = status }, ended: ended))));

    [Theory]
    [InlineData(SectionState.Unavailable)]
    [InlineData(SectionState.Withheld)]
    public void When_the_section_was_not_read_then_there_is_no_statement_in_it(SectionState state) =>
        Assert.Empty(NilStatement.Among(Said(Nil()) with { State = state }));

    [Fact]
    public void When_a_sources_own_list_may_lack_items_then_its_none_is_no_statement()
    {
        var notice = Entries.Of(new Notice { About = Section.Allergies, Kind = NoticeKind.ConfidentialItems });

        Assert.Empty(NilStatement.Among(Said(Nil()), Entries.Read(Section.Demographics, notice)));
        Assert.Single(NilStatement.DoubtedAmong(Said(Nil()), Entries.Read(Section.Demographics, notice)));
    }

    [Theory]
    [InlineData(NoticeKind.ConfidentialItems, "GP: items excluded due to confidentiality and/or patient preferences")]
    [InlineData(NoticeKind.DataInTransit, "GP: patient record transfer from previous practice not yet complete; information recorded before may be missing")]
    [InlineData(NoticeKind.NothingRecorded, null)]
    public void Hazard_H15_What_a_source_warns_of_its_own_list_stands_at_the_foot_of_that_section(NoticeKind kind, string? words)
    {
        var notices = Entries.Read(Section.Demographics, Entries.Of(new Notice { About = Section.Medicines, Kind = kind }));

        Assert.Equal(words, NoticeWords.Of(Section.Medicines, notices).SingleOrDefault().Text);
        Assert.Empty(NoticeWords.Of(Section.Problems, notices));
    }

    [Fact]
    public void When_a_page_is_written_then_it_has_no_words_of_its_own_for_none()
    {
        var pages = System.IO.Directory.EnumerateFiles(Path.Combine(Portal(), "Pages"), "*.cshtml", SearchOption.AllDirectories)
            .Concat(System.IO.Directory.EnumerateFiles(Path.Combine(Portal(), "Pages"), "*.cs", SearchOption.AllDirectories));

        string[] own = ["no known", "none recorded", "none known", "nil known", "nkda", "no allergies", "no medicines", "no current medicines", "no problems"];
        var found = pages.SelectMany(page => File.ReadLines(page).Where(line => own.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)))
            .Select(line => $"{Path.GetFileName(page)}: {line.Trim()}"));
        Assert.Empty(found);
    }

    private static string Portal()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.Directory.Exists(Path.Combine(folder.FullName, "src", "DorsetCareRecord.Portal")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "src", "DorsetCareRecord.Portal");
    }

    private static string[] Of(Section section, SectionState state, params SourceStanding[] standings) =>
        [.. EmptyState.Of(section, state, standings, Entries.Now).Select(one => one.Text)];

    private static SectionView<Allergy> Said(params Entry<Allergy>[] entries) => Entries.Read(Section.Allergies, entries);

    private static Entry<Allergy> Nil() => Entries.Of(
        new Allergy { Kind = AllergyKind.NoKnownAllergies, Substance = "No known allergies", Status = AllergyStatus.Active });
}
