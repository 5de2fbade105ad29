using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Decide : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                schema: "access",
                table: "organisation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "chain",
                schema: "access",
                table: "audit_shown",
                type: "text",
                nullable: false,
                defaultValue: "before");

            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                schema: "access",
                table: "audit_shown",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<long>(
                name: "link",
                schema: "access",
                table: "audit_shown",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string[]>(
                name: "withheld",
                schema: "access",
                table: "audit_shown",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "occurred_at",
                schema: "access",
                table: "audit",
                type: "timestamp with time zone",
                nullable: false,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldDefaultValueSql: "clock_timestamp()");

            migrationBuilder.AddColumn<string>(
                name: "chain",
                schema: "access",
                table: "audit",
                type: "text",
                nullable: false,
                defaultValue: "before");

            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                schema: "access",
                table: "audit",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<long>(
                name: "link",
                schema: "access",
                table: "audit",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateOnly>(
                name: "expires_on",
                schema: "access",
                table: "account",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_used_at",
                schema: "access",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "signed_in_at",
                schema: "access",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "team_id",
                schema: "access",
                table: "account",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "trained_until",
                schema: "access",
                table: "account",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alert",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    feeds = table.Column<string[]>(type: "text[]", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    declaration_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                schema: "access",
                columns: table => new
                {
                    chain = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.chain);
                });

            migrationBuilder.CreateTable(
                name: "declaration",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reason_code = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_declaration", x => x.id);
                    table.ForeignKey(
                        name: "fk_declaration_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "access",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "national_code",
                schema: "access",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    permission = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_national_code", x => new { x.code, x.permission });
                });

            migrationBuilder.CreateTable(
                name: "national_inclusion",
                schema: "access",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    includes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_national_inclusion", x => new { x.code, x.includes });
                });

            migrationBuilder.CreateTable(
                name: "opt_out",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nhs_number = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("pk_opt_out", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policy_setting",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("pk_policy_setting", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policy_version",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "proposal",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    change = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    asked_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lapses_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal", x => x.id);
                    table.ForeignKey(
                        name: "fk_proposal_organisation_organisation_code",
                        column: x => x.organisation_code,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "restricted_person",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nhs_number = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("pk_restricted_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "role_rule",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    preset = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<short>(type: "smallint", nullable: false),
                    extent = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("pk_role_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sensitive_set",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<short>(type: "smallint", nullable: false),
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
                    table.PrimaryKey("pk_sensitive_set", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sharing_agreement",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_org = table.Column<string>(type: "text", nullable: false),
                    consumer_org = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<short>(type: "smallint", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    preset = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("pk_sharing_agreement", x => x.id);
                    table.ForeignKey(
                        name: "fk_sharing_agreement_organisation_consumer_org",
                        column: x => x.consumer_org,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sharing_agreement_organisation_source_org",
                        column: x => x.source_org,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "team",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    site = table.Column<string>(type: "text", nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<string>(type: "text", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team", x => x.id);
                    table.ForeignKey(
                        name: "fk_team_organisation_organisation_code",
                        column: x => x.organisation_code,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sensitive_member",
                schema: "access",
                columns: table => new
                {
                    set_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sensitive_member", x => new { x.key, x.set_id });
                    table.ForeignKey(
                        name: "fk_sensitive_member_sensitive_set_set_id",
                        column: x => x.set_id,
                        principalSchema: "access",
                        principalTable: "sensitive_set",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            // Rows older than the chains keep their order; accounts older than training dates get a year to record one.
            migrationBuilder.Sql("""
                alter table access.audit disable trigger user;
                alter table access.audit_shown disable trigger user;
                update access.audit set link = seq;
                update access.audit_shown set link = audit_seq;
                alter table access.audit enable trigger user;
                alter table access.audit_shown enable trigger user;
                alter table access.audit alter column chain drop default;
                alter table access.audit_shown alter column chain drop default;
                update access.account set trained_until = current_date + 365, last_used_at = now();
                """);

            migrationBuilder.CreateIndex(
                name: "ix_audit_shown_chain_link",
                schema: "access",
                table: "audit_shown",
                columns: new[] { "chain", "link" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_chain_link",
                schema: "access",
                table: "audit",
                columns: new[] { "chain", "link" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_alert_organisation_code_raised_at",
                schema: "access",
                table: "alert",
                columns: new[] { "organisation_code", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_declaration_session_id_person_id",
                schema: "access",
                table: "declaration",
                columns: new[] { "session_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_opt_out_nhs_number",
                schema: "access",
                table: "opt_out",
                column: "nhs_number");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_organisation_code_asked_at",
                schema: "access",
                table: "proposal",
                columns: new[] { "organisation_code", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_restricted_person_nhs_number",
                schema: "access",
                table: "restricted_person",
                column: "nhs_number");

            migrationBuilder.CreateIndex(
                name: "ix_sensitive_member_set_id",
                schema: "access",
                table: "sensitive_member",
                column: "set_id");

            migrationBuilder.CreateIndex(
                name: "ix_sharing_agreement_consumer_org",
                schema: "access",
                table: "sharing_agreement",
                column: "consumer_org");

            migrationBuilder.CreateIndex(
                name: "ix_sharing_agreement_source_org_consumer_org_category_purpose",
                schema: "access",
                table: "sharing_agreement",
                columns: new[] { "source_org", "consumer_org", "category", "purpose" });

            migrationBuilder.CreateIndex(
                name: "ix_team_organisation_code",
                schema: "access",
                table: "team",
                column: "organisation_code");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert",
                schema: "access");

            migrationBuilder.DropTable(
                name: "audit_head",
                schema: "access");

            migrationBuilder.DropTable(
                name: "declaration",
                schema: "access");

            migrationBuilder.DropTable(
                name: "national_code",
                schema: "access");

            migrationBuilder.DropTable(
                name: "national_inclusion",
                schema: "access");

            migrationBuilder.DropTable(
                name: "opt_out",
                schema: "access");

            migrationBuilder.DropTable(
                name: "policy_setting",
                schema: "access");

            migrationBuilder.DropTable(
                name: "policy_version",
                schema: "access");

            migrationBuilder.DropTable(
                name: "proposal",
                schema: "access");

            migrationBuilder.DropTable(
                name: "restricted_person",
                schema: "access");

            migrationBuilder.DropTable(
                name: "role_rule",
                schema: "access");

            migrationBuilder.DropTable(
                name: "sensitive_member",
                schema: "access");

            migrationBuilder.DropTable(
                name: "sharing_agreement",
                schema: "access");

            migrationBuilder.DropTable(
                name: "team",
                schema: "access");

            migrationBuilder.DropTable(
                name: "sensitive_set",
                schema: "access");

            migrationBuilder.DropIndex(
                name: "ix_audit_shown_chain_link",
                schema: "access",
                table: "audit_shown");

            migrationBuilder.DropIndex(
                name: "ix_audit_chain_link",
                schema: "access",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "closed_at",
                schema: "access",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "chain",
                schema: "access",
                table: "audit_shown");

            migrationBuilder.DropColumn(
                name: "hash",
                schema: "access",
                table: "audit_shown");

            migrationBuilder.DropColumn(
                name: "link",
                schema: "access",
                table: "audit_shown");

            migrationBuilder.DropColumn(
                name: "withheld",
                schema: "access",
                table: "audit_shown");

            migrationBuilder.DropColumn(
                name: "chain",
                schema: "access",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "hash",
                schema: "access",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "link",
                schema: "access",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "expires_on",
                schema: "access",
                table: "account");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                schema: "access",
                table: "account");

            migrationBuilder.DropColumn(
                name: "signed_in_at",
                schema: "access",
                table: "account");

            migrationBuilder.DropColumn(
                name: "team_id",
                schema: "access",
                table: "account");

            migrationBuilder.DropColumn(
                name: "trained_until",
                schema: "access",
                table: "account");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "occurred_at",
                schema: "access",
                table: "audit",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "clock_timestamp()",
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone");
        }
    }
}
