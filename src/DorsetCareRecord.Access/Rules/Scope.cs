using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Rules;

/// <summary>
/// The answers to one opening as the record's queries take them: which feeds are read in full and which in part, and which
/// marks hide a row. Made by asking <see cref="Decide"/> about an item of every kind, so that the query knows no rule of its own.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<Section, SectionScope> _sections = [];

    private Scope()
    {
    }

    /// <summary>Marks (<c>feed|set:id</c>, <c>feed|kept:number</c>, <c>feed|label:number</c>) that hide a row whose being there may be known.</summary>
    internal required string[] Marked { get; init; }

    /// <summary>Marks that hide a row and that it is there.</summary>
    internal required string[] Silent { get; init; }

    /// <summary>Both: what no query may return.</summary>
    internal string[] Hidden => [.. Marked, .. Silent];

    /// <summary>A listed role could open some of what is hidden by saying why.</summary>
    internal required bool HasSealed { get; init; }

    /// <summary>Feeds that say who the person is.</summary>
    internal string[] Who => [.. Of(Section.Demographics).Whole];

    internal IReadOnlyList<string> Rules { get; private set; } = [];

    internal SectionScope Of(Section section) => _sections.GetValueOrDefault(section, SectionScope.None);

    internal static Scope Of(Question question, IEnumerable<Section> sections)
    {
        var marked = new List<string>();
        var silent = new List<string>();
        var hasSealed = false;
        var decide = Decide.OfEach(question);
        // A category's answer does not depend on the section it is met in: any section of which the feed shows something stands for all, and the
        // section's own answer is asked apart. It need not be who the person is: a source may share what it knows and not of whom.
        foreach (var feed in Dorset.Sources)
        {
            if (Enum.GetValues<Section>().Cast<Section?>().FirstOrDefault(one =>
                decide(new ItemFacts(one!.Value, feed.OrganisationCode, [], Label: Confidentiality.Normal)).IsAllowed) is not { } shown)
                continue; // the feed shows nothing anyway
            foreach (var set in question.Policy.Sets.Where(set => set.Term.Holds(question.At)))
                Hide($"{feed.Code}|set:{set.Id}", new ItemFacts(shown, feed.OrganisationCode, [set]));
            Hide($"{feed.Code}|kept:{(int)Audience.ChildrensSocialCare}",
                new ItemFacts(shown, feed.OrganisationCode, [], IsKeptForChildrensWorkers: true));
            foreach (var label in Enum.GetValues<Confidentiality>())
                Hide($"{feed.Code}|label:{(int)label}", new ItemFacts(shown, feed.OrganisationCode, [], Label: label));
            Hide($"{feed.Code}|label:0", new ItemFacts(shown, feed.OrganisationCode, [],
                IsFromLabellingFeed: question.Policy.Labels(feed.Code, question.At)));
        }

        var scope = new Scope { Marked = [.. marked], Silent = [.. silent], HasSealed = hasSealed };
        foreach (var section in sections)
            scope._sections[section] = SectionScope.Of(decide, section);
        scope.Rules = [.. scope._sections.Values.SelectMany(seen => seen.Rules).Distinct()];
        return scope;

        void Hide(string mark, ItemFacts item)
        {
            var verdict = decide(item).Verdict;
            hasSealed |= verdict == Verdict.Sealed;
            if (verdict is Verdict.Sealed or Verdict.Withheld)
                marked.Add(mark);
            else if (verdict != Verdict.Allow)
                silent.Add(mark);
        }
    }
}

/// <summary>What of one section is read.</summary>
/// <param name="Whole">Feeds whose items are all shown.</param>
/// <param name="Part">Feeds of which <paramref name="Extent"/> is shown.</param>
/// <param name="SealedFeeds">Feeds whose items of this section are there, closed.</param>
/// <param name="NotShared">Feeds that no agreement opens.</param>
/// <param name="Extent">The narrower of what is shown; none when nothing of the section is for the role.</param>
internal sealed record SectionScope(
    string[] Whole, string[] Part, string[] SealedFeeds, string[] NotShared, Extent Extent, IReadOnlyList<string> Rules)
{
    internal static SectionScope None { get; } = new([], [], [], [], Extent.None, []);

    internal string[] Seen => [.. Whole, .. Part];

    internal static SectionScope Of(Func<ItemFacts, Answer> decide, Section section)
    {
        var answers = Dorset.Sources.Select(feed =>
            (feed.Code, Answer: decide(new ItemFacts(section, feed.OrganisationCode, [])))).ToList();
        var part = answers.Where(one => one.Answer.IsAllowed && one.Answer.Extent != Extent.All).ToList();
        // Two presets differ in part at most once for a role and section; were there two parts, the first stands for both.
        var extent = part.Count > 0 ? part.Min(one => one.Answer.Extent) : default;
        string[] whole = [.. answers.Where(one => one.Answer is { IsAllowed: true, Extent: Extent.All }).Select(one => one.Code)];
        string[] seal = [.. answers.Where(one => one.Answer.Verdict is Verdict.Sealed or Verdict.Withheld).Select(one => one.Code)];
        return new SectionScope(
            whole, [.. part.Where(one => one.Answer.Extent == extent).Select(one => one.Code)], seal,
            [.. answers.Where(one => one.Answer.Rules.Any(rule => rule.StartsWith("2:not-agreed", StringComparison.Ordinal))).Select(one => one.Code)],
            extent != Extent.None ? extent : whole.Length > 0 ? Extent.All : Extent.None,
            [.. answers.GroupBy(one => string.Join(' ', one.Answer.Rules.Where(rule => !rule.StartsWith("2:", StringComparison.Ordinal))))
                .Select(group => $"{(short)section} {string.Join(',', group.Select(one => one.Code))} {group.First().Answer.Verdict} {group.Key}")]);
    }
}
