using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Directory;

/// <summary>The law that no note is ever rewritten, held by the database itself.</summary>
public sealed class AuditRightsTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("update access.audit set name = 'somebody else'")]
    [InlineData("delete from access.audit")]
    [InlineData("truncate access.audit")]
    [InlineData("update access.audit_shown set entries = '{}'")]
    [InlineData("delete from access.audit_shown")]
    [InlineData("truncate access.audit_shown")]
    [InlineData("alter table access.audit disable trigger all")]
    [InlineData("drop table access.audit")]
    [InlineData("select name from access.audit")]
    [InlineData("update access.account set organisation_code = 'dch'")]
    [InlineData("update access.account set subject = 'me'")]
    [InlineData("delete from access.account")]
    [InlineData("update access.role_rule set extent = 'all'")]
    [InlineData("insert into access.policy_setting select * from access.policy_setting")]
    [InlineData("delete from access.opt_out")]
    [InlineData("update access.sharing_agreement set category = 1")]
    [InlineData("update access.declaration set expires_at = now()")]
    [InlineData("delete from access.alert")]
    [InlineData("delete from access.session")]
    [InlineData("delete from access.letter_read")]
    [InlineData("update access.letter_read set account_id = gen_random_uuid()")]
    [InlineData("delete from access.visit")]
    [InlineData("update access.visit set person_id = gen_random_uuid()")]
    [InlineData("update access.correction set words = ''")]
    [InlineData("delete from access.correction_step")]
    [InlineData("update access.correction_step set state = 'mended'")]
    [InlineData("update access.alert_step set words = ''")]
    [InlineData("update access.watched_person set nhs_number = ''")]
    [InlineData("delete from access.watch_rule")]
    [InlineData("select hash from access.staff_key")]
    [InlineData("select access.watch_at(now() - interval '10 years')")]
    [InlineData("select action from access.history_of(gen_random_uuid(), 0)")]
    [InlineData("update access.people_list set account_id = gen_random_uuid()")]
    [InlineData("delete from access.people_list_member")]
    [InlineData("update access.news set person_id = gen_random_uuid()")]
    public async Task When_the_portal_tries_more_than_its_rights_then_the_database_refuses(string sql)
    {
        await using var database = await postgres.CreateDatabaseAsync(Setup.Access);

        var fault = await Assert.ThrowsAsync<PostgresException>(() => Setup.TextAsync(database.Portal, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    [Theory]
    [InlineData("update access.audit set name = 'somebody else'")]
    [InlineData("delete from access.audit")]
    [InlineData("truncate access.audit")]
    [InlineData("delete from access.audit_shown")]
    public async Task When_even_the_owner_rewrites_the_audit_then_the_database_refuses(string sql)
    {
        await using var database = await postgres.CreateDatabaseAsync(Setup.Access);

        var fault = await Assert.ThrowsAsync<PostgresException>(() => Setup.TextAsync(database.Owner, sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, fault.SqlState);
    }

    [Fact]
    public async Task When_several_migrate_at_once_then_all_succeed()
    {
        await using var database = await postgres.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AccessSchema.MigrateAsync(database.Owner)));

        Assert.Equal("0", await Setup.TextAsync(database.Portal, "select count(*) from access.organisation"));
    }
}
