using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Rules;

/// <summary>The decision, layer by layer: pure, so that each cell can be asked.</summary>
public sealed class DecideTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly Term Always = new(DateTimeOffset.MinValue, null);
    private static readonly SensitiveSet Clinic = new(Guid.NewGuid(), "sexual health", Category.Excluded, Always);
    private static readonly SensitiveSet Mental = new(Guid.NewGuid(), "mental health", Category.MentalHealth, Always);
    private static readonly PersonFacts Known = new() { IsKnown = true, Relations = Relations.Encounter };

    /// <summary>Each preset whole, row by row in the order of <see cref="Section"/>; a dash is a refusal.</summary>
    [Theory]
    [InlineData("least-privilege", Role.Clinician, "All All All All All All All All All All All")]
    [InlineData("least-privilege", Role.Nurse, "All All All All All All All All All All All")]
    [InlineData("least-privilege", Role.Pharmacist, "All All All All All All - - DischargeOnly LastThree All")]
    [InlineData("least-privilege", Role.SocialWorker, "All All ActiveOnly All All - All All DischargeOnly DateAndService -")]
    [InlineData("least-privilege", Role.Clerical, "All All - - - - All - - DatesOnly -")]
    [InlineData("dorset-flat", Role.Clinician, "All All All All All All All All All All All")]
    [InlineData("dorset-flat", Role.Nurse, "All All All All All All All All All All All")]
    [InlineData("dorset-flat", Role.Pharmacist, "All All All All All All All All All All All")]
    [InlineData("dorset-flat", Role.SocialWorker, "All All All All All All All All All All All")]
    [InlineData("dorset-flat", Role.Clerical, "All All - - - - All - - DatesOnly -")]
    [InlineData("dorset-flat", Role.Admin, "- - - - - - - - - - -")]
    [InlineData("dorset-flat", Role.Privacy, "- - - - - - - - - - -")]
    [InlineData("dorset-flat", Role.Operator, "- - - - - - - - - - -")]
    [InlineData("no-such-preset", Role.Clinician, "- - - - - - - - - - -")]
    public void When_a_role_asks_for_another_organisations_items_then_the_agreements_preset_answers(string preset, Role role, string expected)
    {
        var policy = PolicyOf(preset);

        var answers = Enum.GetValues<Section>().Order().Select(section => Ask(policy, role, new ItemFacts(section, "poole", [])))
            .Select(answer => answer.IsAllowed ? answer.Extent.ToString() : "-");

        Assert.Equal(expected, string.Join(' ', answers));
    }

    [Fact]
    public void When_no_rule_says_yes_then_the_answer_is_no_to_everybody_about_everything()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Equal(Verdict.Deny, Ask(Policy.Empty, role, null).Verdict);
            foreach (var section in Enum.GetValues<Section>())
                Assert.Equal(Verdict.Deny, Ask(Policy.Empty, role, new ItemFacts(section, "dch", [])).Verdict);
        }

        Assert.False(default(Answer)?.IsAllowed ?? false);
        Assert.Equal(Verdict.Deny, default);
    }

    [Fact]
    public void When_any_one_kind_of_rule_is_missing_then_the_answer_is_no()
    {
        var (agreements, cells, settings) = Rows("least-privilege");

        Assert.True(Ask(new Policy(1, agreements, cells, settings, []), Role.Clinician, Letter("poole")).IsAllowed);
        Assert.False(Ask(new Policy(1, [], cells, settings, []), Role.Clinician, Letter("poole")).IsAllowed);
        Assert.False(Ask(new Policy(1, agreements, [], settings, []), Role.Clinician, Letter("poole")).IsAllowed);
        Assert.False(Ask(new Policy(1, agreements, cells, [], []), Role.Clinician, Letter("poole")).IsAllowed);
    }

    [Theory]
    [InlineData(AccountStanding.Active, true)]
    [InlineData(AccountStanding.Invited, true)]
    [InlineData(AccountStanding.Unknown, false)]
    [InlineData(AccountStanding.Disabled, false)]
    [InlineData(AccountStanding.TrainingOver, false)]
    [InlineData(AccountStanding.Expired, false)]
    [InlineData(AccountStanding.Unused, false)]
    [InlineData(AccountStanding.OrganisationClosed, false)]
    public void When_the_account_may_not_be_used_then_the_first_layer_refuses(AccountStanding standing, bool may) =>
        Assert.Equal(may, Decide.Of(Question(PolicyOf("dorset-flat"), Role.Clinician, null) with
        {
            Viewer = Viewer(Role.Clinician) with { Standing = standing },
        }).IsAllowed);

    [Fact]
    public void When_an_agreement_is_of_another_pair_category_purpose_or_time_then_it_opens_nothing()
    {
        var (agreements, cells, settings) = Rows("least-privilege");
        var letters = agreements.Single(a => a is { Source: "poole", Consumer: "dch", Category: Category.Letters, Purpose: Purpose.DirectCare });
        Agreement[] others = [.. agreements.Where(a => a != letters)];

        bool With(Agreement? row) =>
            Ask(new Policy(1, row is null ? others : [.. others, row], cells, settings, []), Role.Clinician, Letter("poole")).IsAllowed;

        Assert.True(With(letters));
        Assert.False(With(null));
        Assert.False(With(letters with { Source = "rbch" }));
        Assert.False(With(letters with { Consumer = "dcc" }));
        Assert.False(With(letters with { Category = Category.Results }));
        Assert.False(With(letters with { Purpose = Purpose.SupportOfDirectCare }));
        Assert.False(With(letters with { Term = new Term(Now.AddSeconds(1), null) }));
        Assert.False(With(letters with { Term = new Term(Now.AddDays(-9), Now) }));
        Assert.True(With(letters with { Term = new Term(Now, Now.AddSeconds(1)) }));
    }

    [Theory]
    [InlineData("none", Relations.None, false, Verdict.Allow)]
    [InlineData("discussion-to-view", Relations.None, false, Verdict.AskReason)]
    [InlineData("discussion-to-view", Relations.None, true, Verdict.Allow)]
    [InlineData("discussion-to-view", Relations.Registered, false, Verdict.Allow)]
    [InlineData("discussion-to-view", Relations.OpenCase, false, Verdict.Allow)]
    [InlineData("permission-to-view", Relations.Registered, false, Verdict.AskReason)]
    [InlineData("permission-to-view", Relations.None, true, Verdict.Allow)]
    [InlineData("whatever", Relations.Registered, true, Verdict.Deny)]
    public void When_a_relationship_is_known_or_not_then_the_mode_says_whether_to_ask(string mode, Relations relations, bool declared, Verdict expected)
    {
        var policy = PolicyOf("least-privilege", (SettingNames.Relationship, mode));

        Assert.Equal(expected, Decide.Of(Question(policy, Role.Nurse, null) with
        {
            Person = new PersonFacts { IsKnown = true, Relations = relations, IsDeclared = declared },
        }).Verdict);
    }

    [Fact]
    public void When_somebody_opted_out_then_nothing_opens_it_not_even_a_broken_seal()
    {
        var question = Question(PolicyOf("dorset-flat"), Role.Clinician, null) with
        {
            Person = Known with { HasOptedOut = true, IsDeclared = true, IsSealBroken = true },
        };

        Assert.Equal(["5:opted-out"], Decide.Of(question).Rules);
        Assert.Equal(Verdict.Deny, Decide.Of(question with { Item = Letter("dch") }).Verdict);
    }

    [Theory]
    [InlineData(Role.Clinician, false, Verdict.Sealed)]
    [InlineData(Role.Clinician, true, Verdict.Allow)]
    [InlineData(Role.Pharmacist, true, Verdict.Sealed)]
    [InlineData(Role.Clerical, true, Verdict.Sealed)]
    public void When_somebody_is_restricted_then_only_a_listed_role_opens_it_with_a_reason(Role role, bool broken, Verdict expected) =>
        Assert.Equal(expected, Decide.Of(Question(PolicyOf("dorset-flat"), role, null) with
        {
            Person = Known with { IsRestricted = true, IsSealBroken = broken },
        }).Verdict);

    [Fact]
    public void When_policy_lists_another_role_for_the_seal_then_that_one_opens_it_and_the_first_does_not()
    {
        var policy = PolicyOf("dorset-flat", (SettingNames.BreakGlassRoles, "pharmacist"));
        var person = Known with { IsRestricted = true, IsSealBroken = true };

        Assert.True(Decide.Of(Question(policy, Role.Pharmacist, null) with { Person = person }).IsAllowed);
        Assert.False(Decide.Of(Question(policy, Role.Clinician, null) with { Person = person }).IsAllowed);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("4", 4)]
    [InlineData("48", 4)]
    [InlineData("-1", 0)]
    [InlineData("soon", 0)]
    public void When_a_seal_is_broken_then_never_for_longer_than_four_hours(string setting, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), PolicyOf("dorset-flat", (SettingNames.BreakGlassHours, setting)).BreakGlassFor("dch", Now));

    [Fact]
    public void When_an_item_is_in_several_categories_then_the_strictest_counts()
    {
        var policy = PolicyOf("least-privilege");

        Verdict Of(Role role, bool broken, params SensitiveSet[] sets) => Decide.Of(Question(policy, role, new ItemFacts(Section.Problems, "poole", sets)) with
        {
            Person = Known with { IsSealBroken = broken },
        }).Verdict;

        Assert.Equal(Verdict.Allow, Of(Role.Clinician, false, Mental));
        Assert.Equal(Verdict.Sealed, Of(Role.Nurse, false, Mental));
        Assert.Equal(Verdict.Allow, Of(Role.Nurse, true, Mental));
        Assert.Equal(Verdict.Deny, Of(Role.Pharmacist, true, Mental));
        Assert.Equal(Verdict.Withheld, Of(Role.Clinician, true, Clinic));
        Assert.Equal(Verdict.Withheld, Of(Role.Nurse, false, Mental, Clinic));
    }

    [Theory]
    [InlineData(Role.SocialWorker, "dcc", "dcc", Verdict.Allow)]
    [InlineData(Role.SocialWorker, "dcc", "bbc", Verdict.Deny)]
    [InlineData(Role.Clinician, "dch", "dcc", Verdict.Sealed)]
    [InlineData(Role.Pharmacist, "dch", "dcc", Verdict.Deny)]
    public void When_an_item_is_of_a_councils_files_on_children_then_its_own_social_workers_read_it(
        Role role, string organisation, string source, Verdict expected)
    {
        var question = Question(PolicyOf("least-privilege"), role, new ItemFacts(Section.Flags, source, [], IsKeptForChildrensWorkers: true));

        Assert.Equal(expected, Decide.Of(question with { Viewer = Viewer(role) with { Organisation = organisation } }).Verdict);
    }

    [Theory]
    [InlineData(null, false, Verdict.Allow)]
    [InlineData(null, true, Verdict.Sealed)]
    [InlineData(Confidentiality.Normal, true, Verdict.Allow)]
    [InlineData(Confidentiality.Restricted, false, Verdict.Sealed)]
    [InlineData(Confidentiality.VeryRestricted, false, Verdict.Withheld)]
    public void When_a_feed_labels_then_its_silence_is_restricted_and_otherwise_normal(Confidentiality? label, bool isLabelling, Verdict expected) =>
        Assert.Equal(expected, Ask(PolicyOf("dorset-flat"), Role.Clinician, new ItemFacts(Section.Results, "poole", [], false, label, isLabelling)).Verdict);

    [Fact]
    public void When_an_answer_is_given_then_it_names_a_rule_of_every_layer_that_spoke()
    {
        var rules = Ask(PolicyOf("least-privilege"), Role.Nurse, new ItemFacts(Section.Problems, "poole", [Mental])).Rules;

        Assert.Contains("4:Encounter", rules);
        Assert.Contains("5:no-objection", rules);
        Assert.Contains(rules, rule => rule.StartsWith("2:agreement:", StringComparison.Ordinal));
        Assert.Contains("3:least-privilege:Nurse:Problems:All", rules);
        Assert.Contains("6:set:mental health", rules);
        Assert.Contains("3:least-privilege:Nurse:MentalHealth:Sealed", rules);
    }

    /// <summary>Help says to each what the same rules then do; what only some agreed on, it says of whom.</summary>
    [Theory]
    [InlineData(Role.SocialWorker, Category.Problems, "Active ones only: Dorset County Hospital, Poole Hospital, Dorset Council, Bournemouth Council", "Nothing: Royal Bournemouth, Poole Council, GP practices")]
    [InlineData(Role.SocialWorker, Category.Results, "Nothing")]
    [InlineData(Role.Nurse, Category.MentalHealth, "Sealed: with a reason, which is always looked into: Dorset County Hospital, Poole Hospital, Dorset Council, Bournemouth Council", "Nothing: Royal Bournemouth, Poole Council, GP practices")]
    public void When_somebody_asks_what_their_role_sees_then_it_is_what_the_rules_give_them(Role role, Category category, params string[] expected)
    {
        var reach = Reach.Of(Viewer(role), PolicyOf("least-privilege"), Sight.Whole, Now);

        Assert.Equal(Categories.Agreed, reach.Select(reached => reached.Category));
        Assert.Equal(expected, ExtentWords.Of(reach.Single(reached => reached.Category == category)));
    }

    [Fact]
    public void When_a_role_opens_no_records_then_it_is_told_of_nothing_to_see() =>
        Assert.Empty(Reach.Of(Viewer(Role.Admin), PolicyOf("dorset-flat"), Sight.Whole, Now));

    [Fact]
    public void When_national_codes_are_read_then_only_known_ones_mean_something_and_inclusions_count()
    {
        NationalCode[] map = [new("R1", "role:nurse"), new("B2", "activity:break-seal")];
        NationalInclusion[] includes = [new("R1", "B1"), new("B1", "B2"), new("B2", "R1")];

        Assert.Equal(["activity:break-seal", "role:nurse"], NationalCodes.Permissions(["S1:G1:R1"], map, includes).Order());
        Assert.Equal(["role:nurse"], NationalCodes.Permissions(["R1"], map, []));
        Assert.Empty(NationalCodes.Permissions(["R9999", "", "r1"], map, includes));
        Assert.Empty(NationalCodes.Permissions([], map, includes));
        Assert.True(NationalCodes.Permit(NationalCodes.Permissions(["R1"], map, []), Role.Nurse));
        Assert.False(NationalCodes.Permit(NationalCodes.Permissions(["R1"], map, []), Role.Clinician));
    }

    [Fact]
    public void When_a_role_name_is_unknown_then_it_is_no_role()
    {
        Assert.Null(RoleNames.Find("superuser"));
        Assert.Null(RoleNames.Find("Clinician"));
        Assert.Null(RoleNames.Find(null));
    }

    private static ItemFacts Letter(string source) => new(Section.Letters, source, []);

    private static Answer Ask(Policy policy, Role role, ItemFacts? item) => Decide.Of(Question(policy, role, item));

    private static Question Question(Policy policy, Role role, ItemFacts? item) => new()
    {
        Viewer = Viewer(role), Person = Known, Item = item, Purpose = Purposes.Of(role), Policy = policy, At = Now,
    };

    private static Viewer Viewer(Role role) => new(Guid.NewGuid(), Guid.NewGuid(), "i", "s", "n", "dch", "DCH", role) { Standing = AccountStanding.Active };

    private static Policy PolicyOf(string preset, params (string Name, string Value)[] changed)
    {
        var (agreements, cells, settings) = Rows(preset);
        return new Policy(1, agreements, cells,
            [.. settings.Where(s => changed.All(c => c.Name != s.Name)), .. changed.Select(c => new Setting(c.Name, null, c.Value, Always))], []);
    }

    private static (Agreement[] Agreements, RoleRule[] Cells, Setting[] Settings) Rows(string preset) =>
    (
        [.. from consumer in (string[])["dch", "dcc"]
            from source in (string[])["poole", "dcc", "bbc"]
            where source != consumer
            from category in Categories.Agreed
            from purpose in Enum.GetValues<Purpose>()
            select new Agreement(Guid.NewGuid(), source, consumer, category, purpose, preset, Always)],
        [.. Presets.Cells.Select(cell => new RoleRule(cell.Preset, cell.Role, cell.Category, cell.Extent, Always))],
        [.. Presets.Settings.Select(setting => new Setting(setting.Name, null, setting.Value, Always))]
    );
}
