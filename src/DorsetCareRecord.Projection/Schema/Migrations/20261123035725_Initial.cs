using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DorsetCareRecord.Projection.Schema.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "record");

            migrationBuilder.CreateTable(
                name: "allergy",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    certainty = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ended_on = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    onset_on = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    reaction = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_on = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    severity = table.Column<short>(type: "smallint", nullable: true),
                    severity_text = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    substance = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allergy", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "care_service",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    category = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ended_on = table.Column<string>(type: "text", nullable: true),
                    frequency = table.Column<string>(type: "text", nullable: true),
                    funding = table.Column<string>(type: "text", nullable: true),
                    hours_per_week = table.Column<decimal>(type: "numeric", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    planned_end_on = table.Column<string>(type: "text", nullable: true),
                    provider = table.Column<string>(type: "text", nullable: true),
                    provider_code = table.Column<string>(type: "text", nullable: true),
                    provider_telephone = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_on = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_care_service", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "care_worker",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    email = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_primary = table.Column<bool>(type: "boolean", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    role = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    team = table.Column<string>(type: "text", nullable: true),
                    telephone = table.Column<string>(type: "text", nullable: true),
                    until = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_care_worker", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "contact",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_main_contact = table.Column<bool>(type: "boolean", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    mobile = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    relationship = table.Column<string>(type: "text", nullable: true),
                    role = table.Column<short>(type: "smallint", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    telephone = table.Column<string>(type: "text", nullable: true),
                    until = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "demographics",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    born_on = table.Column<string>(type: "text", nullable: true),
                    communication_needs = table.Column<string>(type: "text", nullable: true),
                    deceased = table.Column<bool>(type: "boolean", nullable: true),
                    died_on = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ethnicity = table.Column<string>(type: "text", nullable: true),
                    family_name = table.Column<string>(type: "text", nullable: true),
                    gender = table.Column<string>(type: "text", nullable: true),
                    given_names = table.Column<string>(type: "text", nullable: true),
                    gp_name = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    interpreter_required = table.Column<bool>(type: "boolean", nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    mobile = table.Column<string>(type: "text", nullable: true),
                    nhs_number = table.Column<string>(type: "text", nullable: true),
                    nhs_number_status = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    other_family_names = table.Column<string[]>(type: "text[]", nullable: true),
                    postcode = table.Column<string>(type: "text", nullable: true),
                    practice_code = table.Column<string>(type: "text", nullable: true),
                    practice_name = table.Column<string>(type: "text", nullable: true),
                    preferred_name = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    restricted = table.Column<bool>(type: "boolean", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    telephone = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_demographics", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "document",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document", x => new { x.home, x.entry_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "encounter",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    admission_method = table.Column<string>(type: "text", nullable: true),
                    clinician = table.Column<string>(type: "text", nullable: true),
                    discharge_destination = table.Column<string>(type: "text", nullable: true),
                    discharge_method = table.Column<string>(type: "text", nullable: true),
                    end_at = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    site = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    specialty = table.Column<string>(type: "text", nullable: true),
                    specialty_code = table.Column<string>(type: "text", nullable: true),
                    start_at = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_encounter", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "flag",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    review_on = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flag", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identifier",
                schema: "record",
                columns: table => new
                {
                    source = table.Column<string>(type: "text", nullable: false),
                    local_id = table.Column<string>(type: "text", nullable: false),
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identifier", x => new { x.source, x.local_id });
                });

            migrationBuilder.CreateTable(
                name: "identity",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    local_id = table.Column<string>(type: "text", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    own_person_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "letter",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    author = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    content_hash = table.Column<string>(type: "text", nullable: true),
                    content_length = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    encounter_key = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    replaces = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    written_at = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "list_version",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    item_type = table.Column<short>(type: "smallint", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    last_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_message_id = table.Column<long>(type: "bigint", nullable: false),
                    last_recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    keys = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_version", x => new { x.home, x.identity_id, x.list, x.item_type, x.source_version, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "medicine",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    brand = table.Column<string>(type: "text", nullable: true),
                    change = table.Column<short>(type: "smallint", nullable: true),
                    change_reason = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    dosage_text = table.Column<string>(type: "text", nullable: true),
                    dose = table.Column<string>(type: "text", nullable: true),
                    duration = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ended_on = table.Column<string>(type: "text", nullable: true),
                    form = table.Column<string>(type: "text", nullable: true),
                    frequency = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    last_issued_on = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    prescriber = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    route = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_on = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    strength = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_medicine", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "merge",
                schema: "record",
                columns: table => new
                {
                    source = table.Column<string>(type: "text", nullable: false),
                    prior_local_id = table.Column<string>(type: "text", nullable: false),
                    survivor_local_id = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge", x => new { x.source, x.prior_local_id });
                });

            migrationBuilder.CreateTable(
                name: "person",
                schema: "record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_link",
                schema: "record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    made_by = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: true),
                    ended_why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "problem",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    encounter_key = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    ended_on = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    onset_on = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: true),
                    recorded_on = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    significance = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_problem", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "report",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    laboratory = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reported_at = table.Column<string>(type: "text", nullable: true),
                    requested_at = table.Column<string>(type: "text", nullable: true),
                    requester = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    specimen = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    taken_at = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "result",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_display = table.Column<string>(type: "text", nullable: true),
                    code_system = table.Column<string>(type: "text", nullable: true),
                    comparator = table.Column<string>(type: "text", nullable: true),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    flag = table.Column<string>(type: "text", nullable: true),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    laboratory = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: true),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    panel = table.Column<string>(type: "text", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: true),
                    range = table.Column<string>(type: "text", nullable: true),
                    range_high = table.Column<decimal>(type: "numeric", nullable: true),
                    range_low = table.Column<decimal>(type: "numeric", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    report_key = table.Column<string>(type: "text", nullable: true),
                    reported_at = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<short>(type: "smallint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    specimen = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    taken_at = table.Column<string>(type: "text", nullable: true),
                    test = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<string>(type: "text", nullable: true),
                    value_not_resent = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_result", x => new { x.home, x.id });
                });

            migrationBuilder.CreateTable(
                name: "review",
                schema: "record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lifted_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trait",
                schema: "record",
                columns: table => new
                {
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    nhs_number = table.Column<string>(type: "text", nullable: true),
                    born_on = table.Column<string>(type: "text", nullable: true),
                    family_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    given_key = table.Column<string>(type: "text", nullable: true),
                    family_name = table.Column<string>(type: "text", nullable: true),
                    given_names = table.Column<string>(type: "text", nullable: true),
                    gender = table.Column<string>(type: "text", nullable: true),
                    postcode = table.Column<string>(type: "text", nullable: true),
                    deceased = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trait", x => x.identity_id);
                });

            migrationBuilder.CreateTable(
                name: "version",
                schema: "record",
                columns: table => new
                {
                    home = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    last_version = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_message_id = table.Column<long>(type: "bigint", nullable: false),
                    last_ordinal = table.Column<int>(type: "integer", nullable: false),
                    last_recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    identity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_type = table.Column<short>(type: "smallint", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    list = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    adapter_version = table.Column<short>(type: "smallint", nullable: false),
                    item = table.Column<string>(type: "json", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_version", x => new { x.home, x.entry_id, x.source_version, x.message_id, x.ordinal });
                });

            migrationBuilder.CreateIndex(
                name: "ix_allergy_home_identity_id",
                schema: "record",
                table: "allergy",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_care_service_home_identity_id",
                schema: "record",
                table: "care_service",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_care_worker_home_identity_id",
                schema: "record",
                table: "care_worker",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_home_identity_id",
                schema: "record",
                table: "contact",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_demographics_home_identity_id",
                schema: "record",
                table: "demographics",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_encounter_home_identity_id",
                schema: "record",
                table: "encounter",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_flag_home_identity_id",
                schema: "record",
                table: "flag",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_id",
                schema: "record",
                table: "identity",
                column: "id");

            migrationBuilder.CreateIndex(
                name: "ix_letter_home_identity_id",
                schema: "record",
                table: "letter",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_medicine_home_identity_id",
                schema: "record",
                table: "medicine",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_source_survivor_local_id",
                schema: "record",
                table: "merge",
                columns: new[] { "source", "survivor_local_id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_link_identity_id",
                schema: "record",
                table: "person_link",
                column: "identity_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_link_identity_id1",
                schema: "record",
                table: "person_link",
                column: "identity_id",
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_person_link_person_id",
                schema: "record",
                table: "person_link",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_problem_home_identity_id",
                schema: "record",
                table: "problem",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_report_home_identity_id",
                schema: "record",
                table: "report",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_result_home_identity_id",
                schema: "record",
                table: "result",
                columns: new[] { "home", "identity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_result_home_report_key",
                schema: "record",
                table: "result",
                columns: new[] { "home", "report_key" });

            migrationBuilder.CreateIndex(
                name: "ix_review_identity_id",
                schema: "record",
                table: "review",
                column: "identity_id");

            migrationBuilder.CreateIndex(
                name: "ix_review_identity_id_other_identity_id",
                schema: "record",
                table: "review",
                columns: new[] { "identity_id", "other_identity_id" },
                unique: true,
                filter: "decided_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_review_other_identity_id",
                schema: "record",
                table: "review",
                column: "other_identity_id");

            migrationBuilder.CreateIndex(
                name: "ix_trait_born_on_postcode",
                schema: "record",
                table: "trait",
                columns: new[] { "born_on", "postcode" });

            migrationBuilder.CreateIndex(
                name: "ix_trait_family_keys",
                schema: "record",
                table: "trait",
                column: "family_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_trait_nhs_number",
                schema: "record",
                table: "trait",
                column: "nhs_number");

            migrationBuilder.CreateIndex(
                name: "ix_version_home_identity_id_list",
                schema: "record",
                table: "version",
                columns: new[] { "home", "identity_id", "list" },
                filter: "list is not null");

            migrationBuilder.Sql(RecordRights.Grant);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allergy",
                schema: "record");

            migrationBuilder.DropTable(
                name: "care_service",
                schema: "record");

            migrationBuilder.DropTable(
                name: "care_worker",
                schema: "record");

            migrationBuilder.DropTable(
                name: "contact",
                schema: "record");

            migrationBuilder.DropTable(
                name: "demographics",
                schema: "record");

            migrationBuilder.DropTable(
                name: "document",
                schema: "record");

            migrationBuilder.DropTable(
                name: "encounter",
                schema: "record");

            migrationBuilder.DropTable(
                name: "flag",
                schema: "record");

            migrationBuilder.DropTable(
                name: "identifier",
                schema: "record");

            migrationBuilder.DropTable(
                name: "identity",
                schema: "record");

            migrationBuilder.DropTable(
                name: "letter",
                schema: "record");

            migrationBuilder.DropTable(
                name: "list_version",
                schema: "record");

            migrationBuilder.DropTable(
                name: "medicine",
                schema: "record");

            migrationBuilder.DropTable(
                name: "merge",
                schema: "record");

            migrationBuilder.DropTable(
                name: "person",
                schema: "record");

            migrationBuilder.DropTable(
                name: "person_link",
                schema: "record");

            migrationBuilder.DropTable(
                name: "problem",
                schema: "record");

            migrationBuilder.DropTable(
                name: "report",
                schema: "record");

            migrationBuilder.DropTable(
                name: "result",
                schema: "record");

            migrationBuilder.DropTable(
                name: "review",
                schema: "record");

            migrationBuilder.DropTable(
                name: "trait",
                schema: "record");

            migrationBuilder.DropTable(
                name: "version",
                schema: "record");
        }
    }
}
