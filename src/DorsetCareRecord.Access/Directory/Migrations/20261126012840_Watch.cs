using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <inheritdoc />
    public partial class Watch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_audit_account_id_seq",
                schema: "access",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "ix_audit_person_id_seq",
                schema: "access",
                table: "audit");

            migrationBuilder.AddColumn<long>(
                name: "number",
                schema: "access",
                table: "alert",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn);

            migrationBuilder.AddColumn<string>(
                name: "once",
                schema: "access",
                table: "alert",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "seen_at",
                schema: "access",
                table: "alert",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alert_step",
                schema: "access",
                columns: table => new
                {
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_step", x => new { x.alert_id, x.step });
                    table.ForeignKey(
                        name: "fk_alert_step_alert_alert_id",
                        column: x => x.alert_id,
                        principalSchema: "access",
                        principalTable: "alert",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_key",
                schema: "access",
                columns: table => new
                {
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_key", x => new { x.hash, x.organisation_code, x.subject, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "staff_salt",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_salt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "watch_pace",
                schema: "access",
                columns: table => new
                {
                    role = table.Column<string>(type: "text", nullable: false),
                    an_hour = table.Column<int>(type: "integer", nullable: false),
                    learnt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_pace", x => x.role);
                });

            migrationBuilder.CreateTable(
                name: "watch_place",
                schema: "access",
                columns: table => new
                {
                    chain = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_place", x => x.chain);
                });

            migrationBuilder.CreateTable(
                name: "watch_rule",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    made_by = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    ended_by = table.Column<string>(type: "text", nullable: true),
                    ended_why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "watched_person",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nhs_number = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    made_by = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    ended_by = table.Column<string>(type: "text", nullable: true),
                    ended_why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watched_person", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_account_id_occurred_at",
                schema: "access",
                table: "audit",
                columns: new[] { "account_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_found",
                schema: "access",
                table: "audit",
                column: "found")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_audit_person_id_occurred_at",
                schema: "access",
                table: "audit",
                columns: new[] { "person_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_alert_account_id",
                schema: "access",
                table: "alert",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_alert_once",
                schema: "access",
                table: "alert",
                column: "once",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_watched_person_nhs_number",
                schema: "access",
                table: "watched_person",
                column: "nhs_number");

            // A message read for repair and a question asked by number are of somebody too; a time finds its part of a log that only grows.
            migrationBuilder.Sql("""
                create index audit_of_message on access.audit ((rules[1])) where action = 'read-message';
                create index audit_of_number on access.audit (searched) where action in ('search-messages', 'explain-decision');
                create index audit_in_time on access.audit using brin (occurred_at);
                insert into access.staff_salt (id, salt) values (1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index access.audit_of_message, access.audit_of_number, access.audit_in_time");

            migrationBuilder.DropTable(
                name: "alert_step",
                schema: "access");

            migrationBuilder.DropTable(
                name: "staff_key",
                schema: "access");

            migrationBuilder.DropTable(
                name: "staff_salt",
                schema: "access");

            migrationBuilder.DropTable(
                name: "watch_pace",
                schema: "access");

            migrationBuilder.DropTable(
                name: "watch_place",
                schema: "access");

            migrationBuilder.DropTable(
                name: "watch_rule",
                schema: "access");

            migrationBuilder.DropTable(
                name: "watched_person",
                schema: "access");

            migrationBuilder.DropIndex(
                name: "ix_audit_account_id_occurred_at",
                schema: "access",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "ix_audit_found",
                schema: "access",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "ix_audit_person_id_occurred_at",
                schema: "access",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "ix_alert_account_id",
                schema: "access",
                table: "alert");

            migrationBuilder.DropIndex(
                name: "ix_alert_once",
                schema: "access",
                table: "alert");

            migrationBuilder.DropColumn(
                name: "number",
                schema: "access",
                table: "alert");

            migrationBuilder.DropColumn(
                name: "once",
                schema: "access",
                table: "alert");

            migrationBuilder.DropColumn(
                name: "seen_at",
                schema: "access",
                table: "alert");

            migrationBuilder.CreateIndex(
                name: "ix_audit_account_id_seq",
                schema: "access",
                table: "audit",
                columns: new[] { "account_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_person_id_seq",
                schema: "access",
                table: "audit",
                columns: new[] { "person_id", "seq" });
        }
    }
}
