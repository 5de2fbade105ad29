using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class KeepForSomeAndVaccinate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "result",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "report",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "problem",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "medicine",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "authorised_until",
                schema: "record",
                table: "medicine",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "issues_allowed",
                schema: "record",
                table: "medicine",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "issues_made",
                schema: "record",
                table: "medicine",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status_reason",
                schema: "record",
                table: "medicine",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "letter",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "flag",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "encounter",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "notes",
                schema: "record",
                table: "encounter",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "demographics",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "contact",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "care_worker",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "care_service",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "audience",
                schema: "record",
                table: "allergy",
                type: "smallint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "care_detail",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    audience = table.Column<short>(type: "smallint", nullable: true),
                    by = table.Column<string>(type: "text", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ended_on = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_eligible = table.Column<bool>(type: "boolean", nullable: true),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    review_on = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_on = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: true),
                    team = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_care_detail", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "immunisation",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    audience = table.Column<short>(type: "smallint", nullable: true),
                    batch_number = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    disease = table.Column<string>(type: "text", nullable: true),
                    dose = table.Column<string>(type: "text", nullable: true),
                    dose_number = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    expires_on = table.Column<string>(type: "text", nullable: true),
                    given_by = table.Column<string>(type: "text", nullable: true),
                    given_on = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_first_hand = table.Column<bool>(type: "boolean", nullable: true),
                    manufacturer = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    place = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_on = table.Column<string>(type: "text", nullable: true),
                    route = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    site = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    vaccine = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_immunisation", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "notice",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    about = table.Column<short>(type: "smallint", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    audience = table.Column<short>(type: "smallint", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    list = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => new { x.home, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_care_detail_home_identity_id",
                schema: "record",
                table: "care_detail",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_immunisation_home_identity_id",
                schema: "record",
                table: "immunisation",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_home_identity_id",
                schema: "record",
                table: "notice",
                columns: new[] { "home", "identity_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "care_detail",
                schema: "record");

            migrationBuilder.DropTable(
                name: "immunisation",
                schema: "record");

            migrationBuilder.DropTable(
                name: "notice",
                schema: "record");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "result");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "report");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "problem");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "authorised_until",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "issues_allowed",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "issues_made",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "status_reason",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "letter");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "flag");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "encounter");

            migrationBuilder.DropColumn(
                name: "notes",
                schema: "record",
                table: "encounter");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "demographics");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "care_worker");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "care_service");

            migrationBuilder.DropColumn(
                name: "audience",
                schema: "record",
                table: "allergy");
        }
    }
}
