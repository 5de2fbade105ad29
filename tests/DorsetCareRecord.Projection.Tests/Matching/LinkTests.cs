using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Merging;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Projection.Tests.Matching;

/// <summary>Who is who, on a real database.</summary>
public sealed class LinkTests(PostgresFixture postgres)
{
    private static readonly LocalPatient AtDorchester = new(SourceCodes.SystemC, "D1000001");
    private static readonly LocalPatient AtBournemouth = new(SourceCodes.Camis, "R77");
    private static readonly LocalPatient AtGp = new(SourceCodes.Gp, "G5");
    private static readonly LocalPatient OldNumber = new(SourceCodes.SystemC, "D1000009");

    private long _id;

    [Fact]
    public async Task When_number_birth_date_and_surname_agree_then_they_are_one_person()
    {
        await using var database = await Database.NewAsync(postgres);

        await database.ApplyAsync(Person(AtDorchester), Person(AtBournemouth), Person(AtGp));

        Assert.Equal((1L, 1L), await PersonsAndHomesAsync(database));
    }

    [Fact]
    public async Task When_only_the_number_agrees_then_nobody_is_linked_and_a_human_is_asked_once()
    {
        await using var database = await Database.NewAsync(postgres);

        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtBournemouth, family: "Rahman"), Person(AtBournemouth, family: "Rahman")]);

        Assert.Equal(2, await database.ScalarAsync<long>("select count(distinct person_id) from person_link where ended_at is null"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from review where decided_at is null"));
    }

    [Fact]
    public async Task When_the_source_mends_its_mistake_then_the_link_follows_and_its_history_stays()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtBournemouth, minute: 1)]);

        await database.ApplyAsync(Person(AtBournemouth, number: "9990000026", minute: 2));

        Assert.Equal(2, await database.ScalarAsync<long>("select count(distinct person_id) from person_link where ended_at is null"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from person_link where ended_at is not null"));
    }

    [Fact]
    public async Task When_a_source_merges_two_of_its_patients_then_they_are_one_person()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(Person(AtDorchester), Person(OldNumber, number: null));

        var remarks = await database.ApplyAsync(Merge());

        Assert.Empty(remarks);
        Assert.Equal(1, (await PersonsAndHomesAsync(database)).Persons);
    }

    [Fact]
    public async Task When_the_prior_patient_comes_after_the_merge_then_it_is_linked_then()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Merge()]);

        await database.ApplyAsync(Person(OldNumber, number: null));

        Assert.Equal((1L, 1L), await PersonsAndHomesAsync(database));
    }

    [Fact]
    public async Task When_a_merge_joins_different_numbers_then_it_waits_for_a_human()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(Person(AtDorchester), Person(OldNumber, number: "9990000026"));
        var merge = Merge();

        var remarks = await database.ApplyAsync(merge);

        Assert.Equal(Reasons.MergeNeedsReview, Assert.Single(remarks[merge.MessageId]).Reason);
        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from review where decided_at is null"));
    }

    [Fact]
    public async Task When_an_operator_links_and_unlinks_then_the_record_is_as_before()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(Person(AtDorchester), Person(AtGp), Person(AtBournemouth, number: null));
        var before = await database.ShownAsync();

        await RuleAsync(database, (l, c, t) => l.LinkAsync(c, t, NameIds.Identity(AtBournemouth), NameIds.Identity(AtGp), "operator", "the ward asked"));
        var linked = await PersonsAndHomesAsync(database);
        await RuleAsync(database, (l, c, t) => l.UnlinkAsync(c, t, NameIds.Identity(AtBournemouth), NameIds.Identity(AtGp), "operator", "the ward asked"));

        Assert.Equal(1, linked.Persons);
        Assert.Equal(before, await database.ShownAsync());
    }

    [Fact]
    public async Task When_an_operator_unlinks_and_links_then_the_record_is_as_before()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(Person(AtDorchester), Person(AtGp), Person(AtBournemouth));
        var before = await database.ShownAsync();

        await RuleAsync(database, (l, c, t) => l.UnlinkAsync(c, t, NameIds.Identity(AtBournemouth), NameIds.Identity(AtGp), "operator", "the ward asked"));
        var apart = await PersonsAndHomesAsync(database);
        await database.ApplyAsync(Person(AtBournemouth, minute: 9, given: "Edith Mary"));
        var stillApart = await PersonsAndHomesAsync(database);
        await database.ApplyAsync(Person(AtBournemouth, minute: 10));
        await RuleAsync(database, (l, c, t) => l.LinkAsync(c, t, NameIds.Identity(AtBournemouth), NameIds.Identity(AtGp), "operator", "the ward asked"));

        Assert.Equal((2L, 2L), (apart.Persons, stillApart.Persons));
        Assert.Equal(Who(before), Who(await database.ShownAsync()));
    }

    [Fact]
    public async Task When_a_link_is_made_then_open_pages_are_told_once_a_person()
    {
        await using var database = await Database.NewAsync(postgres);
        var told = new List<string>();
        await using var connection = await database.Source.OpenConnectionAsync();
        connection.Notification += (_, e) => told.Add(e.Payload);
        await using (var listen = new Npgsql.NpgsqlCommand("listen record_changed", connection))
            await listen.ExecuteNonQueryAsync();

        await database.ApplyAsync(Person(AtDorchester), Person(AtGp));
        await connection.WaitAsync(TestContext.Current.CancellationToken);

        var person = await database.ScalarAsync<Guid>("select distinct person_id from person_link where ended_at is null");
        Assert.Equal($"{person}:1,2,3,4,5,6,7,8,9,10,11", Assert.Single(told));
    }

    [Fact]
    public async Task When_same_number_other_birth_date_and_surname_then_they_are_never_shown_as_one_and_a_human_is_asked()
    {
        await using var database = await Database.NewAsync(postgres);

        await database.ApplyAsync(Person(AtDorchester), Person(AtBournemouth, family: "Rahman", born: County.Day(1965, 7, 2)));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal("nhs-number agrees; birth date differs, surname differs",
            await database.ScalarAsync<string>("select evidence from review where decided_at is null"));
    }

    [Fact]
    public async Task When_a_source_empties_the_number_then_the_link_ends_and_its_record_stays()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtBournemouth)]);

        await database.ApplyAsync(Person(AtBournemouth, number: null, minute: 5));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from demographics where source = 'camis' and nhs_number is null and family_name = 'Hardwick'"));
        Assert.Equal("9990000018 06:00 06:00", await database.ScalarAsync<string>("""
            select nhs_number || to_char(held_from at time zone 'UTC', ' HH24:MI') || to_char(held_until at time zone 'UTC', ' HH24:MI') from former_number
            """));
    }

    [Fact]
    public async Task When_a_number_changes_then_both_are_kept_and_whoever_has_the_old_one_is_asked_about()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtBournemouth)]);

        await database.ApplyAsync(Person(AtDorchester, number: "9990000026", minute: 7));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal("9990000018", await database.ScalarAsync<string>("select nhs_number from former_number"));
        Assert.Equal(Matcher.Superseded, await database.ScalarAsync<string>("select evidence from review where decided_at is null"));
    }

    [Fact]
    public async Task When_a_new_number_is_another_persons_then_it_is_a_conflict_and_nobody_is_joined()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(Person(AtGp, number: "9990000026", family: "Rahman", born: County.Day(1965, 7, 2)), Person(AtDorchester));

        await database.ApplyAsync(Person(AtDorchester, number: "9990000026", minute: 7));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal("nhs-number agrees; birth date differs, surname differs",
            await database.ScalarAsync<string>("select evidence from review where decided_at is null"));
    }

    [Fact]
    public async Task When_a_baby_has_no_number_then_the_one_of_its_birth_date_and_surname_is_asked_about_once()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtGp), Person(AtBournemouth, number: null, given: "Baby", postcode: null)]);

        await database.ApplyAsync(Person(AtDorchester, minute: 9));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal(Matcher.Baby, await database.ScalarAsync<string>("select string_agg(evidence, '+') from review where decided_at is null"));
    }

    [Fact]
    public async Task When_merges_make_a_chain_then_all_are_one_person_and_a_ring_is_remarked()
    {
        await using var database = await Database.NewAsync(postgres);
        var oldest = new LocalPatient(SourceCodes.SystemC, "D1000005");
        await database.ApplyAsync(Person(AtDorchester), Person(OldNumber, number: null), Person(oldest, number: null));

        await database.ApplyAsync(Merge(), County.Message(++_id, OldNumber, new Merged(OldNumber, oldest, County.At(4))));
        var ring = County.Message(++_id, oldest, new Merged(oldest, AtDorchester, County.At(6)));
        var remarks = await database.ApplyAsync(ring);

        Assert.Equal(1, (await PersonsAndHomesAsync(database)).Persons);
        Assert.Equal(Reasons.MergeLoop, Assert.Single(remarks[ring.MessageId]).Reason);
    }

    /// <summary>A24 once took the place of the prior's A40, and A37 ended both.</summary>
    [Fact]
    public async Task When_a_merged_patient_is_linked_and_unlinked_then_the_merge_stands_all_the_while()
    {
        await using var database = await Database.NewAsync(postgres);
        var third = new LocalPatient(SourceCodes.SystemC, "D1000005");
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(OldNumber, number: null), Person(third, number: null), Merge()]);
        var merged = Who(await database.ShownAsync());

        await database.ApplyAsync(County.Message(++_id, third, new Linked(third, OldNumber, Stands: true, County.At(6))));
        var linked = await PersonsAndHomesAsync(database);
        await database.ApplyAsync(County.Message(++_id, third, new Linked(OldNumber, third, Stands: false, County.At(7))));

        Assert.Equal(1, linked.Persons);
        Assert.Equal(merged, Who(await database.ShownAsync()));
        Assert.True(await database.ScalarAsync<bool>("select survivor_local_id = 'D1000001' from merge"));
    }

    [Fact]
    public async Task When_two_links_are_told_in_the_wrong_order_then_the_newest_word_stands()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(OldNumber, number: null)]);

        await database.ApplyAsync(County.Message(++_id, OldNumber, new Linked(OldNumber, AtDorchester, Stands: false, County.At(7))));
        await database.ApplyAsync(County.Message(++_id, OldNumber, new Linked(AtDorchester, OldNumber, Stands: true, County.At(6))));

        Assert.Equal(2, (await PersonsAndHomesAsync(database)).Persons);
    }

    [Fact]
    public async Task When_a_message_comes_for_a_patient_merged_away_then_it_is_the_survivors_and_remarked()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(OldNumber, number: null), Merge()]);

        var late = Person(OldNumber, number: null, minute: 3);
        var after = Person(OldNumber, number: null, minute: 9);
        var remarks = await database.ApplyAsync(late, after);

        Assert.False(remarks.ContainsKey(late.MessageId));
        Assert.Equal(Reasons.MergedAway, Assert.Single(remarks[after.MessageId]).Reason);
        Assert.Equal(1, (await PersonsAndHomesAsync(database)).Persons);
    }

    [Fact]
    public async Task When_a_human_decides_then_it_is_a_row_with_who_when_and_why_and_later_changes_nothing()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Person(AtDorchester), Person(AtBournemouth, family: "Rahman")]);
        var before = await database.ShownAsync();

        await RuleAsync(database, (l, c, t) => l.PutOffAsync(c, t, NameIds.Identity(AtDorchester), NameIds.Identity(AtBournemouth), "operator", "asked the ward"));
        var later = await database.ShownAsync();
        await RuleAsync(database, (l, c, t) => l.UnlinkAsync(c, t, NameIds.Identity(AtDorchester), NameIds.Identity(AtBournemouth), "operator", "two people"));

        Assert.Equal(before, later);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from review where decided_at is null"));
        Assert.Equal("later asked the ward operator, apart two people operator", await database.ScalarAsync<string>(
            "select string_agg(decision || ' ' || why || ' ' || decided_by, ', ' order by decision desc) from decision"));
    }

    private static string Who(string dump) =>
        string.Join('\n', dump.Split('\n').Where(l => l.StartsWith("person", StringComparison.Ordinal) || l.StartsWith("waiting", StringComparison.Ordinal)));

    private static async Task<(long Persons, long Homes)> PersonsAndHomesAsync(Database database) => (
        await database.ScalarAsync<long>("select count(distinct person_id) from person_link where ended_at is null"),
        await database.ScalarAsync<long>("select count(distinct home) from identity"));

    private static async Task RuleAsync(Database database, Func<Links, Npgsql.NpgsqlConnection, Npgsql.NpgsqlTransaction, Task> rule)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await rule(new Links(new FakeTimeProvider(County.Dawn.AddDays(30))), connection, transaction);
        await transaction.CommitAsync();
    }

    private MessageFacts Merge() => County.Message(++_id, AtDorchester, new Merged(AtDorchester, OldNumber, County.At(5)));

    private MessageFacts Person(
        LocalPatient patient, string? number = "9990000018", string family = "Hardwick", string given = "Edith", int minute = 0,
        ClinicalDate? born = null, string? postcode = "DT1 1AA") =>
        County.Message(++_id, patient, new Stated(Demographics.Key, new Demographics
        {
            NhsNumber = number,
            FamilyName = family,
            GivenNames = given,
            BornOn = born ?? County.Day(1937, 3, 14),
            Postcode = postcode,
            Cleared = number is null ? [nameof(Demographics.NhsNumber)] : null,
        }, County.At(minute)));
}
