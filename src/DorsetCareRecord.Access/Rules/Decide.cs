using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Rules;

/// <summary>
/// Who may see what: one pure function of viewer, person, item, purpose and policy. Six layers, each of which must say yes:
/// session, agreement, role, relationship, patient, item. What no rule permits is refused, and an empty set of rules permits
/// nothing. Every answer carries the rules that made it.
/// </summary>
public static class Decide
{
    public static Answer Of(Question question) =>
        Session(question) is { } refusal ? refusal
        : question.Item is { } item ? OfItem(question, OfRecord(question), item)
        : OfRecord(question);

    /// <summary>The same for many items of one record: what does not depend on the item is decided once.</summary>
    internal static Func<ItemFacts, Answer> OfEach(Question question)
    {
        if (Session(question) is { } refusal)
            return _ => refusal;
        var record = OfRecord(question);
        return item => OfItem(question, record, item);
    }

    /// <summary>Is the role one that looks for people and opens records at all? What it sees then is policy's to say.</summary>
    public static bool MayOpenRecords(Role role) =>
        role is Role.Clinician or Role.Nurse or Role.Pharmacist or Role.SocialWorker or Role.Clerical;

    /// <summary>May the role look after its own organisation's accounts?</summary>
    public static bool MayAdministerAccounts(Role role) => role == Role.Admin;

    /// <summary>May the role see what tells two records apart and decide on them? Each look is noted; nothing clinical is among it.</summary>
    public static bool MayDecideMatches(Role role) => role == Role.Operator;

    /// <summary>May the role ask the worker for acts and read messages for repair?</summary>
    public static bool MayWorkFeeds(Role role) => role == Role.Operator;

    /// <summary>May the role see how feeds fare: all of them, or those of its own organisation? No content in either case.</summary>
    public static bool MaySeeFeeds(Role role) => MayWorkFeeds(role) || role == Role.Admin;

    /// <summary>May the role see who looked at whom, and judge it? It opens no record.</summary>
    public static bool MayWatchOverAccess(Role role) => role == Role.Privacy;

    private static Answer? Session(Question question) => question.Viewer switch
    {
        { Standing: not (AccountStanding.Active or AccountStanding.Invited) } viewer => Deny($"1:standing:{viewer.Standing}"),
        var viewer when !MayOpenRecords(viewer.Role) => Deny($"1:role-opens-no-records:{viewer.Role}"),
        _ when !question.Person.IsKnown => Deny("1:nobody"),
        _ => null,
    };

    /// <summary>Layers 2 to 5. Nobody opens a record of whom they may not even know who it is.</summary>
    private static Answer OfRecord(Question question)
    {
        var person = question.Person;
        if (!MayKnowWho(question))
            return Deny("2:no-source-agreed");
        if (person.HasOptedOut)
            return Deny("5:opted-out");
        if (person.IsRestricted && !IsOpenedWithReason(question))
            return new Answer(Verdict.Sealed, Extent.None, ["5:restricted"]);
        return Relationship(question);
    }

    private static bool MayKnowWho(Question question) => Dorset.Organisations.Any(source =>
        OfCategory(question, source.Code, Category.Demographics).Extent != Extent.None);

    private static Answer Relationship(Question question)
    {
        var patient = question.Person.IsRestricted ? "5:restricted-opened-with-reason" : "5:no-objection";
        var viewer = question.Viewer;
        var mode = question.Policy.Relationship(viewer.Organisation, question.At);
        var rule = (mode, question.Person) switch
        {
            (RelationshipMode.NotSet, _) => null,
            (_, { IsSealBroken: true }) when IsOpenedWithReason(question) => "4:seal-broken",
            (RelationshipMode.None, _) => "4:not-asked",
            (_, { IsDeclared: true }) => "4:declared",
            (RelationshipMode.PermissionToView, _) => null,
            (_, { Relations: not Relations.None } person) => $"4:{person.Relations}",
            _ => null,
        };
        return rule is not null ? new Answer(Verdict.Allow, Extent.All, [rule, patient])
            : mode == RelationshipMode.NotSet ? Deny("4:mode-not-set")
            : new Answer(Verdict.AskReason, Extent.None, [mode == RelationshipMode.PermissionToView ? "4:permission-needed" : "4:none-known"]);
    }

    /// <summary>Layers 2, 3 and 6: the strictest of all the categories the item is of.</summary>
    private static Answer OfItem(Question question, Answer record, ItemFacts item)
    {
        if (!record.IsAllowed)
            return record;
        var answer = OfCategory(question, item.Source, Categories.Of(item.Section));
        foreach (var (category, why) in Marks(item))
        {
            var other = OfCategory(question, item.Source, category);
            var rules = (IReadOnlyList<string>)[.. answer.Rules, $"6:{why}", .. other.Rules];
            answer = (other.Verdict < answer.Verdict ? other : answer) with { Rules = rules };
        }

        return answer with { Rules = [.. record.Rules, .. answer.Rules] };
    }

    private static IEnumerable<(Category Category, string Why)> Marks(ItemFacts item)
    {
        foreach (var set in item.Sets)
            yield return (set.Category, $"set:{set.Name}");
        if (item.IsKeptForChildrensWorkers)
            yield return (Category.ChildrensSocialCare, "kept-for-childrens-social-care");
        switch (item.Label ?? (item.IsFromLabellingFeed ? Confidentiality.Restricted : Confidentiality.Normal))
        {
            case Confidentiality.Restricted:
                yield return (Category.LabelledRestricted, item.Label is null ? "no-label-from-a-labelling-feed" : "label:R");
                break;
            case Confidentiality.VeryRestricted:
                yield return (Category.LabelledVeryRestricted, "label:V");
                break;
            case Confidentiality.Normal:
                break;
        }
    }

    /// <summary>Layers 2 and 3 for one category of one organisation's items.</summary>
    internal static Answer OfCategory(Question question, string source, Category category)
    {
        var (viewer, policy, at) = (question.Viewer, question.Policy, question.At);
        var isOwn = source == viewer.Organisation;
        string agreed;
        string? preset;
        if (isOwn || !category.IsAgreedOn())
        {
            preset = policy.Value(SettingNames.OwnPreset, viewer.Organisation, at);
            agreed = isOwn ? "2:own" : "2:no-agreement-needed";
        }
        else if (policy.Agreed(source, viewer.Organisation, category, question.Purpose, at) is { } agreement)
        {
            preset = agreement.Preset;
            agreed = $"2:agreement:{agreement.Id:N}";
        }
        else
        {
            return Deny($"2:not-agreed:{source}:{category}");
        }

        if (preset is null)
            return Deny("2:no-preset");
        var extent = policy.Cell(preset, viewer.Role, category, at);
        string[] rules = [agreed, $"3:{preset}:{viewer.Role}:{category}:{extent}"];
        return extent switch
        {
            Extent.None => new Answer(Verdict.Deny, Extent.None, rules),
            Extent.Marked => new Answer(Verdict.Withheld, Extent.None, rules),
            Extent.OwnOnly => isOwn ? new Answer(Verdict.Allow, Extent.All, rules) : new Answer(Verdict.Deny, Extent.None, rules),
            Extent.Sealed when IsOpenedWithReason(question) => new Answer(Verdict.Allow, Extent.All, [.. rules, "override:seal-broken"]),
            Extent.Sealed when MayBreakSeal(question) => new Answer(Verdict.Sealed, Extent.None, rules),
            Extent.Sealed => new Answer(Verdict.Withheld, Extent.None, [.. rules, "override:not-for-role"]),
            _ => new Answer(Verdict.Allow, extent, rules),
        };
    }

    private static bool MayBreakSeal(Question question) =>
        question.Policy.MayBreakSeal(question.Viewer.Role, question.Viewer.Organisation, question.At);

    /// <summary>A broken seal opens for a role only while policy lists the role.</summary>
    private static bool IsOpenedWithReason(Question question) => question.Person.IsSealBroken && MayBreakSeal(question);

    private static Answer Deny(string rule) => new(Verdict.Deny, Extent.None, [rule]);
}
