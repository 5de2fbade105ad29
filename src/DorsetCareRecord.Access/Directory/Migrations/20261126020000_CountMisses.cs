using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>
    /// Searches that found nobody, for as long as they count. Read and written in SQL only, so the model of this context does not have it.
    /// </summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261126020000_CountMisses")]
    internal sealed class CountMisses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            create table access.search_miss (
              id uuid primary key,
              account_id uuid not null references access.account (id),
              at timestamptz not null);
            create index search_miss_account on access.search_miss (account_id, at);
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table access.search_miss");
    }
}
