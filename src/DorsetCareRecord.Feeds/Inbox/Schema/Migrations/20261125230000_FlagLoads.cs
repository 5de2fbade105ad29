using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>Whether a message is history being loaded: its receipt is no news.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125230000_FlagLoads")]
internal sealed class FlagLoads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("alter table inbox.message add column load text check (load in ('migration'))");
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("How a message came is not taken down.");
}
