using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class KeepConfidentiality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "result",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "report",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "problem",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "notice",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "medicine",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "letter",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "immunisation",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "flag",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "encounter",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "demographics",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "contact",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "care_worker",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "care_service",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "care_detail",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "confidentiality",
                schema: "record",
                table: "allergy",
                type: "smallint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "result");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "report");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "problem");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "medicine");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "letter");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "immunisation");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "flag");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "encounter");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "demographics");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "care_worker");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "care_service");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "care_detail");

            migrationBuilder.DropColumn(
                name: "confidentiality",
                schema: "record",
                table: "allergy");
        }
    }
}
