using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>Whose a parked message is, where it can be read, so that a page about them can say that something is missing.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125230500_TellWhoseIsParked")]
internal sealed class TellWhoseIsParked : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""
            alter table inbox.parked add column patients text[] not null default '{}';
            create index parked_patients on inbox.parked using gin (patients);
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("What readers were told is not taken down.");
}
