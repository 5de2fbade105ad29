using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Rules;

/// <summary>Who sees a source while it is new.</summary>
public enum SeenBy
{
    /// <summary>Named safety testers only.</summary>
    Testers = 1,

    /// <summary>One organisation, and the testers.</summary>
    Organisation = 2,

    /// <summary>Whoever may see the section.</summary>
    All = 3,
}

/// <summary>A stage under way; a source without one is for all.</summary>
/// <param name="Section">The one section it is about; null for all of them.</param>
/// <param name="Organisation">Code, at <see cref="SeenBy.Organisation"/>.</param>
/// <param name="Testers">Accounts.</param>
public sealed record FeedStage(
    string Source, Section? Section, SeenBy SeenBy, string? Organisation, IReadOnlyList<Guid> Testers, DateTimeOffset Since, string By, string Why);

/// <summary>What of the staged sources one viewer sees: a pure function of the stages and the viewer.</summary>
public sealed class Sight
{
    private readonly HashSet<(string Source, Section? Section)> _hidden;

    private Sight(HashSet<(string, Section?)> hidden, IReadOnlyList<string> staged) => (_hidden, Staged) = (hidden, staged);

    public static Sight Whole { get; } = new([], []);

    /// <summary>Sources this viewer sees although they are not for all yet; the page must say so.</summary>
    public IReadOnlyList<string> Staged { get; }

    /// <summary>Sources of which this viewer sees nothing at all.</summary>
    public IReadOnlyList<string> HiddenSources => [.. _hidden.Where(hidden => hidden.Section is null).Select(hidden => hidden.Source)];

    public bool HidesNothing => _hidden.Count == 0;

    public static Sight Of(IReadOnlyList<FeedStage> stages, Viewer viewer)
    {
        if (stages.Count == 0)
            return Whole;
        var hidden = new HashSet<(string, Section?)>();
        var staged = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var stage in stages.Where(stage => stage.SeenBy != SeenBy.All))
        {
            if (Sees(stage, viewer))
                staged.Add(stage.Source);
            else
                hidden.Add((stage.Source, stage.Section));
        }

        return new Sight(hidden, [.. staged]);
    }

    public bool Hides(string source, Section section) => _hidden.Contains((source, null)) || _hidden.Contains((source, section));

    private static bool Sees(FeedStage stage, Viewer viewer) => stage.Testers.Contains(viewer.Account)
        || (stage.SeenBy == SeenBy.Organisation && stage.Organisation == viewer.Organisation);
}
