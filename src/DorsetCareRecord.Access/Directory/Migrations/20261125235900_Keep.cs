using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <inheritdoc />
    public partial class Keep : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "correction",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    reporter_organisation = table.Column<string>(type: "text", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_correction", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "letter_read",
                schema: "access",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_read", x => new { x.account_id, x.person_id, x.entry_id, x.content });
                });

            migrationBuilder.CreateTable(
                name: "news",
                schema: "access",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_news", x => new { x.account_id, x.entry_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "people_list",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    shared_with = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_list", x => x.id);
                    table.ForeignKey(
                        name: "fk_people_list_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "access",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit",
                schema: "access",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    began_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit", x => new { x.account_id, x.person_id, x.began_at });
                });

            migrationBuilder.CreateTable(
                name: "correction_step",
                schema: "access",
                columns: table => new
                {
                    correction_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_correction_step", x => new { x.correction_id, x.step });
                    table.ForeignKey(
                        name: "fk_correction_step_correction_correction_id",
                        column: x => x.correction_id,
                        principalSchema: "access",
                        principalTable: "correction",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "people_list_member",
                schema: "access",
                columns: table => new
                {
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_list_member", x => new { x.list_id, x.person_id, x.added_at });
                    table.ForeignKey(
                        name: "fk_people_list_member_people_list_list_id",
                        column: x => x.list_id,
                        principalSchema: "access",
                        principalTable: "people_list",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "wish",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wish", x => x.id);
                    table.ForeignKey(
                        name: "fk_wish_people_list_list_id",
                        column: x => x.list_id,
                        principalSchema: "access",
                        principalTable: "people_list",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_correction_account_id_reported_at",
                schema: "access",
                table: "correction",
                columns: new[] { "account_id", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "ix_correction_organisation_code_reported_at",
                schema: "access",
                table: "correction",
                columns: new[] { "organisation_code", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "ix_correction_person_id_entry_id",
                schema: "access",
                table: "correction",
                columns: new[] { "person_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_news_account_id_told_at",
                schema: "access",
                table: "news",
                columns: new[] { "account_id", "told_at" });

            migrationBuilder.CreateIndex(
                name: "ix_people_list_account_id",
                schema: "access",
                table: "people_list",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_people_list_member_list_id_person_id",
                schema: "access",
                table: "people_list_member",
                columns: new[] { "list_id", "person_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_people_list_member_person_id",
                schema: "access",
                table: "people_list_member",
                column: "person_id",
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_visit_account_id_last_at",
                schema: "access",
                table: "visit",
                columns: new[] { "account_id", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_wish_list_id_account_id_kind",
                schema: "access",
                table: "wish",
                columns: new[] { "list_id", "account_id", "kind" },
                unique: true,
                filter: "ended_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "correction_step",
                schema: "access");

            migrationBuilder.DropTable(
                name: "letter_read",
                schema: "access");

            migrationBuilder.DropTable(
                name: "news",
                schema: "access");

            migrationBuilder.DropTable(
                name: "people_list_member",
                schema: "access");

            migrationBuilder.DropTable(
                name: "visit",
                schema: "access");

            migrationBuilder.DropTable(
                name: "wish",
                schema: "access");

            migrationBuilder.DropTable(
                name: "correction",
                schema: "access");

            migrationBuilder.DropTable(
                name: "people_list",
                schema: "access");
        }
    }
}
