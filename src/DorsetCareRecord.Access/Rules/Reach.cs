using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Rules;

/// <summary>How much of one organisation's items of a category a role sees.</summary>
/// <param name="Verdict">Allowed, behind a reason, marked as being there, or denied.</param>
/// <param name="Extent">How much of what is allowed.</param>
/// <param name="Tested">Whether it is shown to others first.</param>
public sealed record ReachedSource(Organisation Organisation, Verdict Verdict, Extent Extent, Tested Tested = Tested.No);

/// <summary>What of one organisation's items of a category others test before this viewer sees it.</summary>
public enum Tested
{
    No = 0,

    /// <summary>One of several systems.</summary>
    Some = 1,
    All = 2,
}

/// <summary>One category, by organisation.</summary>
public sealed record Reached(Category Category, IReadOnlyList<ReachedSource> Sources);

/// <summary>
/// What is open to whoever asks by role and agreement, before anybody's own choice, and by the stage that a new source is at: for people
/// who wonder what this record is to them. It asks nothing of any person, so it says nothing of any.
/// </summary>
public sealed class Reach(PolicyBook book, FeedStages stages, TimeProvider clock)
{
    /// <summary>Every category that agreements name, each by every organisation that sends anything.</summary>
    public async Task<IReadOnlyList<Reached>> OfAsync(Viewer viewer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return Of(viewer, await book.ReadAsync(viewer.PolicyVersion, cancel), Sight.Of(await stages.OpenAsync(cancel), viewer), clock.GetUtcNow());
    }

    internal static IReadOnlyList<Reached> Of(Viewer viewer, Policy policy, Sight sight, DateTimeOffset at)
    {
        if (!Decide.MayOpenRecords(viewer.Role))
            return [];
        var question = new Question
        {
            Viewer = viewer, Person = new PersonFacts { IsKnown = true }, Purpose = Purposes.Of(viewer.Role), Policy = policy, At = at,
        };
        var sending = Dorset.Organisations.Where(organisation => Dorset.Sources.Any(source => source.OrganisationCode == organisation.Code)).ToList();
        return [.. Categories.Agreed.Select(category => new Reached(category, [.. sending.Select(organisation => Of(question, sight, organisation, category))]))];
    }

    private static ReachedSource Of(Question question, Sight sight, Organisation organisation, Category category)
    {
        var answer = Decide.OfCategory(question, organisation.Code, category);
        return new ReachedSource(organisation, answer.Verdict, answer.Extent, TestedOf(sight, organisation, category));
    }

    /// <summary>A section is staged by itself or with its source; what cuts across sections goes with the source.</summary>
    private static Tested TestedOf(Sight sight, Organisation organisation, Category category)
    {
        if (sight.HidesNothing)
            return Tested.No;
        var own = Dorset.Sources.Where(source => source.OrganisationCode == organisation.Code).Select(source => source.Code).ToList();
        var section = (Section)(short)category;
        var isSection = Enum.IsDefined(section);
        // A source that never sends the section leaves nothing to see beside one that is hidden.
        var sending = isSection ? Shares.Of(section).Where(share => share.IsShared).Select(share => share.Source).Intersect(own).ToList() : own;
        var hidden = sending.Count(source => isSection ? sight.Hides(source, section) : sight.HiddenSources.Contains(source));
        return hidden == 0 ? Tested.No : hidden < sending.Count ? Tested.Some : Tested.All;
    }
}
