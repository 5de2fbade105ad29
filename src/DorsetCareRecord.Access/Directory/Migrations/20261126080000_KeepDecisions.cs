using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>
    /// What an administrator has decided of an account in the browser, which a directory file then changes no more. Read and written in
    /// SQL only, so the model of this context does not have it.
    /// </summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261126080000_KeepDecisions")]
    internal sealed class KeepDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table access.account add column decided text[] not null default '{}'
                check (decided <@ array['role', 'team', 'training']);
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table access.account drop column decided");
    }
}
