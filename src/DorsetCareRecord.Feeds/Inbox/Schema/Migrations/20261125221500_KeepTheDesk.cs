using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>What the operators' desk shows and does: pauses, lanes in trouble, figures of the doors, what is usual, edited messages.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125221500_KeepTheDesk")]
internal sealed class KeepTheDesk : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Tables);
        migrationBuilder.Sql(SetAside);
        migrationBuilder.Sql(Reading);
        migrationBuilder.Sql(Rights);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("Who paused, edited and set aside what is not taken down.");

    private const string Tables = """
        create table inbox.pause (
          id uuid primary key, source text not null, since timestamptz not null, by text not null, why text not null,
          ended_at timestamptz, ended_by text, ended_why text);
        create unique index pause_open on inbox.pause (source) where ended_at is null;

        create table inbox.stumble (
          source text, lane int, until_id bigint not null, message_id bigint not null, tries int not null, kind text not null,
          next_at timestamptz not null, primary key (source, lane));

        create table inbox.door (
          process uuid, source text, peers int not null, unended_bytes bigint not null, answer_p95_ms double precision,
          at timestamptz not null, primary key (process, source));

        create table inbox.hour (
          source text, hour timestamptz, messages int not null, longest_gap interval, primary key (source, hour));

        create table inbox.expectation (
          source text, hour_of_week smallint check (hour_of_week between 0 and 167), usual_messages double precision not null,
          late_after interval not null, silent_after interval not null, weeks int not null, learnt_at timestamptz not null,
          primary key (source, hour_of_week));

        create table inbox.edit (
          message_id bigint primary key, original_id bigint not null, by text not null, why text not null, made_at timestamptz not null);
        create index edit_original on inbox.edit (original_id);

        create index message_control on inbox.message (control_id) where control_id is not null;
        """;

    // A person's own disposition of a message that cannot or must not be applied; it stays countable and can come back.
    private const string SetAside = """
        alter table inbox.settled drop constraint settled_outcome_check;
        alter table inbox.settled add constraint settled_outcome_check
          check (outcome in ('applied', 'no-concern', 'duplicate', 'set-aside'));
        """;

    // The portal's role reads a message's bytes by these alone, and they look for the audit's note of it first. A transaction that
    // has written something is turned away: its own note might yet be rolled back. The note counts for ten minutes.
    private const string Reading = """
        create function inbox.is_noted(note bigint, act text, about text) returns boolean
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        begin
          if pg_current_xact_id_if_assigned() is not null then
            return false;
          end if;
          return exists (
            select from access.audit a
            where a.seq = note and a.action = act and a.outcome = 'allowed' and a.rules @> array[about]
              and a.occurred_at > clock_timestamp() - interval '10 minutes');
        end $$;
        revoke execute on function inbox.is_noted(bigint, text, text) from public;

        create function inbox.read_message(message bigint, note bigint)
          returns table (id bigint, received_at timestamptz, source text, format text, body bytea, control_id text)
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        begin
          if not inbox.is_noted(note, 'read-message', 'message:' || message) then
            raise exception 'no committed note of this reading' using errcode = 'insufficient_privilege';
          end if;
          return query select m.id, m.received_at, m.source, m.format, m.body, m.control_id from inbox.message m where m.id = message;
        end $$;
        revoke execute on function inbox.read_message(bigint, bigint) from public;

        create function inbox.unapplied_with(words text, note bigint) returns setof bigint
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        begin
          if not inbox.is_noted(note, 'search-messages', 'messages') then
            raise exception 'no committed note of this search' using errcode = 'insufficient_privilege';
          end if;
          return query
            select m.id from (
              select p.message_id, p.received_at from inbox.parked p
              union all select w.message_id, w.received_at from inbox.waiting w
              order by 1 desc limit 5000) u
            join inbox.message m on m.id = u.message_id and m.received_at = u.received_at
            where position(convert_to(words, 'UTF8') in m.body) > 0
            order by m.id desc limit 200;
        end $$;
        revoke execute on function inbox.unapplied_with(text, bigint) from public;
        """;

    // The portal sees which messages there are and how they fare; what they say only by the functions above.
    private const string Rights = """
        grant select, insert, update on inbox.pause, inbox.expectation, inbox.hour to dcr_worker;
        grant select, insert, update, delete on inbox.stumble, inbox.door to dcr_worker;
        grant delete on inbox.expectation to dcr_worker;
        grant select, insert on inbox.edit to dcr_worker;
        grant select on inbox.pause, inbox.stumble, inbox.door, inbox.hour, inbox.expectation, inbox.edit,
          inbox.waiting, inbox.parked, inbox.settled to dcr_portal;
        grant select (id, format, control_id, control_scope, lane, peer) on inbox.message to dcr_portal;
        grant execute on function inbox.read_message(bigint, bigint), inbox.unapplied_with(text, bigint) to dcr_portal;
        """;
}
