using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Feeds.Inbox.Schema.Migrations;

/// <summary>What people ask of the worker: a row with who, when and why, and what came of it.</summary>
[DbContext(typeof(InboxMigrations))]
[Migration("20261125220000_AskForActs")]
internal sealed class AskForActs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Acts);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("What was asked and by whom is not taken down.");

    // The asker states neither the time nor the outcome, and cannot read back what others handed over: an edited message is
    // a patient's content.
    private const string Acts = """
        create table inbox.act (
          id uuid primary key,
          kind text not null,
          about text,
          args jsonb not null,
          account uuid,
          name text not null,
          organisation text not null,
          why text not null check (why ~ '\S'),
          asked_at timestamptz not null default clock_timestamp(),
          tries int not null default 0,
          done_at timestamptz,
          outcome text check (outcome in ('done', 'refused', 'failed')),
          answer jsonb,
          check ((done_at is null) = (outcome is null)));
        create index act_open on inbox.act (asked_at, id) where done_at is null;
        create index act_about on inbox.act (about, asked_at desc);
        grant select, insert, update (tries, done_at, outcome, answer) on inbox.act to dcr_worker;
        grant insert (id, kind, about, args, account, name, organisation, why),
          select (id, kind, about, account, name, organisation, why, asked_at, done_at, outcome, answer) on inbox.act to dcr_portal;
        """;
}
