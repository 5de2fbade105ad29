using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>What people said of codes no map has: each word is kept, the latest counts. And a source that has closed is expected no more.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261126014000_RuleOnCodes")]
internal sealed class RuleOnCodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""
            create table inbox.code_ruling (
              id uuid primary key,             -- of the act
              source text not null, place text not null, shape text not null,
              state text not null,             -- mapped | ignored | open
              profile_version int,             -- of the profile that maps the code
              by text not null, why text not null, at timestamptz not null);
            create index code_ruling_of on inbox.code_ruling (source, place, shape, at desc);
            grant select, insert on inbox.code_ruling to dcr_worker;
            grant select on inbox.code_ruling to dcr_portal;
            grant delete on inbox.expectation to dcr_worker;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("Who ruled what on a code is not taken down.");
}
