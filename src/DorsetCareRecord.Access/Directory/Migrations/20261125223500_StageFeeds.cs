using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>
    /// Who sees a source while it is new. Read and written in SQL only, so the model of this context does not have it, and other
    /// migrations need not know of it.
    /// </summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261125223500_StageFeeds")]
    internal sealed class StageFeeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            create table access.feed_stage (
              id uuid primary key,
              source text not null,
              section smallint,
              audience text not null check (audience in ('testers', 'organisation', 'all')),
              organisation text references access.organisation (code),
              testers uuid[] not null,
              since timestamptz not null,
              by text not null,
              why text not null check (why ~ '\S'),
              ended_at timestamptz,
              ended_by text,
              check ((audience = 'organisation') = (organisation is not null)));
            create unique index feed_stage_open on access.feed_stage (source, coalesce(section, 0)) where ended_at is null;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table access.feed_stage");
    }
}
