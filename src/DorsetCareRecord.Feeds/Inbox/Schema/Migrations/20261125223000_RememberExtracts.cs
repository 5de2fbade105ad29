using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>What each applied extract held, and which collapsed ones a person has let through.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125223000_RememberExtracts")]
internal sealed class RememberExtracts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Extracts);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("What was let through and by whom is not taken down.");

    // Names of files and columns and numbers of rows: nothing of any person, so the portal may tell what a council supplies.
    private const string Extracts = """
        create table inbox.extract_file (
          message_id bigint not null,
          file text not null,
          source text not null,
          is_full boolean not null,
          rows int not null,
          columns text[] not null,
          taken_at timestamptz not null,
          primary key (message_id, file));
        create index extract_file_latest on inbox.extract_file (source, file, taken_at desc, message_id desc) where is_full;
        create table inbox.accepted_collapse (
          message_id bigint primary key,
          act_id uuid not null,
          accepted_at timestamptz not null);
        grant select, insert on inbox.extract_file, inbox.accepted_collapse to dcr_worker;
        grant select on inbox.extract_file to dcr_portal;
        """;
}
