using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>
/// The order in which messages were applied, by a number and no longer by the time of day: a clock that is set back between two batches would
/// make a rebuild hear them the other way round. The number is taken while the patients' locks are held, so it rises in the order in which
/// batches that have a patient in common were applied.
/// </summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125223000_NumberTheSettlements")]
internal sealed class NumberTheSettlements : Migration
{
    // What is there already is numbered as it was ordered until now. A sequence and a default rather than an identity column, which would
    // number old rows as they happen to lie.
    private const string Number = """
        create sequence inbox.settlement;
        alter table inbox.settled add column place bigint;
        update inbox.settled s set place = n.place
          from (select message_id, row_number() over (order by settled_at, message_id) as place from inbox.settled) n
          where n.message_id = s.message_id;
        select setval('inbox.settlement', coalesce((select max(place) from inbox.settled), 0) + 1, false);
        alter table inbox.settled alter column place set default nextval('inbox.settlement'), alter column place set not null;
        grant usage on sequence inbox.settlement to dcr_worker;
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Number);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The inbox is the truth of the record; it is not taken down.");
}
