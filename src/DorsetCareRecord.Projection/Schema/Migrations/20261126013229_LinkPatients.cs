using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class LinkPatients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "source_link",
                schema: "record",
                columns: table => new
                {
                    source = table.Column<string>(type: "text", nullable: false),
                    one_local_id = table.Column<string>(type: "text", nullable: false),
                    other_local_id = table.Column<string>(type: "text", nullable: false),
                    stands = table.Column<bool>(type: "boolean", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_link", x => new { x.source, x.one_local_id, x.other_local_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_source_link_source_other_local_id",
                schema: "record",
                table: "source_link",
                columns: new[] { "source", "other_local_id" });

            // What a page says of how a record came to be this person's (hazard H03), without a further join.
            migrationBuilder.Sql("""
                create or replace view record.shown_link as
                select l.person_id, l.home, l.identity_id, l.since, l.evidence from record.person_link l
                join record.identity i on i.home = l.home and i.id = l.identity_id
                where l.ended_at is null and not exists (select from record.cutover c where c.new_source = i.source and not c.new_speaks)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop view record.shown_link;
                create view record.shown_link as
                select l.person_id, l.home, l.identity_id from record.person_link l
                join record.identity i on i.home = l.home and i.id = l.identity_id
                where l.ended_at is null and not exists (select from record.cutover c where c.new_source = i.source and not c.new_speaks)
                """);
            migrationBuilder.DropTable(
                name: "source_link",
                schema: "record");
        }
    }
}
