using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Privacy;

/// <summary>The patient's question, answered from the audit: complete, and itself a line of the answer.</summary>
public sealed class HistoryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private AccessHistory _histories = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
        _histories = new AccessHistory(_house.Access, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_person_asks_then_every_act_about_them_is_told_with_role_reason_sections_and_what_was_withheld()
    {
        await _house.ReadAsync("clinician.dch", _edith);
        await _house.ReadAsync("clinician.rbch", _edith, Errand.Results); // no relationship: says why
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        var number = Cast.Edith.NhsNumber!.Value;
        await _house.Search.FindAsync(nurse, new Sought.ByNhsNumber(number), number.Digits, Purpose.DirectCare, Setup.Here, Cancel);
        var operates = await Setup.SignInAsync(_house.Access, "operator");
        await new DeskNotes(_house.Access).WriteAsync(operates, Act.ReadMessage, "message:1", "to mend it", Setup.Here, Cancel);
        await new DeskNotes(_house.Access).WriteAsync(operates, Act.ReadMessage, "message:999999", "another's", Setup.Here, Cancel);

        var officer = await Setup.SignInAsync(_house.Access, "privacy.dch");
        var person = await _histories.FindAsync(officer, number, Setup.Here, Cancel);
        var history = await _histories.OpenAsync(officer, person!.Value, isExport: false, Setup.Here, Cancel);

        Assert.Equal(await _house.AskAsync($"""
            select string_agg(seq::text, ',' order by seq) from access.audit
            where person_id = '{_edith}' or '{_edith}' = any(found) or rules @> array['message:1']
            """), string.Join(',', history!.Lines.Select(line => line.Number)));
        Assert.Equal("read-history", history.Lines[^1].Act);
        var stranger = history.Lines.Single(line => line is { Act: "view", Organisation: "rbch", IsAllowed: true });
        Assert.Equal("Direct care, and I have talked with the person or their carer", stranger.Reason);
        Assert.Contains(Section.Results, stranger.Sections);
        Assert.DoesNotContain(Section.Letters, stranger.Sections);
        Assert.Equal("No relationship known; they said why", HistoryWords.Relationship(stranger.Rules));
        var ours = history.Lines.Last(line => line is { Act: "view", Organisation: "dch" });
        Assert.Equal(await _house.AskAsync($"select cardinality(entries) from access.audit_shown where audit_seq = {ours.Number}"), $"{ours.Shown}");
        Assert.Equal(await _house.AskAsync($"select coalesce(sum(split_part(w, ':', 2)::int), 0) from access.audit_shown, unnest(withheld) w where audit_seq = {ours.Number}"),
            $"{ours.Withheld.Sum(one => one.Count)}");
    }

    [Fact]
    public async Task When_records_were_one_for_a_time_then_what_was_looked_at_then_is_told_and_what_came_after_is_not()
    {
        var other = Guid.NewGuid();
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        var during = await NoteAsync(nurse, other);
        await _house.AskAsync($"""
            insert into record.person (id, created_at) values ('{other}', now());
            insert into record.person_link (id, person_id, identity_id, home, since, evidence, made_by, ended_at, ended_by, ended_why)
            select gen_random_uuid(), '{other}', identity_id, home, now() - interval '1 hour', 'test', 'test', clock_timestamp(), 'test', 'test'
            from record.person_link where person_id = '{_edith}' and ended_at is null limit 1
            """);
        var after = await NoteAsync(nurse, other);

        var history = await _histories.OpenAsync(await Setup.SignInAsync(_house.Access, "privacy.dch"), _edith, isExport: true, Setup.Here, Cancel);

        Assert.Contains(history!.Lines, line => line.Number == during);
        Assert.DoesNotContain(history.Lines, line => line.Number == after);
    }

    [Fact]
    public async Task When_it_is_not_for_the_role_then_nothing_is_told_and_the_refusal_is_noted()
    {
        foreach (var user in (string[])["clinician.dch", "admin.dch", "operator"])
            Assert.Null(await _histories.OpenAsync(await Setup.SignInAsync(_house.Access, user), _edith, isExport: false, Setup.Here, Cancel));

        Assert.Equal("refused 3", await _house.AskAsync("select string_agg(distinct outcome, ',') || ' ' || count(*) from access.audit where action = 'read-history'"));
    }

    /// <summary>Not even a portal turned against us reads it without leaving a note: none, another's, a refused one, an old one.</summary>
    [Fact]
    public async Task When_there_is_no_note_of_the_asking_then_the_database_tells_nothing()
    {
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        var looked = await NoteAsync(nurse, _edith);
        await _histories.OpenAsync(nurse, _edith, isExport: false, Setup.Here, Cancel);
        var refused = await _house.AskAsync("select seq from access.audit where action = 'read-history'");
        await _histories.OpenAsync(await Setup.SignInAsync(_house.Access, "privacy.dch"), Guid.NewGuid(), isExport: false, Setup.Here, Cancel);
        var anothers = await _house.AskAsync("select max(seq) from access.audit where action = 'read-history'");

        foreach (var note in (string?[])["0", $"{looked}", refused, anothers])
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() =>
                Setup.TextAsync(_house.Database.Portal, $"select action from access.history_of('{_edith}', {note})"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }
    }

    private Task<long> NoteAsync(Viewer viewer, Guid person) => AuditLog.WriteAsync(_house.Access, new Note
    {
        Act = Act.View, Outcome = Outcome.Allowed, Viewer = viewer, Origin = Setup.Here, Person = person,
    }, Cancel);
}
