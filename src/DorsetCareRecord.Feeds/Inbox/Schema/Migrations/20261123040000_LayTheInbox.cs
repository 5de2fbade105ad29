using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>A table for the immutable message and one small table for each state it can be in.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261123040000_LayTheInbox")]
internal sealed class LayTheInbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Tables);
        migrationBuilder.Sql(Partitions);
        migrationBuilder.Sql(Rights);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The inbox is the truth of the record; it is not taken down.");

    // message_duplicates finds earlier messages with the same control id or, without one, the same bytes.
    private const string Tables = """
        create table inbox.message (
          id bigint generated always as identity,
          received_at timestamptz not null,
          source text not null,
          format text not null,
          control_id text,
          control_scope text,
          digest bytea not null,
          lane int not null,
          peer text,
          body bytea not null,
          primary key (id, received_at)
        ) partition by range (received_at);
        create index message_duplicates on inbox.message (source, control_id, digest);
        create index message_freshness on inbox.message (source, received_at desc);
        create table inbox.message_other partition of inbox.message default;

        create table inbox.waiting (
          message_id bigint primary key,
          received_at timestamptz not null,
          lane int not null,
          source text not null,
          attempts int not null default 0);
        create index waiting_lane on inbox.waiting (source, lane, message_id);

        create table inbox.parked (
          message_id bigint primary key,
          received_at timestamptz not null,
          lane int not null,
          source text not null,
          reason text not null,
          place text,
          shape text,
          attempts int not null,
          parked_at timestamptz not null);

        create table inbox.settled (
          message_id bigint primary key,
          received_at timestamptz not null,
          source text not null,
          outcome text not null check (outcome in ('applied', 'no-concern', 'duplicate')),
          duplicate_of bigint,
          facts int not null,
          remarks jsonb,
          adapter_version smallint not null,
          settled_at timestamptz not null);
        create index settled_counts on inbox.settled (source, outcome);
        """;

    // Months in UTC, from last month to three ahead. A month whose messages already lie in the default partition cannot be
    // split off; it stays there and works as before. Runs with the owner's right, so that the worker can call it daily.
    private const string Partitions = """
        create function inbox.add_partitions(months_ahead int default 3) returns int
          language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        declare
          month date;
          name text;
          added int := 0;
        begin
          for month in select generate_series(
              date_trunc('month', now() at time zone 'UTC') - interval '1 month',
              date_trunc('month', now() at time zone 'UTC') + make_interval(months => months_ahead), interval '1 month') loop
            name := 'message_' || to_char(month, 'YYYY_MM');
            continue when to_regclass('inbox.' || name) is not null;
            begin
              execute format('create table inbox.%I partition of inbox.message for values from (%L) to (%L)',
                name, month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
              added := added + 1;
            exception
              when check_violation or duplicate_table then null;
            end;
          end loop;
          return added;
        end $$;
        revoke execute on function inbox.add_partitions(int) from public;
        """;

    // The message itself is never changed by anybody; the portal sees when a source was last heard and nothing else.
    private const string Rights = """
        grant usage on schema inbox to dcr_worker, dcr_portal;
        grant select, insert on inbox.message to dcr_worker;
        grant select, insert, update, delete on inbox.waiting, inbox.parked, inbox.settled to dcr_worker;
        grant execute on function inbox.add_partitions(int) to dcr_worker;
        grant select (source, received_at) on inbox.message to dcr_portal;
        """;
}
