using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class MoveEncounters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_request",
                schema: "record",
                table: "report",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "order_number",
                schema: "record",
                table: "report",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "move",
                schema: "record",
                columns: table => new
                {
                    source = table.Column<string>(type: "text", nullable: false),
                    prior_local_id = table.Column<string>(type: "text", nullable: false),
                    prior_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    owner_local_id = table.Column<string>(type: "text", nullable: false),
                    owner_key = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_move", x => new { x.source, x.prior_local_id, x.prior_key, x.source_version, x.message_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_move_source_owner_local_id",
                schema: "record",
                table: "move",
                columns: new[] { "source", "owner_local_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "move",
                schema: "record");

            migrationBuilder.DropColumn(
                name: "is_request",
                schema: "record",
                table: "report");

            migrationBuilder.DropColumn(
                name: "order_number",
                schema: "record",
                table: "report");
        }
    }
}
