using System.Globalization;
using DorsetCareRecord.Access.Reading;

namespace DorsetCareRecord.Access.Rules;

/// <summary>Something said for a time. To undo is to end.</summary>
public readonly record struct Term(DateTimeOffset From, DateTimeOffset? To)
{
    public bool Holds(DateTimeOffset at) => From <= at && (To is not { } to || at < to);
}

/// <summary>One organisation lets another see one category for one purpose, by one preset of roles.</summary>
public sealed record Agreement(
    Guid Id, string Source, string Consumer, Category Category, Purpose Purpose, string Preset, Term Term);

/// <summary>In a preset, how much of a category a role sees.</summary>
public sealed record RoleRule(string Preset, Role Role, Category Category, Extent Extent, Term Term);

/// <summary>A switch, for all or for one organisation; the organisation's own wins.</summary>
public sealed record Setting(string Name, string? Organisation, string Value, Term Term);

/// <summary>A set of codes and clinics whose items are of a category. Its members are looked up where the items are.</summary>
public sealed record SensitiveSet(Guid Id, string Name, Category Category, Term Term);

/// <summary>Whether staff without a known relationship are asked why they look.</summary>
public enum RelationshipMode
{
    /// <summary>Not set: nobody gets in.</summary>
    NotSet = 0,

    /// <summary>A relationship is not asked for.</summary>
    None = 1,

    /// <summary>Staff say why, once a session and person; the way of the Dorset Care Record.</summary>
    DiscussionToView = 2,

    /// <summary>Staff say that the person permitted it, relationship or not.</summary>
    PermissionToView = 3,
}

/// <summary>
/// The rules as the tables have them, in memory. What no row says is not permitted: an empty policy shows nobody anything.
/// </summary>
public sealed class Policy
{
    private readonly Dictionary<(string, string, Category, Purpose), List<Agreement>> _agreements = [];
    private readonly Dictionary<(string, Role, Category), List<RoleRule>> _cells = [];
    private readonly Dictionary<string, List<Setting>> _settings = [];

    public Policy(long version, IEnumerable<Agreement> agreements, IEnumerable<RoleRule> cells, IEnumerable<Setting> settings,
        IEnumerable<SensitiveSet> sets)
    {
        Version = version;
        foreach (var agreement in agreements)
            Add(_agreements, (agreement.Source, agreement.Consumer, agreement.Category, agreement.Purpose), agreement);
        foreach (var cell in cells)
            Add(_cells, (cell.Preset, cell.Role, cell.Category), cell);
        foreach (var setting in settings)
            Add(_settings, setting.Name, setting);
        Sets = [.. sets];
    }

    public static Policy Empty { get; } = new(0, [], [], [], []);

    /// <summary>Grows with every change of a table.</summary>
    public long Version { get; }

    public IReadOnlyList<SensitiveSet> Sets { get; }

    public Agreement? Agreed(string source, string consumer, Category category, Purpose purpose, DateTimeOffset at) =>
        _agreements.TryGetValue((source, consumer, category, purpose), out var rows) ? rows.Find(row => row.Term.Holds(at)) : null;

    /// <summary>None when no rule says anything.</summary>
    public Extent Cell(string preset, Role role, Category category, DateTimeOffset at) =>
        _cells.TryGetValue((preset, role, category), out var rows) ? rows.Find(row => row.Term.Holds(at))?.Extent ?? Extent.None : Extent.None;

    public string? Value(string name, string organisation, DateTimeOffset at) =>
        !_settings.TryGetValue(name, out var rows) ? null
        : (rows.Find(row => row.Organisation == organisation && row.Term.Holds(at))
            ?? rows.Find(row => row.Organisation is null && row.Term.Holds(at)))?.Value;

    public RelationshipMode Relationship(string organisation, DateTimeOffset at) =>
        Value(SettingNames.Relationship, organisation, at) switch
        {
            "none" => RelationshipMode.None,
            "discussion-to-view" => RelationshipMode.DiscussionToView,
            "permission-to-view" => RelationshipMode.PermissionToView,
            _ => RelationshipMode.NotSet,
        };

    /// <summary>How long after an encounter it still counts; none when not set.</summary>
    public int RelationshipMonths(string organisation, DateTimeOffset at) => Number(SettingNames.RelationshipMonths, organisation, at) ?? 0;

    public bool MayBreakSeal(Role role, string organisation, DateTimeOffset at) =>
        Value(SettingNames.BreakGlassRoles, organisation, at)?.Split(' ').Contains(role.Name()) == true;

    /// <summary>Four hours at most, whatever is set; none when not set.</summary>
    public TimeSpan BreakGlassFor(string organisation, DateTimeOffset at) =>
        TimeSpan.FromHours(Math.Clamp(Number(SettingNames.BreakGlassHours, organisation, at) ?? 0, 0, 4));

    /// <summary>A feed that labels what is restricted: what it sends without a label is taken as restricted, not as normal.</summary>
    public bool Labels(string feed, DateTimeOffset at) =>
        Value(SettingNames.LabellingFeeds, "", at)?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(feed) == true;

    private int? Number(string name, string organisation, DateTimeOffset at) =>
        int.TryParse(Value(name, organisation, at), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> rows, TKey key, TValue value)
        where TKey : notnull
    {
        if (!rows.TryGetValue(key, out var list))
            rows[key] = list = [];
        list.Add(value);
    }
}

/// <summary>The switches there are; docs/access.md says what each does.</summary>
public static class SettingNames
{
    public const string Relationship = "relationship";
    public const string RelationshipMonths = "relationship-months";
    public const string BreakGlassRoles = "break-glass-roles";
    public const string BreakGlassHours = "break-glass-hours";
    public const string OwnPreset = "own-preset";
    public const string LabellingFeeds = "labelling-feeds";
}
