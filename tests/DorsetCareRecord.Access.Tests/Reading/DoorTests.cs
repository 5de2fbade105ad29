using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>No view without a note; what is withheld is not even read.</summary>
public sealed class DoorTests(PostgresFixture postgres) : IAsyncLifetime
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

    [Fact]
    public async Task When_the_note_cannot_be_committed_then_there_is_no_lens()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        await _house.AskAsync("alter table access.audit add constraint broken check (action <> 'view') not valid");

        await Assert.ThrowsAsync<NotNotedException>(() =>
            _house.OpenAsync(viewer, _edith, Errand.Summary));
    }

    [Fact]
    public async Task When_what_was_shown_cannot_be_noted_then_nothing_is_shown()
    {
        await _house.AskAsync("alter table access.audit_shown add constraint broken check (part < 0) not valid");
        var opened = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary));

        await Assert.ThrowsAsync<PostgresException>(() => opened.Lens.ReadAsync(Cancel));
    }

    [Fact]
    public async Task When_a_record_is_opened_then_the_note_is_there_before_anything_is_read()
    {
        await _house.OpenAsync("clinician.dch", _edith, Errand.Results);

        Assert.Equal("view allowed clinician dch Hana Begum direct-care {1,2,5,6,10}", await _house.AskAsync($"""
            select concat_ws(' ', action, outcome, role, organisation, name, purpose, sections::text)
            from access.audit where person_id = '{_edith}'
            """));
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.audit_shown"));
    }

    [Fact]
    public async Task When_a_summary_is_read_then_every_entry_is_noted_in_its_version()
    {
        var view = await _house.ReadAsync("clinician.dch", _edith);

        var shown = await _house.AskAsync("select cardinality(entries) from access.audit_shown");
        Assert.Equal(shown, (view.Demographics.Entries.Count + view.Flags.Entries.Count + view.Problems.Entries.Count
            + view.Medicines.Entries.Count + view.Allergies.Entries.Count + view.Results.Entries.Count + view.Reports.Entries.Count
            + view.NextOfKin.Entries.Count + view.Carers.Entries.Count + view.CareServices.Entries.Count + view.CareWorkers.Entries.Count
            + view.Letters.Entries.Count + view.Encounters.Entries.Count).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("0", await _house.AskAsync($"""
            select count(*) from access.audit_shown s, unnest(s.entries, s.messages) x (entry, message)
            where not exists (select from record.version v where v.entry_id = x.entry and v.message_id = x.message)
            """));
    }

    /// <summary>Hazard H03: whoever reads must know that two records were made one, and by whose word.</summary>
    [Fact]
    public async Task When_a_source_has_merged_a_record_into_the_persons_then_the_lens_says_when_and_who()
    {
        var at = _house.Clock.GetUtcNow();
        var lost = new LocalPatient(SourceCodes.SystemC, "D9999999");
        await _house.Told.SayAsync(SourceCodes.SystemC, lost.Id, Told.State(Demographics.Key, Told.Demographics(Cast.Edith) with { NhsNumber = null, NhsNumberStatus = null }, at));
        var before = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary)).Lens.Joins;

        await _house.Told.SayAsync(SourceCodes.SystemC, Cast.Edith.HospitalNumber,
            new Merged(new LocalPatient(SourceCodes.SystemC, Cast.Edith.HospitalNumber), lost, new SourceVersion(at)));

        var joined = Assert.Single(Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary)).Lens.Joins);
        Assert.Empty(before);
        Assert.Equal((SourceCodes.SystemC, JoinedBy.Merge), (joined.Source, joined.By));
        Assert.True(joined.At >= at);
    }

    [Theory]
    [InlineData("admin.dch")]
    [InlineData("operator")]
    public async Task When_a_role_opens_no_records_then_the_answer_is_the_one_for_nobody(string user)
    {
        var refused = await _house.OpenAsync(user, _edith, Errand.Summary);
        var nobody = await _house.OpenAsync("clinician.dch", Guid.NewGuid(), Errand.Summary);

        Assert.Equal(nobody, refused);
        Assert.IsType<Opening.NothingForYou>(refused);
        Assert.Equal("refused", await _house.AskAsync($"select outcome from access.audit where person_id = '{_edith}'"));
    }

    [Fact]
    public async Task When_a_role_may_not_see_a_section_then_its_table_is_not_read()
    {
        // With the rights gone, reading would fail and show as unavailable.
        await _house.AskAsync("revoke select on record.result, record.report from dcr_portal");

        var view = await _house.ReadAsync("socialworker.dcc", _edith);

        Assert.Equal(SectionState.NotForYourRole, view.StateOf(Section.Results));
        Assert.Empty(view.Results.Entries);
        Assert.Equal(SectionState.Read, view.Medicines.State);
    }

    [Fact]
    public async Task When_a_page_needs_one_section_then_the_others_are_not_read()
    {
        var view = await _house.ReadAsync("clinician.dch", _edith, Errand.Letters);

        Assert.Equal(SectionState.NotAsked, view.Medicines.State);
        Assert.Equal(SectionState.NotAsked, view.Results.State);
        Assert.NotEmpty(view.Letters.Entries);
    }

    [Fact]
    public async Task When_a_role_sees_part_of_a_section_then_the_rest_does_not_come()
    {
        var social = await _house.ReadAsync("socialworker.dcc", _edith);
        var pharmacist = await _house.ReadAsync("pharmacist", _edith);
        var clerk = await _house.ReadAsync("clerk.dch", _edith);

        Assert.All(social.Letters.Entries, letter => Assert.Equal(LetterKind.Discharge, letter.Item.Kind));
        Assert.All(social.Problems.Entries, problem => Assert.NotEqual(ProblemStatus.Resolved, problem.Item.Status));
        Assert.All(social.Encounters.Entries, encounter => Assert.Null(encounter.Item.Reason ?? encounter.Item.Clinician));
        Assert.Contains(social.Encounters.Entries, encounter => encounter.Item.Specialty is not null);
        Assert.Equal(3, pharmacist.Encounters.Entries.Count);
        Assert.All(clerk.Encounters.Entries, encounter => Assert.Null(encounter.Item.Specialty ?? encounter.Item.Location));
        Assert.Equal(Extent.DatesOnly, clerk.Encounters.Extent);
    }

    [Fact]
    public async Task When_one_table_is_in_trouble_then_that_section_is_unavailable_and_the_rest_is_there()
    {
        await _house.AskAsync("revoke select on record.allergy from dcr_portal");

        var view = await _house.ReadAsync("clinician.dch", _edith);

        Assert.Equal(SectionState.Unavailable, view.Allergies.State);
        Assert.Equal(SectionState.Read, view.Medicines.State);
        Assert.NotEmpty(view.Medicines.Entries);
    }

    [Fact]
    public async Task When_not_even_the_person_can_be_read_then_nothing_is_shown()
    {
        await _house.AskAsync("revoke select on record.demographics from dcr_portal");

        await Assert.ThrowsAsync<RecordUnavailableException>(() => _house.OpenAsync("clinician.dch", _edith, Errand.Summary));
    }

    [Fact]
    public async Task When_an_item_was_entered_in_error_then_nobody_is_shown_it()
    {
        await _house.Told.SayAsync(SourceCodes.Gp, EdithsRecord.GpNumber, Told.State("wrong", new Allergy
        {
            Kind = AllergyKind.Allergy, Substance = "Wrong one", Status = AllergyStatus.EnteredInError,
        }, TimeProvider.System.GetUtcNow()));

        var view = await _house.ReadAsync("clinician.dch", _edith);

        Assert.DoesNotContain(view.Allergies.Entries, entry => entry.Item.Substance == "Wrong one");
    }

    [Fact]
    public async Task When_a_letter_is_opened_then_its_bytes_come_and_the_act_is_noted()
    {
        var letter = (await _house.ReadAsync("clinician.dch", _edith, Errand.Letters)).Letters.Entries[0];
        var opened = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Letter(letter.Id)));
        await opened.Lens.ReadAsync(Cancel);

        var file = await opened.Lens.ReadFileAsync(Cancel);

        Assert.Equal(letter.Item.ContentLength, file!.Bytes.Length);
        Assert.Equal(letter.Id.ToString(), await _house.AskAsync("select entry_id from access.audit where action = 'open-letter'"));
    }

    [Fact]
    public async Task When_a_letter_is_not_for_the_role_or_of_another_person_then_there_is_none()
    {
        var clinic = (await _house.ReadAsync("clinician.dch", _edith, Errand.Letters)).Letters.Entries
            .First(letter => letter.Item.Kind == LetterKind.Clinic);
        await _house.Told.SayAsync(SourceCodes.SystemC, "D1000002",
            Told.State("person", Told.Demographics(Cast.Thomas), TimeProvider.System.GetUtcNow()));
        var thomas = await _house.Told.PersonOfAsync(SourceCodes.SystemC, "D1000002");

        foreach (var (user, person) in ((string, Guid)[])[("socialworker.dcc", _edith), ("clinician.dch", thomas)])
        {
            var lens = await _house.OpenWithReasonAsync(await Setup.SignInAsync(_house.Access, user), person, Errand.Letter(clinic.Id));
            await lens.ReadAsync(Cancel);
            Assert.Null(await lens.ReadFileAsync(Cancel));
        }
    }

    [Theory]
    [InlineData("insert into record.person values (gen_random_uuid(), now())")]
    [InlineData("update record.allergy set substance = 'nothing'")]
    [InlineData("delete from record.medicine")]
    [InlineData("truncate record.version")]
    [InlineData("create table record.mine (id int)")]
    [InlineData("drop table record.problem")]
    public async Task When_the_portal_tries_to_write_the_record_then_the_database_refuses(string sql)
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => Setup.TextAsync(_house.Database.Portal, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    [Fact]
    public void When_a_host_wants_a_lens_then_only_the_door_makes_one()
    {
        Assert.Empty(typeof(RecordLens).GetConstructors());
        Assert.DoesNotContain(typeof(RecordLens).Assembly.GetExportedTypes(), type =>
            type.GetMethods().Any(method => method.DeclaringType != typeof(Opening.Opened) && method.Name != "<Clone>$"
                && method.ReturnType == typeof(RecordLens)));
        Assert.DoesNotContain(typeof(RecordLens).Assembly.GetExportedTypes().SelectMany(PublicTypes),
            type => type.Namespace?.StartsWith("DorsetCareRecord.Projection", StringComparison.Ordinal) == true
                || type.Namespace == "Npgsql");
    }

    /// <summary>Every type a public member of <paramref name="type"/> names.</summary>
    private static IEnumerable<Type> PublicTypes(Type type) =>
        type.GetMethods().SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
            .Concat(type.GetConstructors().SelectMany(made => made.GetParameters()).Select(p => p.ParameterType))
            .Concat(type.GetProperties().Select(p => p.PropertyType))
            .SelectMany(named => named.IsGenericType ? [.. named.GetGenericArguments(), named] : (Type[])[named]);
}
