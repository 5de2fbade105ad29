using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

/// <summary>A full extract that lost many rows at once is stopped, until somebody who has looked lets it through.</summary>
public sealed class ExtractGuardTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 2, 30, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 80, true)]
    [InlineData(100, 79, false)]
    [InlineData(12, 3, true)] // nine are gone: too few to say anything
    [InlineData(12, 2, false)]
    [InlineData(100, 300, true)]
    public async Task When_a_full_extract_shrinks_then_it_passes_only_within_the_percentage(int before, int now, bool passes)
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, Full("person.csv", before));

        var fault = await guarded.PassAsync(2, Full("person.csv", now));

        Assert.Equal(passes ? null : new Fault(Reasons.CollapsedExtract, "person.csv", $"{now} rows, {before} before"), fault);
    }

    [Fact]
    public async Task When_a_council_has_a_percentage_of_its_own_then_it_counts()
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, Full("person.csv", 100), SourceCodes.SocialCarePoole);

        Assert.Null(await guarded.PassAsync(2, Full("person.csv", 60), SourceCodes.SocialCarePoole));
    }

    [Fact]
    public async Task When_an_extract_was_stopped_then_the_next_is_measured_against_the_last_applied()
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, Full("person.csv", 100));
        await guarded.PassAsync(2, Full("person.csv", 50));

        Assert.NotNull(await guarded.PassAsync(3, Full("person.csv", 50)));
        Assert.Null(await guarded.PassAsync(4, Full("person.csv", 99)));
    }

    [Fact]
    public async Task When_a_delta_is_small_then_it_passes_and_is_no_measure()
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, Full("person.csv", 100));

        Assert.Null(await guarded.PassAsync(2, new ExtractContents([new ExtractFile("person.csv", IsFull: false, 1, ["person_id"], Night.AddHours(1))])));
        Assert.NotNull(await guarded.PassAsync(3, Full("person.csv", 1)));
    }

    [Fact]
    public async Task When_somebody_accepts_the_collapse_then_that_extract_passes_and_no_other()
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, Full("person.csv", 100));
        await guarded.ParkAsync(2, Reasons.CollapsedExtract);
        await guarded.ParkAsync(3, Reasons.Unreadable);

        await InboxDesk.AcceptCollapseAsync(guarded.Connection, [2, 3], Guid.NewGuid(), Cancellation);

        Assert.NotNull(await guarded.PassAsync(3, Full("person.csv", 10)));
        Assert.Null(await guarded.PassAsync(2, Full("person.csv", 10)));
    }

    [Fact]
    public async Task When_full_extracts_were_applied_then_what_each_council_supplies_can_be_read_with_the_portals_right()
    {
        await using var guarded = await GuardedAsync();
        await guarded.PassAsync(1, new ExtractContents(
            [new("person.csv", true, 2, ["person_id"], Night), new("equipment.csv", true, 2, ["equipment_id", "person_id"], Night)]));
        await guarded.PassAsync(2, new ExtractContents([new("ssd_person.csv", true, 2, ["pers_person_id"], Night)]));
        await guarded.PassAsync(3, new ExtractContents([new("person.csv", true, 2, ["person_id", "surname"], Night.AddDays(1))]));

        await using var portal = NpgsqlDataSource.Create(guarded.PortalDatabase);
        var supplied = await SourceCoverage.ReadAsync(portal, Cancellation);

        Assert.Equal(["person.csv person_id,surname", "ssd_person.csv pers_person_id"], supplied.Select(f => $"{f.File} {string.Join(',', f.Columns)}"));
    }

    private static ExtractContents Full(string file, int rows) => new([new ExtractFile(file, IsFull: true, rows, ["person_id"], Night)]);

    private async Task<Guarded> GuardedAsync()
    {
        var database = await postgres.CreateDatabaseAsync(InboxRoom.MigrateAsync);
        var connection = new NpgsqlConnection(database.Worker);
        await connection.OpenAsync(Cancellation);
        return new Guarded(database, connection);
    }

    private sealed class Guarded(TestDatabase database, NpgsqlConnection connection) : IAsyncDisposable
    {
        private readonly ExtractGuard _guard = new(CollapseSettings.From(name => name switch
        {
            "DCR_EXTRACT_COLLAPSE" => "20",
            "DCR_EXTRACT_COLLAPSE_BOP" => "50",
            _ => null,
        }));

        public NpgsqlConnection Connection => connection;

        public string PortalDatabase => database.Portal;

        public Task<Fault?> PassAsync(long id, ExtractContents contents, string source = SourceCodes.SocialCareDorset) =>
            _guard.PassAsync(connection, source, id, contents, Cancellation);

        public async Task ParkAsync(long id, string reason)
        {
            await using var command = new NpgsqlCommand("""
                insert into inbox.parked (message_id, received_at, lane, source, reason, attempts, parked_at)
                values ($1, now(), 0, 'socialcare-dcc', $2, 1, now())
                """, connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
