using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>
    /// The role in which a session began, for whoever looks at their own sessions. Read and written in SQL only, so the model of this context
    /// does not have it.
    /// </summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261126113000_KeepRoleOfSession")]
    internal sealed class KeepRoleOfSession : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table access.session add column role text");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table access.session drop column role");
    }
}
