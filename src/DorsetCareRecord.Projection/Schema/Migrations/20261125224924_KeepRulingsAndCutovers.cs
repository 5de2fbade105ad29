using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class KeepRulingsAndCutovers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "nhs_number_status",
                schema: "record",
                table: "trait",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lifted_why",
                schema: "record",
                table: "review",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "why",
                schema: "record",
                table: "review",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "comparison",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    crosswalk = table.Column<int>(type: "integer", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    unreadable = table.Column<long>(type: "bigint", nullable: false),
                    extract_digest = table.Column<string>(type: "text", nullable: false),
                    tolerances = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comparison", x => new { x.cutover, x.n });
                });

            migrationBuilder.CreateTable(
                name: "comparison_count",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    concept = table.Column<string>(type: "text", nullable: false),
                    old_items = table.Column<long>(type: "bigint", nullable: false),
                    new_items = table.Column<long>(type: "bigint", nullable: false),
                    paired = table.Column<long>(type: "bigint", nullable: false),
                    only_old = table.Column<long>(type: "bigint", nullable: false),
                    only_new = table.Column<long>(type: "bigint", nullable: false),
                    people = table.Column<long>(type: "bigint", nullable: false),
                    tolerance = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comparison_count", x => new { x.cutover, x.n, x.concept });
                });

            migrationBuilder.CreateTable(
                name: "comparison_difference",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    concept = table.Column<string>(type: "text", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comparison_difference", x => new { x.cutover, x.n, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "cover",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_type = table.Column<short>(type: "smallint", nullable: false),
                    by_entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    why = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cover", x => new { x.home, x.entry_id, x.by_identity_id });
                });

            migrationBuilder.CreateTable(
                name: "crosswalk",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    load = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    old_id = table.Column<string>(type: "text", nullable: false),
                    new_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crosswalk", x => new { x.cutover, x.load, x.kind, x.old_id });
                });

            migrationBuilder.CreateTable(
                name: "cutover",
                schema: "record",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    old_source = table.Column<string>(type: "text", nullable: false),
                    new_source = table.Column<string>(type: "text", nullable: false),
                    new_speaks = table.Column<bool>(type: "boolean", nullable: false),
                    crosswalk = table.Column<int>(type: "integer", nullable: false),
                    drained_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cutover", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cutover_step",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "json", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cutover_step", x => new { x.cutover, x.n });
                });

            migrationBuilder.CreateTable(
                name: "decision",
                schema: "record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "former_number",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    nhs_number = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: true),
                    held_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_number", x => new { x.home, x.identity_id, x.nhs_number });
                });

            migrationBuilder.CreateTable(
                name: "sign_off",
                schema: "record",
                columns: table => new
                {
                    cutover = table.Column<string>(type: "text", nullable: false),
                    comparison = table.Column<int>(type: "integer", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entered_by = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_off", x => new { x.cutover, x.comparison, x.role });
                });

            migrationBuilder.CreateIndex(
                name: "ix_cover_by_identity_id",
                schema: "record",
                table: "cover",
                column: "by_identity_id");

            migrationBuilder.CreateIndex(
                name: "ix_cover_identity_id",
                schema: "record",
                table: "cover",
                column: "identity_id");

            migrationBuilder.CreateIndex(
                name: "ix_crosswalk_cutover_kind_new_id",
                schema: "record",
                table: "crosswalk",
                columns: new[] { "cutover", "kind", "new_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decision_identity_id_other_identity_id",
                schema: "record",
                table: "decision",
                columns: new[] { "identity_id", "other_identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_former_number_nhs_number",
                schema: "record",
                table: "former_number",
                column: "nhs_number");

            // Who a person is to a reader: without the records of a source that is here and has not the word yet (docs/feeds/cutover.md).
            migrationBuilder.Sql("""
                create view record.shown_link as
                select l.person_id, l.home, l.identity_id from record.person_link l
                join record.identity i on i.home = l.home and i.id = l.identity_id
                where l.ended_at is null and not exists (select from record.cutover c where c.new_source = i.source and not c.new_speaks)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view record.shown_link");
            migrationBuilder.DropTable(
                name: "comparison",
                schema: "record");

            migrationBuilder.DropTable(
                name: "comparison_count",
                schema: "record");

            migrationBuilder.DropTable(
                name: "comparison_difference",
                schema: "record");

            migrationBuilder.DropTable(
                name: "cover",
                schema: "record");

            migrationBuilder.DropTable(
                name: "crosswalk",
                schema: "record");

            migrationBuilder.DropTable(
                name: "cutover",
                schema: "record");

            migrationBuilder.DropTable(
                name: "cutover_step",
                schema: "record");

            migrationBuilder.DropTable(
                name: "decision",
                schema: "record");

            migrationBuilder.DropTable(
                name: "former_number",
                schema: "record");

            migrationBuilder.DropTable(
                name: "sign_off",
                schema: "record");

            migrationBuilder.DropColumn(
                name: "nhs_number_status",
                schema: "record",
                table: "trait");

            migrationBuilder.DropColumn(
                name: "lifted_why",
                schema: "record",
                table: "review");

            migrationBuilder.DropColumn(
                name: "why",
                schema: "record",
                table: "review");
        }
    }
}
