using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <inheritdoc />
    public partial class SignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "authenticated_at",
                schema: "access",
                table: "session",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "logout_token",
                schema: "access",
                columns: table => new
                {
                    issuer = table.Column<string>(type: "text", nullable: false),
                    token_id = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_logout_token", x => new { x.issuer, x.token_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_session_issuer_provider_session",
                schema: "access",
                table: "session",
                columns: new[] { "issuer", "provider_session" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logout_token",
                schema: "access");

            migrationBuilder.DropIndex(
                name: "ix_session_issuer_provider_session",
                schema: "access",
                table: "session");

            migrationBuilder.DropColumn(
                name: "authenticated_at",
                schema: "access",
                table: "session");
        }
    }
}
