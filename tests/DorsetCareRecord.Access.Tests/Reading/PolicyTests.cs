using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>Policy at work on a real record: what the tables say counts at the very next request, in what is read and counted.</summary>
public sealed class PolicyTests(PostgresFixture postgres) : IAsyncLifetime
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

    [Theory]
    [InlineData("clinician.dch", true)]
    [InlineData("clerk.dch", true)]
    [InlineData("pharmacist", true)]
    [InlineData("gp.ccg", true)]
    [InlineData("socialworker.dcc", true)]
    [InlineData("clinician.rbch", false)]
    public async Task When_a_record_is_opened_then_the_feeds_tell_whether_there_is_a_relationship(string user, bool isKnown)
    {
        var opening = await _house.OpenAsync(user, _edith, Errand.Summary);

        Assert.Equal(isKnown ? null : Asking.Discussion, (opening as Opening.ReasonNeeded)?.Asking);
        Assert.Equal(isKnown, opening is Opening.Opened);
    }

    [Fact]
    public async Task When_a_reason_is_given_then_that_record_opens_to_that_session_and_an_alert_is_raised()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.rbch");
        var other = await Setup.SignInAsync(_house.Access, "clinician.rbch");
        await _house.OpenAsync(viewer, _edith, Errand.Summary);

        var said = await _house.SayAsync(viewer, _edith, Asking.Discussion);

        Assert.Equal(Declared.Open, said);
        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
        Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync(other, _edith, Errand.Summary));
        Assert.Equal("P2 rbch talked {carecentric,gp,socialcare-dcc,systemc}", await _house.AskAsync($"""
            select concat_ws(' ', rule, organisation_code, reason, (select array_agg(f order by f) from unnest(feeds) f)::text)
            from access.alert where person_id = '{_edith}' and account_id = '{viewer.Account}'
            """));
        Assert.Equal("declare-relationship allowed", await _house.AskAsync(
            "select action || ' ' || outcome from access.audit where 'reason:talked' = any(rules)"));
    }

    [Theory]
    [InlineData("nonsense", "a sentence that would do")]
    [InlineData(null, "a sentence that would do")]
    public async Task When_no_reason_of_those_offered_is_chosen_then_nothing_opens(string? reason, string words)
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.rbch");

        var said = await _house.Reception.SayAsync(viewer, _edith, Purpose.DirectCare, seal: false, reason, words, Setup.Here, Cancel);

        Assert.Equal(Declared.SayMore, said);
        Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.alert"));
    }

    [Fact]
    public async Task When_a_seal_is_broken_then_it_holds_four_hours_and_not_a_moment_longer()
    {
        await _house.AskAsync($"insert into access.restricted_person (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '9990000018', '2000-01-01Z', 't', now(), 't')");
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        Assert.Equal(Asking.Seal, Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync(viewer, _edith, Errand.Summary)).Asking);

        Assert.Equal(Declared.Open, await _house.SayAsync(viewer, _edith, Asking.Seal));

        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
        _house.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
        _house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
        Assert.Equal("P1", await _house.AskAsync("select string_agg(rule, ' ') from access.alert"));
    }

    [Theory]
    [InlineData("clerk.dch")]
    [InlineData("pharmacist")]
    public async Task When_a_role_is_not_listed_then_it_is_told_so_and_cannot_break_the_seal(string user)
    {
        await _house.AskAsync($"insert into access.restricted_person (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '9990000018', '2000-01-01Z', 't', now(), 't')");
        var viewer = await Setup.SignInAsync(_house.Access, user);

        var asked = await _house.Reception.AskAsync(viewer, _edith, Purposes.Of(viewer.Role), seal: false, Setup.Here, Cancel);

        Assert.False(asked!.MayOpen);
        Assert.Null(asked.Who.Postcode ?? asked.Who.Telephone ?? asked.Who.PracticeName);
        Assert.Equal(Declared.NothingForYou, await _house.SayAsync(viewer, _edith, Asking.Seal));
        Assert.IsNotType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
    }

    [Fact]
    public async Task When_somebody_opts_out_during_a_session_then_the_next_request_finds_nobody()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));

        await OptOutAsync("9990000018");

        var opted = await _house.OpenAsync(viewer, _edith, Errand.Summary);
        var nobody = await _house.OpenAsync(viewer, Guid.NewGuid(), Errand.Summary);
        Assert.Equal(nobody, opted);
        Assert.Empty((await FindAsync(viewer, "9990000018")).People);
        Assert.Empty((await FindAsync(viewer, "hardwick 14 3 1937")).People);
        Assert.Null(await _house.Door.SectionsAsync(viewer, _edith, Purpose.DirectCare, Cancel));
        Assert.Null(await _house.Reception.AskAsync(viewer, _edith, Purpose.DirectCare, seal: true, Setup.Here, Cancel));

        await _house.AskAsync("update access.opt_out set valid_to = valid_from");
        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Summary));
    }

    [Fact]
    public async Task When_an_agreement_ends_then_the_next_request_lacks_that_source_in_lists_counts_and_search()
    {
        var before = await _house.ReadAsync("clinician.dch", _edith);
        Assert.Contains(before.Allergies.Entries, entry => entry.Source == SourceCodes.Gp);

        await _house.AskAsync("update access.sharing_agreement set valid_to = valid_from where source_org = 'ccg' and consumer_org = 'dch'");
        var after = await _house.ReadAsync("clinician.dch", _edith);
        var theirs = await _house.ReadAsync("clinician.rbch", _edith);

        Assert.DoesNotContain(after.Allergies.Entries, entry => entry.Source == SourceCodes.Gp);
        Assert.DoesNotContain(after.Demographics.Entries, entry => entry.Source == SourceCodes.Gp);
        Assert.Equal(after.Allergies.Entries.Count, after.Allergies.Total);
        Assert.Equal([SourceCodes.Gp], after.NotSharedIn(Section.Allergies));
        Assert.Equal(0, after.HiddenIn(Section.Allergies));
        Assert.Null(after.Who.PracticeName);
        Assert.Contains(theirs.Allergies.Entries, entry => entry.Source == SourceCodes.Gp);
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        Assert.Null(Assert.Single((await FindAsync(viewer, "9990000018")).People).Who.PracticeName);
    }

    [Fact]
    public async Task When_agreements_give_different_presets_then_each_source_is_shown_by_its_own()
    {
        await _house.AskAsync("update access.sharing_agreement set preset = 'dorset-flat' where source_org = 'ccg' and consumer_org = 'dcc'");

        var view = await _house.ReadAsync("socialworker.dcc", _edith);

        Assert.Contains(view.Problems.Entries, entry => entry.Source == SourceCodes.Gp && entry.Item.Status == ProblemStatus.Resolved);
        Assert.DoesNotContain(view.Problems.Entries, entry => entry.Source != SourceCodes.Gp && entry.Item.Status == ProblemStatus.Resolved);
        Assert.Contains(view.Results.Entries, entry => entry.Source == SourceCodes.Gp);
        Assert.DoesNotContain(view.Results.Entries, entry => entry.Source != SourceCodes.Gp);
        Assert.All(view.Encounters.Entries.Where(entry => entry.Source != SourceCodes.Gp), entry => Assert.Null(entry.Item.Reason));
        Assert.Contains(view.Encounters.Entries, entry => entry.Source == SourceCodes.Gp && entry.Item.Reason is not null);
    }

    [Fact]
    public async Task When_a_code_or_clinic_becomes_sensitive_then_what_is_stored_already_is_hidden_and_counted()
    {
        var before = await _house.ReadAsync("clinician.dch", _edith);
        await SetAsync("cardiac", Category.Excluded, "clinic:cardiology", "clinic:heart failure clinic");

        var after = await _house.ReadAsync("clinician.dch", _edith);

        // A letter by its department; encounters by their clinic; the diagnosis of such an encounter with it.
        Assert.DoesNotContain(after.Letters.Entries, entry => entry.Item.Department == "Cardiology");
        Assert.DoesNotContain(after.Encounters.Entries, entry => entry.Item.Specialty is "Cardiology" or "Heart failure clinic");
        Assert.DoesNotContain(after.Problems.Entries, entry => entry.Item.EncounterKey == "s1");
        foreach (var section in (Section[])[Section.Letters, Section.Encounters, Section.Problems])
            Assert.True(after.HiddenIn(section) > 0, section.ToString());
        Assert.Equal(before.Encounters.Total, after.Encounters.Total + after.HiddenIn(Section.Encounters));
        Assert.Equal(before.Letters.Total, after.Letters.Total + after.HiddenIn(Section.Letters));
        Assert.False(after.HasSealed && after.HiddenIn(Section.Letters) == 0);
        Assert.Equal("1", await _house.AskAsync("select count(*) from access.audit_shown where cardinality(withheld) > 0"));

        var clerk = await _house.ReadAsync("clerk.dch", _edith);
        Assert.Equal(0, clerk.HiddenIn(Section.Encounters)); // for whom not even that there is something may be known
        Assert.DoesNotContain(clerk.Encounters.Entries, entry => after.Encounters.Entries.All(seen => seen.Id != entry.Id));
    }

    [Fact]
    public async Task When_a_set_seals_then_a_listed_role_opens_it_with_a_reason_and_others_do_not()
    {
        await SetAsync("memory clinic", Category.MentalHealth, "clinic:cardiology");
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        var closed = await (await _house.OpenWithReasonAsync(nurse, _edith, Errand.Summary)).ReadAsync(Cancel);
        Assert.True(closed.HasSealed);
        Assert.True(closed.HiddenIn(Section.Letters) > 0);

        Assert.Equal(Declared.Open, await _house.SayAsync(nurse, _edith, Asking.Seal));

        var open = await (await _house.OpenWithReasonAsync(nurse, _edith, Errand.Summary)).ReadAsync(Cancel);
        Assert.Contains(open.Letters.Entries, entry => entry.Item.Department == "Cardiology");
        Assert.Equal(0, open.HiddenIn(Section.Letters));
        Assert.Equal("P1", await _house.AskAsync("select string_agg(rule, ' ') from access.alert"));
    }

    [Fact]
    public async Task When_a_source_labels_an_item_then_it_is_sealed_or_marked_and_a_labelling_feeds_silence_counts_as_restricted()
    {
        await SayAsync(
            Told.State("r", new Problem { Kind = ProblemKind.Problem, Text = "Labelled R", Status = ProblemStatus.Active, Confidentiality = Confidentiality.Restricted }, Now),
            Told.State("v", new Problem { Kind = ProblemKind.Problem, Text = "Labelled V", Status = ProblemStatus.Active, Confidentiality = Confidentiality.VeryRestricted }, Now),
            Told.State("n", new Problem { Kind = ProblemKind.Problem, Text = "Labelled N", Status = ProblemStatus.Active, Confidentiality = Confidentiality.Normal }, Now));
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");

        var closed = await (await _house.OpenWithReasonAsync(viewer, _edith, Errand.Summary)).ReadAsync(Cancel);
        Assert.Equal(["Labelled N"], closed.Problems.Entries.Select(entry => entry.Item.Text).Where(text => text.StartsWith("Labelled", StringComparison.Ordinal)));
        Assert.Equal(2, closed.HiddenIn(Section.Problems));
        await _house.SayAsync(viewer, _edith, Asking.Seal);
        var open = await (await _house.OpenWithReasonAsync(viewer, _edith, Errand.Summary)).ReadAsync(Cancel);
        Assert.Equal(["Labelled N", "Labelled R"], open.Problems.Entries.Select(entry => entry.Item.Text).Where(text => text.StartsWith("Labelled", StringComparison.Ordinal)).Order());

        await _house.AskAsync("insert into access.policy_setting (id, name, value, valid_from, made_by, made_at, why) values (gen_random_uuid(), 'labelling-feeds', 'gp', '2000-01-01Z', 't', now(), 't')");
        var silent = await _house.ReadAsync("clinician.dch", _edith);
        Assert.Equal(["Labelled N"], silent.Problems.Entries.Where(entry => entry.Source == SourceCodes.Gp).Select(entry => entry.Item.Text));
    }

    [Fact]
    public async Task When_a_panel_is_sensitive_then_so_is_each_value_and_the_words_of_its_report()
    {
        await SayAsync(Told.State("hiv", new Report
        {
            Kind = ReportKind.Laboratory, Title = "Serology", Status = ResultStatus.Final, Coding = new Coding("S1", "lab", null), Text = "Reactive",
        }, Now), Told.State("hiv-1", new Result { ReportKey = "hiv", Test = "Antigen", Value = "Reactive", Status = ResultStatus.Final }, Now));
        await SetAsync("serology", Category.Excluded, "code:lab|S1");
        var id = Guid.Parse((await _house.AskAsync("select id from record.report where source_key = 'hiv'"))!);

        var lens = await _house.OpenWithReasonAsync(await Setup.SignInAsync(_house.Access, "clinician.dch"), _edith, Errand.Report(id));
        var view = await lens.ReadAsync(Cancel);

        Assert.DoesNotContain(view.Results.Entries, entry => entry.Item.ReportKey == "hiv");
        Assert.DoesNotContain(view.Reports.Entries, entry => entry.Id == id);
        Assert.Null(await lens.ReadReportTextAsync(Cancel));
        Assert.Equal(2, view.HiddenIn(Section.Results));
    }

    [Fact]
    public async Task When_a_restricted_persons_record_is_opened_then_nothing_in_it_tells_where_they_are()
    {
        await SayAsync(Told.State("secret", new Problem
        {
            Kind = ProblemKind.Problem, Text = "Lives at 14 specimen lane, Dorchester with son", Status = ProblemStatus.Active,
            Notes = "Rang 01632 960 114, seen at Example Surgery, DT11AA", RecordedBy = "Dr Helen Trevett", Organisation = "Example Surgery",
        }, Now));
        await _house.AskAsync($"insert into access.restricted_person (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '9990000018', '2000-01-01Z', 't', now(), 't')");

        var view = await _house.ReadAsync("clinician.dch", _edith);

        var everything = System.Text.Json.JsonSerializer.Serialize<object>(view);
        foreach (var place in (string[])["Specimen Lane", "DT1 1AA", "DT11AA", "960114", "960 114", "900114", "Example Surgery", "Trevett", "J81999", "Poole", "Dorset County", "carecentric", "systemc", "ward B3"])
            Assert.DoesNotContain(place, everything, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(view.Medicines.Entries);
        Assert.Equal(SectionState.Withheld, view.Letters.State);
        Assert.Equal(SectionState.Withheld, view.Encounters.State);
    }

    /// <summary>The law that the query and the function agree: nothing is shown that the function refuses, nothing kept back that it allows.</summary>
    [Theory]
    [InlineData("consumer_org = 'ccg' and category in (3, 9)")]
    [InlineData("category = 1")] // what a source shares without saying whose it is, is hidden by code, clinic and label all the same
    public async Task When_the_record_is_read_then_each_item_is_there_exactly_if_the_decision_says_so(string ended)
    {
        await SetAsync("cardiac", Category.MentalHealth, "clinic:cardiology");
        await SetAsync("kidney", Category.Excluded, "code:");
        await _house.AskAsync("update access.sharing_agreement set valid_to = valid_from where source_org = 'poole' and " + ended);
        var policy = await new PolicyBook(_house.Access).ReadAsync(0, Cancel);
        var whole = await _house.AskAsync("""
            select string_agg(concat_ws('|', p.id, p.source, p.status, p.ended, p.code is null,
                exists (select from record.encounter e where e.source_key = p.encounter_key and e.source = p.source and lower(e.specialty) = 'cardiology')), ' ')
            from record.problem p
            """);

        foreach (var user in (string[])["clinician.dch", "nurse.dch", "socialworker.dcc", "pharmacist", "gp.ccg", "clinician.rbch", "clerk.dch"])
        {
            var viewer = await Setup.SignInAsync(_house.Access, user);
            var view = await (await _house.OpenWithReasonAsync(viewer, _edith, Errand.Summary)).ReadAsync(Cancel);
            foreach (var row in whole!.Split(' ').Select(text => text.Split('|')))
            {
                var sets = policy.Sets.Where(set => (set.Name == "cardiac" && row[5] == "t") || (set.Name == "kidney" && row[4] == "t")).ToList();
                var answer = Decide.Of(new Question
                {
                    Viewer = viewer, Purpose = Purposes.Of(viewer.Role), Policy = policy, At = _house.Clock.GetUtcNow(),
                    Person = new PersonFacts { IsKnown = true, IsDeclared = true },
                    Item = new ItemFacts(Section.Problems, Dorset.SourceOf(row[1])!.OrganisationCode, sets),
                });
                var isShown = answer.IsAllowed
                    && (answer.Extent == Extent.All || (row[2] != $"{(int)ProblemStatus.Resolved}" && row[3] == "f"));
                Assert.Equal(isShown, view.Problems.Entries.Any(entry => entry.Id == Guid.Parse(row[0])));
            }
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task SayAsync(params Record.Facts.Fact[] facts) => _house.Told.SayAsync(SourceCodes.Gp, EdithsRecord.GpNumber, facts);

    private Task<string?> OptOutAsync(string number) => _house.AskAsync($"""
        insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '{number}', '2000-01-01Z', 't', now(), 't')
        """);

    private async Task SetAsync(string name, Category category, params string[] keys)
    {
        var id = Guid.NewGuid();
        await _house.AskAsync($"""
            insert into access.sensitive_set (id, name, category, valid_from, made_by, made_at, why) values ('{id}', '{name}', {(short)category}, '2000-01-01Z', 't', now(), 't')
            """);
        foreach (var key in keys)
            await _house.AskAsync($"insert into access.sensitive_member (set_id, key) values ('{id}', '{key}')");
    }

    private async Task<SearchAnswer.Found> FindAsync(Viewer viewer, string words) => Assert.IsType<SearchAnswer.Found>(await _house.Search.FindAsync(
        viewer, Sought.Read(words, new DateOnly(2026, 11, 23)), words, Purpose.DirectCare, Setup.Here, Cancel));
}
