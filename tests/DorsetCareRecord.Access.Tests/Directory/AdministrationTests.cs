using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Change = DorsetCareRecord.Access.Directory.Change;

namespace DorsetCareRecord.Access.Tests.Directory;

/// <summary>What an administrator does counts at the next request, and never in another organisation.</summary>
public sealed class AdministrationTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Proposals Proposals => new(_house.Access, _house.Clock);

    private Members Members => new(_house.Access, Proposals, _house.Clock);

    private Teams Teams => new(_house.Access, _house.Clock);

    private Agreements Agreements => new(_house.Access, _house.Clock);

    private Sessions Sessions => new(_house.Access, _house.Clock);

    private DateOnly Today => DorsetCareRecord.Access.Showing.Dates.Today(_house.Clock.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        await Setup.ImportAsync(_house.Database, """
            { "organisations": [], "users": [
              { "issuer": "*", "subject": "second.dch", "name": "Second Admin", "organisation": "dch", "role": "admin" } ] }
            """);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_somebody_is_invited_then_they_sign_in_and_not_before()
    {
        var admin = await SignInAsync("admin.dch");
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => SignInAsync("new.nurse"));

        Assert.Equal(Changed.Done, await Members.InviteAsync(admin, new("*", "new.nurse", "New Nurse", Role.Nurse, Today.AddDays(10), null), Setup.Here, Cancel));

        Assert.Equal((Role.Nurse, "dch"), (await SignInAsync("new.nurse") is var nurse ? (nurse.Role, nurse.Organisation) : default));
        Assert.Equal(Changed.NotUnderstood, await Members.InviteAsync(admin, new("*", "boss", "Boss", Role.Admin, Today.AddDays(10), null), Setup.Here, Cancel));
        // Whoever is here under whichever provider is here already: a row beside theirs would be taken for them at their next sign-in.
        Assert.Equal(Changed.NotUnderstood, await Members.InviteAsync(admin, new("https://provider.test", "clerk.dch", "Alan Pitt", Role.Nurse, Today.AddDays(10), null), Setup.Here, Cancel));
        Assert.Equal(Role.Clerical, (await SignInAsync("clerk.dch")).Role);
        Assert.Equal(Changed.NotUnderstood, await Members.InviteAsync(admin, new("*", "late", "Late", Role.Nurse, Today.AddDays(-1), null), Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_training_ends_or_an_account_lies_unused_then_the_next_request_is_refused_until_it_is_mended()
    {
        var admin = await SignInAsync("admin.dch");
        var nurse = await SignInAsync("nurse.dch");
        Assert.Equal(Changed.Done, await Members.TrainedAsync(admin, nurse.Account, Today, Setup.Here, Cancel));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(nurse.Session, isActivity: true, Cancel));

        _house.Clock.Advance(TimeSpan.FromDays(1));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => SignInAsync("nurse.dch"));
        Assert.Equal(Changed.Done, await Members.TrainedAsync(admin, nurse.Account, Today.AddDays(400), Setup.Here, Cancel));
        await SignInAsync("nurse.dch");

        _house.Clock.Advance(TimeSpan.FromDays(181));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => SignInAsync("nurse.dch"));
        Assert.Equal(Changed.Done, await Members.KeepAsync(admin, nurse.Account, Setup.Here, Cancel));
        await SignInAsync("nurse.dch");
    }

    [Fact]
    public async Task When_a_role_changes_during_a_session_then_it_counts_at_the_next_request()
    {
        var admin = await SignInAsync("admin.dch");
        var nurse = await SignInAsync("nurse.dch");

        Assert.Equal(Changed.Done, await Members.SetRoleAsync(admin, nurse.Account, Role.Clerical, "", Setup.Here, Cancel));

        Assert.Equal(Role.Clerical, Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(nurse.Session, isActivity: true, Cancel)).Viewer.Role);
    }

    [Fact]
    public async Task When_an_administrator_reaches_into_another_organisation_or_at_themselves_then_nothing_changes()
    {
        var stranger = await SignInAsync("admin.dcc");
        var admin = await SignInAsync("admin.dch");
        var nurse = await SignInAsync("nurse.dch");
        var before = await _house.AskAsync("select string_agg(concat_ws('|', id, role, trained_until, last_used_at, disabled_at), ' ' order by id) from access.account");

        Changed[] tried =
        [
            await Members.TrainedAsync(stranger, nurse.Account, Today.AddDays(3), Setup.Here, Cancel),
            await Members.KeepAsync(stranger, nurse.Account, Setup.Here, Cancel),
            await Members.SetRoleAsync(stranger, nurse.Account, Role.Clinician, "", Setup.Here, Cancel),
            await Members.SetRoleAsync(stranger, nurse.Account, Role.Admin, "to rule", Setup.Here, Cancel),
            await Members.SetRoleAsync(admin, admin.Account, Role.Clinician, "", Setup.Here, Cancel),
            await Members.SetRoleAsync(nurse, admin.Account, Role.Nurse, "", Setup.Here, Cancel),
            await Members.InviteAsync(nurse, new("*", "x", "X", Role.Nurse, Today.AddDays(3), null), Setup.Here, Cancel),
            await Agreements.EndAsync(nurse, "dcc", Category.Letters, "no", Setup.Here, Cancel),
        ];

        Assert.All(tried, outcome => Assert.Equal(Changed.NothingForYou, outcome));
        Assert.Equal(before, await _house.AskAsync("select string_agg(concat_ws('|', id, role, trained_until, last_used_at, disabled_at), ' ' order by id) from access.account"));
        Assert.Equal("3", await _house.AskAsync("select count(*) from access.audit where outcome = 'refused' and subject = 'nurse.dch'"));
    }

    [Fact]
    public async Task When_sites_and_teams_are_opened_filled_and_closed_then_their_organisation_alone_does_it_and_each_act_is_noted()
    {
        var (admin, stranger, nurse) = (await SignInAsync("admin.dch"), await SignInAsync("admin.dcc"), await SignInAsync("nurse.dch"));
        Assert.Equal(Changed.Done, await Teams.OpenSiteAsync(admin, "Dorset County Hospital", Setup.Here, Cancel));
        Assert.Equal(Changed.NotUnderstood, await Teams.OpenSiteAsync(admin, "dorset county hospital", Setup.Here, Cancel));
        Assert.Equal(Changed.NotUnderstood, await Teams.OpenSiteAsync(admin, new string('x', Teams.LongestName + 1), Setup.Here, Cancel));
        var site = Assert.Single((await Teams.ListAsync(admin, Setup.Here, Cancel))!);
        Assert.Equal(Changed.Done, await Teams.OpenTeamAsync(admin, site.Id, "Acute Medical Unit", Setup.Here, Cancel));
        Assert.Equal(Changed.NotUnderstood, await Teams.OpenTeamAsync(admin, site.Id, "Acute Medical Unit", Setup.Here, Cancel));
        var team = Assert.Single(Assert.Single((await Teams.ListAsync(admin, Setup.Here, Cancel))!).Teams);

        Changed[] tried =
        [
            await Teams.CloseAsync(stranger, team.Id, Setup.Here, Cancel), await Teams.PlaceAsync(stranger, nurse.Account, team.Id, Setup.Here, Cancel),
            await Teams.PlaceAsync(stranger, nurse.Account, null, Setup.Here, Cancel), await Teams.PlaceAsync(stranger, stranger.Account, null, Setup.Here, Cancel), await Teams.PlaceAsync(nurse, nurse.Account, team.Id, Setup.Here, Cancel),
            await Teams.PlaceAsync(admin, nurse.Account, site.Id, Setup.Here, Cancel), await Teams.PlaceAsync(admin, nurse.Account, Guid.NewGuid(), Setup.Here, Cancel),
        ];
        Assert.All(tried, outcome => Assert.Equal(Changed.NothingForYou, outcome));
        Assert.Equal(Changed.NotUnderstood, await Teams.OpenTeamAsync(stranger, site.Id, "Intruders", Setup.Here, Cancel));
        Assert.Empty((await Teams.ListAsync(stranger, Setup.Here, Cancel))!);
        Assert.Null(await Teams.ListAsync(nurse, Setup.Here, Cancel));

        Assert.Equal(Changed.Done, await Teams.PlaceAsync(admin, nurse.Account, team.Id, Setup.Here, Cancel));
        Assert.Equal([nurse.Name], Assert.Single(Assert.Single((await Teams.ListAsync(admin, Setup.Here, Cancel))!).Teams).Members);
        Assert.Equal(Changed.Done, await Teams.CloseAsync(admin, site.Id, Setup.Here, Cancel));
        Assert.Empty((await Teams.ListAsync(admin, Setup.Here, Cancel))!);
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.team where closed_at is null"));
        Assert.Equal("1", await _house.AskAsync("select count(*) from access.audit where action = 'close-team' and outcome = 'allowed' and subject = 'admin.dch'"));
    }

    [Fact]
    public async Task When_the_directory_names_teams_then_they_are_opened_once_and_move_nobody_who_was_placed()
    {
        const string file = """
            { "organisations": [], "users": [], "teams": [
              { "organisation": "dch", "site": "County", "name": "AMU", "members": ["nurse.dch", "admin.dcc"] }, { "organisation": "dch", "site": "County", "name": "Stroke", "members": ["nurse.dch"] } ] }
            """;
        await Setup.ImportAsync(_house.Database, file);
        await Setup.ImportAsync(_house.Database, file);

        var site = Assert.Single((await Teams.ListAsync(await SignInAsync("admin.dch"), Setup.Here, Cancel))!);
        Assert.Equal(["AMU", "Stroke"], site.Teams.Select(team => team.Name));
        Assert.Equal([1, 0], site.Teams.Select(team => team.Members.Count));
        await Assert.ThrowsAsync<DirectoryFileException>(() => Setup.ImportAsync(_house.Database, file.Replace("dch\", \"site", "nowhere\", \"site", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<DirectoryFileException>(() => Setup.ImportAsync(_house.Database, file.Replace("AMU", "", StringComparison.Ordinal)));
    }

    /// <summary>The file is imported again and again; what was taken from somebody in the browser must not come back with it.</summary>
    [Fact]
    public async Task When_an_administrator_has_decided_then_a_directory_file_undoes_nothing_of_it_until_somebody_changes_organisation()
    {
        const string file = """
            { "organisations": [], "users": [{ "issuer": "*", "subject": "nurse.dch", "name": "Grace Oke", "organisation": "dch", "role": "nurse" }],
              "teams": [{ "organisation": "dch", "site": "County", "name": "AMU", "members": ["nurse.dch"] }, { "organisation": "dch", "site": "County", "name": "Stroke", "members": [] }] }
            """;
        await Setup.ImportAsync(_house.Database, file);
        var (admin, nurse) = (await SignInAsync("admin.dch"), await SignInAsync("nurse.dch"));
        var stroke = Assert.Single((await Teams.ListAsync(admin, Setup.Here, Cancel))!).Teams.Single(team => team.Name == "Stroke");

        Changed[] done =
        [
            await Teams.PlaceAsync(admin, nurse.Account, null, Setup.Here, Cancel), await Teams.CloseAsync(admin, stroke.Id, Setup.Here, Cancel),
            await Members.SetRoleAsync(admin, nurse.Account, Role.Clerical, "", Setup.Here, Cancel), await Members.TrainedAsync(admin, nurse.Account, Today, Setup.Here, Cancel),
        ];
        Assert.All(done, outcome => Assert.Equal(Changed.Done, outcome));
        await Setup.ImportAsync(_house.Database, file);

        Assert.Equal($"clerical {Today:yyyy-MM-dd} ", await _house.AskAsync("select concat_ws(' ', role, trained_until, coalesce(team_id::text, '')) from access.account where subject = 'nurse.dch'"));
        Assert.Equal(["AMU"], Assert.Single((await Teams.ListAsync(admin, Setup.Here, Cancel))!).Teams.Select(team => team.Name));

        await Setup.ImportAsync(_house.Database, file.Replace("\"dch\", \"role", "\"dcc\", \"movedFrom\": \"dch\", \"role", StringComparison.Ordinal));
        Assert.IsType<Admission.Turned>(await Sessions.AdmitAsync(nurse.Session, isActivity: true, Cancel));
        Assert.Equal("dcc nurse {}", await _house.AskAsync("select concat_ws(' ', organisation_code, role, decided) from access.account where subject = 'nurse.dch' and disabled_at is null"));
    }

    /// <summary>S35.</summary>
    [Fact]
    public async Task When_two_administrators_remove_each_other_at_once_then_one_remains()
    {
        var (one, other) = (await SignInAsync("admin.dch"), await SignInAsync("second.dch"));
        var accounts = new Accounts(_house.Access, _house.Clock);
        for (var i = 0; i < 10; i++)
        {
            var removed = await Task.WhenAll(
                accounts.SetEnabledAsync(one, other.Account, enabled: false, Setup.Here, Cancel), accounts.SetEnabledAsync(other, one.Account, enabled: false, Setup.Here, Cancel));
            Assert.Single(removed, done => done);
            await _house.AskAsync("update access.account set disabled_at = null, disabled_by = null");

            var demoted = await Task.WhenAll(
                Members.SetRoleAsync(one, other.Account, Role.Nurse, "", Setup.Here, Cancel), Members.SetRoleAsync(other, one.Account, Role.Nurse, "", Setup.Here, Cancel));
            Assert.Single(demoted, outcome => outcome == Changed.Done);
            await _house.AskAsync("update access.account set role = 'admin' where subject in ('admin.dch', 'second.dch')");
        }
    }

    [Fact]
    public async Task When_something_is_shared_with_an_organisation_then_two_of_its_owner_must_say_so_and_it_is_done_once()
    {
        var (asker, second, stranger) = (await SignInAsync("admin.dch"), await SignInAsync("second.dch"), await SignInAsync("admin.dcc"));
        await Agreements.EndAsync(asker, "dcc", Category.Letters, "to begin with", Setup.Here, Cancel);
        Assert.Empty(await LettersForDccAsync());

        Assert.Equal(Changed.Waits, await Proposals.AskToShareAsync(asker, new Change.Share("dcc", Category.Letters, Purpose.DirectCare, "least-privilege", null), "Agreed 6 November", Setup.Here, Cancel));
        var waiting = Assert.Single(await Proposals.WaitingAsync(second, Cancel));
        Assert.Empty(await Proposals.WaitingAsync(stranger, Cancel));
        Assert.Equal(Changed.NothingForYou, await Proposals.DecideAsync(asker, waiting.Id, approve: true, Setup.Here, Cancel));
        Assert.Equal(Changed.NothingForYou, await Proposals.DecideAsync(stranger, waiting.Id, approve: true, Setup.Here, Cancel));
        Assert.Empty(await LettersForDccAsync());

        var both = await Task.WhenAll(
            Proposals.DecideAsync(second, waiting.Id, approve: true, Setup.Here, Cancel), Proposals.DecideAsync(second, waiting.Id, approve: true, Setup.Here, Cancel));

        Assert.Equal([Changed.Done, Changed.NothingForYou], both.Order());
        Assert.Single(await LettersForDccAsync());

        async Task<IReadOnlyList<SharedCategory>> LettersForDccAsync() =>
            [.. (await Agreements.ListAsync(asker, Setup.Here, Cancel))!.Where(shared => shared is { Consumer: "dcc", Category: Category.Letters })];
    }

    [Fact]
    public async Task When_an_administrator_proved_who_they_are_long_ago_then_they_give_nobody_anything_and_still_take_away()
    {
        var admin = await SignInAsync("admin.dch");
        var nurse = await SignInAsync("nurse.dch");
        _house.Clock.Advance(Proof.ToFinish + TimeSpan.FromSeconds(1));

        Changed[] tried =
        [
            await Members.SetRoleAsync(admin, nurse.Account, Role.Clinician, "", Setup.Here, Cancel),
            await Members.InviteAsync(admin, new("*", "x", "X", Role.Nurse, Today.AddDays(3), null), Setup.Here, Cancel),
            await Proposals.AskToShareAsync(admin, new Change.Share("dcc", Category.Letters, Purpose.DirectCare, "least-privilege", null), "why", Setup.Here, Cancel),
            await Proposals.DecideAsync(admin, Guid.NewGuid(), approve: true, Setup.Here, Cancel),
        ];

        Assert.All(tried, outcome => Assert.Equal(Changed.ProveAgain, outcome));
        Assert.Equal("nurse 0 0", await _house.AskAsync("""
            select role || ' ' || (select count(*) from access.proposal) || ' ' || (select count(*) from access.account where subject = 'x')
            from access.account where subject = 'nurse.dch'
            """));
        Assert.Equal(Changed.Done, await Agreements.EndAsync(admin, "dcc", Category.Letters, "at once", Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_a_proposal_lapses_or_is_taken_back_then_nobody_can_approve_it()
    {
        var (asker, second) = (await SignInAsync("admin.dch"), await SignInAsync("second.dch"));
        var nurse = await SignInAsync("nurse.dch");
        Assert.Equal(Changed.Waits, await Members.SetRoleAsync(asker, nurse.Account, Role.Admin, "holiday cover", Setup.Here, Cancel));
        var first = Assert.Single(await Proposals.WaitingAsync(second, Cancel));
        Assert.Equal(Changed.Done, await Proposals.DecideAsync(asker, first.Id, approve: false, Setup.Here, Cancel));
        Assert.Equal(Changed.NothingForYou, await Proposals.DecideAsync(second, first.Id, approve: true, Setup.Here, Cancel));
        await Members.SetRoleAsync(asker, nurse.Account, Role.Admin, "holiday cover", Setup.Here, Cancel);
        var other = Assert.Single(await Proposals.WaitingAsync(second, Cancel));

        _house.Clock.Advance(TimeSpan.FromDays(7));

        second = second with { AuthenticatedAt = _house.Clock.GetUtcNow() };
        Assert.Equal(Changed.NothingForYou, await Proposals.DecideAsync(second, other.Id, approve: true, Setup.Here, Cancel));
        Assert.Equal("nurse", await _house.AskAsync("select role from access.account where subject = 'nurse.dch'"));
    }

    [Fact]
    public async Task When_an_administrator_asks_why_then_the_rules_answer_and_it_is_noted()
    {
        await _house.TellEdithAsync();
        var admin = await SignInAsync("admin.dch");
        var pharmacist = await SignInAsync("pharmacist");
        Assert.True(NhsNumber.TryParse("9990000018", out var number));
        Assert.True(NhsNumber.TryParse("9990000050", out var nobody));
        var explanation = new Explanation(_house.Access, _house.Door, _house.Clock);

        var why = await explanation.AskAsync(admin, pharmacist.Account, number!.Value, Setup.Here, Cancel);

        Assert.Equal(Verdict.Allow, why!.Opening.Verdict);
        Assert.Contains(why.Opening.Rules, rule => rule.StartsWith("4:", StringComparison.Ordinal));
        var care = why.Cells.Single(cell => cell is { Section: Section.Care, Feed: SourceCodes.SocialCareDorset }).Answer;
        Assert.Equal(Verdict.Deny, care.Verdict);
        Assert.Contains("3:least-privilege:Pharmacist:Care:None", care.Rules);
        Assert.Equal("explain-decision allowed 9990000018", await _house.AskAsync("select concat_ws(' ', action, outcome, searched) from access.audit order by seq desc limit 1"));
        Assert.Null(await explanation.AskAsync(await SignInAsync("admin.dcc"), pharmacist.Account, number.Value, Setup.Here, Cancel));

        var unknown = (await explanation.AskAsync(admin, pharmacist.Account, nobody!.Value, Setup.Here, Cancel))!.Opening;
        await _house.AskAsync("insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '9990000018', '2000-01-01Z', 't', now(), 't')");
        var opted = (await explanation.AskAsync(admin, pharmacist.Account, number.Value, Setup.Here, Cancel))!.Opening;
        Assert.Equal(unknown.Rules, opted.Rules);
    }

    private Task<Viewer> SignInAsync(string user) => Setup.SignInAsync(_house.Access, user, _house.Clock);
}
