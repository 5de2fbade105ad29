using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Directory;

public sealed class AccountsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private AccessDatabase _access = null!;
    private Accounts _accounts = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Setup.Access);
        await Setup.ImportAsync(_database, Setup.Directory);
        _access = new AccessDatabase(_database.Portal);
        _accounts = new Accounts(_access, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task When_an_administrator_lists_then_only_their_own_staff_are_named()
    {
        var desk = await _accounts.ListAsync(await Setup.SignInAsync(_access, "admin.dcc"), Setup.Here, Cancel);

        Assert.Equal(["admin.dcc", "socialworker.dcc"], desk!.Staff.Select(a => a.Subject).Order());
        Assert.Equal(8, desk.Partners.Count);
    }

    [Theory]
    [InlineData("clinician.dch")]
    [InlineData("operator")]
    public async Task When_another_role_lists_or_changes_then_it_is_turned_away(string subject)
    {
        var viewer = await Setup.SignInAsync(_access, subject);
        var clerk = await Setup.SignInAsync(_access, "clerk.dch");

        Assert.Null(await _accounts.ListAsync(viewer, Setup.Here, Cancel));
        Assert.False(await _accounts.SetEnabledAsync(viewer, clerk.Account, enabled: false, Setup.Here, Cancel));
        Assert.Equal("12", await EnabledAsync());
    }

    [Fact]
    public async Task When_the_account_is_of_another_organisation_or_their_own_then_nothing_changes()
    {
        var admin = await Setup.SignInAsync(_access, "admin.dch");
        var other = await Setup.SignInAsync(_access, "socialworker.dcc");

        Assert.False(await _accounts.SetEnabledAsync(admin, other.Account, enabled: false, Setup.Here, Cancel));
        Assert.False(await _accounts.SetEnabledAsync(admin, admin.Account, enabled: false, Setup.Here, Cancel));
        Assert.Equal("12", await EnabledAsync());
    }

    [Theory]
    [InlineData("""{ "organisations": [], "users": [ { "issuer": "*", "subject": "x", "name": "X", "organisation": "dch", "role": "king" } ] }""")]
    [InlineData("""{ "organisations": [], "users": [ { "issuer": "*", "subject": "x", "name": "X", "organisation": "none", "role": "nurse" } ] }""")]
    [InlineData("""{ "organisations": [ { "code": "new", "ods": "N" } ], "users": [] }""")]
    [InlineData("""{ "organisations": [], "users": [], "extra": 1 }""")]
    [InlineData("not json")]
    public async Task When_a_directory_file_is_wrong_then_it_says_where_and_nothing_is_taken(string json)
    {
        await Assert.ThrowsAsync<DirectoryFileException>(() => Setup.ImportAsync(_database, json));

        Assert.Equal("12", await Setup.TextAsync(_database.Owner, "select count(*) from access.account"));
    }

    private Task<string?> EnabledAsync() =>
        Setup.TextAsync(_database.Owner, "select count(*) from access.account where disabled_at is null");

    [Fact]
    public async Task When_agreements_are_imported_again_with_more_then_only_what_is_new_is_added()
    {
        const string File = """
            { "organisations": [], "users": [], "agreements": [
              { "sources": ["dch"], "consumers": ["dcc"], "categories": [CATEGORIES], "purposes": ["direct-care"], "preset": "dorset-flat", "why": "test" } ] }
            """;
        await Setup.TextAsync(_database.Owner, "delete from access.sharing_agreement");

        await Setup.ImportAsync(_database, File.Replace("CATEGORIES", "\"Letters\"", StringComparison.Ordinal));
        await Setup.ImportAsync(_database, File.Replace("CATEGORIES", "\"Letters\", \"Results\"", StringComparison.Ordinal));

        Assert.Equal("6 9", await Setup.TextAsync(_database.Owner, "select string_agg(category::text, ' ' order by category) from access.sharing_agreement"));
    }
}
