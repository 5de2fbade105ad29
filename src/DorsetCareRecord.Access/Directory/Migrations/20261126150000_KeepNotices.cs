using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>What operators tell everybody. Read and written in SQL only, so the model of this context does not have it.</summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261126150000_KeepNotices")]
    internal sealed class KeepNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            create table access.service_notice (
              id uuid primary key,
              text text not null check (text ~ '\S' and length(text) <= 240),
              shown_from timestamptz not null,
              shown_to timestamptz not null check (shown_to > shown_from),
              by_id uuid not null references access.account (id),
              by text not null,
              ended_at timestamptz,
              ended_by text);
            create index service_notice_shown on access.service_notice (shown_to);
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table access.service_notice");
    }
}
