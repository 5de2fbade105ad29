using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DorsetCareRecord.Access.Directory.Migrations
{
    /// <summary>
    /// One person at several organisations (decision 28): an account is one organisation's word about an identity; a session names the identity
    /// itself, what its claims narrow it to, and no account as long as its person has not chosen one.
    /// </summary>
    [DbContext(typeof(AccessTables))]
    [Migration("20261126114000_KeepMemberships")]
    internal sealed class KeepMemberships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            drop index access.ix_account_issuer_subject;
            create unique index ix_account_subject_issuer_organisation_code on access.account (subject, issuer, organisation_code);
            alter table access.session add column subject text, add column narrowed_by jsonb, alter column account_id drop not null;
            update access.session s set subject = a.subject from access.account a where a.id = s.account_id;
            alter table access.session alter column subject set not null;
            create index ix_session_subject_issuer on access.session (subject, issuer);
            """);

        /// <summary>Only while nobody has two accounts, which the older software could not tell apart.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            delete from access.session where account_id is null;
            alter table access.session drop column subject, drop column narrowed_by, alter column account_id set not null;
            drop index access.ix_account_subject_issuer_organisation_code;
            create unique index ix_account_issuer_subject on access.account (issuer, subject);
            """);
    }
}
