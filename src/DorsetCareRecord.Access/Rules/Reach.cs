using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Access.Rules;

/// <summary>How much of one organisation's items of a category a role sees.</summary>
/// <param name="Verdict">Allowed, behind a reason, marked as being there, or denied.</param>
/// <param name="Extent">How much of what is allowed.</param>
public sealed record ReachedSource(Organisation Organisation, Verdict Verdict, Extent Extent);

/// <summary>One category, by organisation.</summary>
public sealed record Reached(Category Category, IReadOnlyList<ReachedSource> Sources);

/// <summary>
/// What is open to whoever asks by role and agreement, before anybody's own choice: for people who wonder what this record is to them.
/// It asks nothing of any person, so it says nothing of any.
/// </summary>
public sealed class Reach(PolicyBook book, TimeProvider clock)
{
    /// <summary>Every category that agreements name, each by every organisation that sends anything.</summary>
    public async Task<IReadOnlyList<Reached>> OfAsync(Viewer viewer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return Of(viewer, await book.ReadAsync(viewer.PolicyVersion, cancel), clock.GetUtcNow());
    }

    internal static IReadOnlyList<Reached> Of(Viewer viewer, Policy policy, DateTimeOffset at)
    {
        if (!Decide.MayOpenRecords(viewer.Role))
            return [];
        var question = new Question
        {
            Viewer = viewer, Person = new PersonFacts { IsKnown = true }, Purpose = Purposes.Of(viewer.Role), Policy = policy, At = at,
        };
        var sending = Dorset.Organisations.Where(organisation => Dorset.Sources.Any(source => source.OrganisationCode == organisation.Code)).ToList();
        return [.. Categories.Agreed.Select(category => new Reached(category, [.. sending.Select(organisation => Of(question, organisation, category))]))];
    }

    private static ReachedSource Of(Question question, Organisation organisation, Category category)
    {
        var answer = Decide.OfCategory(question, organisation.Code, category);
        return new ReachedSource(organisation, answer.Verdict, answer.Extent);
    }
}
