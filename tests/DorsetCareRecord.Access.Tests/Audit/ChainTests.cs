using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Audit;

/// <summary>The audit tells of every hand laid on it, the owner's included.</summary>
public sealed class ChainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dcr-anchors-{Guid.NewGuid():n}");
    private TestDatabase _database = null!;
    private AccessDatabase _access = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Anchoring Anchoring => new(_access, _folder, _folder + ".key", TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Setup.Access);
        _access = new AccessDatabase(_database.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync();
        await _database.DisposeAsync();
        File.Delete(_folder + ".key");
        if (System.IO.Directory.Exists(_folder))
            System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task When_many_write_at_once_through_two_portals_then_every_chain_is_whole()
    {
        await using var second = new AccessDatabase(_database.Portal);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => WriteAsync(i % 3 == 0 ? "dch" : "dcc", i % 2 == 0 ? _access : second)));
        await AuditLog.WriteAsync(_access, NoteOf(null), Cancel);

        var verdict = await VerifyAsync(anchored: false);
        Assert.Equal((3, 401L), (verdict.Chains, verdict.Rows));
        Assert.Empty(verdict.Breaks);
    }

    [Theory]
    [InlineData("update access.audit set name = 'somebody else' where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("update access.audit set occurred_at = occurred_at + interval '1 microsecond' where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("update access.audit set rules = array['6:all'] where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("update access.audit set seq = default where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("update access.audit set searched = '' where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("update access.audit_shown set entries = entries[2:] where chain = 'dch' and link = 6", "dch", 6)]
    [InlineData("update access.audit_shown set withheld = '{}' where chain = 'dch' and link = 6", "dch", 6)]
    [InlineData("delete from access.audit where chain = 'dch' and link = 5", "dch", 5)]
    [InlineData("delete from access.audit_shown where chain = 'dch' and link = 6", "dch", 6)]
    [InlineData("delete from access.audit where chain = 'dch' and link = 19; delete from access.audit_shown where chain = 'dch' and link = 20", "dch", 19)]
    [InlineData("delete from access.audit where chain = 'dch'; delete from access.audit_shown where chain = 'dch'", "dch", 1)]
    [InlineData("delete from access.audit where chain = 'dch'; delete from access.audit_shown where chain = 'dch'; delete from access.audit_head where chain = 'dch'", "dch", 1)]
    [InlineData("update access.audit set link = -1 where chain = 'dch' and link = 5; update access.audit set link = 5 where chain = 'dch' and link = 7; update access.audit set link = 7 where chain = 'dch' and link = -1", "dch", 5)]
    [InlineData("insert into access.audit (chain, link, hash, seq, occurred_at, action, outcome, sections, rules, found, version) overriding system value values ('dch', 21, '\\x00', 77777, now(), 'view', 'allowed', '{}', '{}', '{}', 'x')", "dch", 21)]
    [InlineData("insert into access.audit (chain, link, hash, seq, occurred_at, action, outcome, sections, rules, found, version) overriding system value values ('new', 1, '\\x00', 77777, now(), 'view', 'allowed', '{}', '{}', '{}', 'x')", "new", 1)]
    [InlineData("update access.audit_head set hash = '\\x00' where chain = 'dch'", "dch", 21)]
    public async Task When_a_row_is_changed_put_in_taken_out_or_moved_then_the_first_break_is_named(string tampering, string chain, long link)
    {
        for (var i = 0; i < 10; i++)
        {
            await WriteAsync("dch", _access);
            await WriteAsync("dcc", _access);
        }

        await Anchoring.AnchorAsync(Cancel);
        Assert.Empty((await VerifyAsync()).Breaks);

        await TamperAsync(tampering);

        var found = Assert.Single((await VerifyAsync()).Breaks);
        Assert.Equal((chain, link), (found.Chain, found.Link));
    }

    [Fact]
    public async Task When_the_tail_is_cut_and_the_head_moved_back_then_the_anchor_tells_and_without_one_nothing_can()
    {
        for (var i = 0; i < 10; i++)
            await WriteAsync("dch", _access);
        await Anchoring.AnchorAsync(Cancel);

        await TamperAsync("""
            delete from access.audit where link > 10; delete from access.audit_shown where link > 10;
            update access.audit_head set link = 10, hash = (select hash from access.audit_shown where link = 10)
            """);

        Assert.Equal(("dch", 11), (Assert.Single((await VerifyAsync()).Breaks) is var b ? (b.Chain, (int)b.Link) : default));
        Assert.Empty((await VerifyAsync(anchored: false)).Breaks);
    }

    [Fact]
    public async Task When_a_whole_chain_is_written_anew_then_the_anchor_tells()
    {
        await WriteAsync("dch", _access);
        await Anchoring.AnchorAsync(Cancel);
        await TamperAsync("delete from access.audit; delete from access.audit_shown; delete from access.audit_head");

        await WriteAsync("dch", _access);

        Assert.Contains("written anew", Assert.Single((await VerifyAsync()).Breaks).What, StringComparison.Ordinal);
        Assert.Empty((await VerifyAsync(anchored: false)).Breaks);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("delete")]
    [InlineData("swap")]
    [InlineData("forge")]
    public async Task When_the_anchors_themselves_are_tampered_with_then_that_is_told(string how)
    {
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync("dch", _access);
            await Anchoring.AnchorAsync(Cancel);
        }

        var file = Path.Combine(_folder, "audit-anchors.jsonl");
        var lines = await File.ReadAllLinesAsync(file, Cancel);
        await File.WriteAllLinesAsync(file, how switch
        {
            "edit" => [lines[0], lines[1].Replace("\"link\":4", "\"link\":2", StringComparison.Ordinal), lines[2]],
            "delete" => [lines[0], lines[2]],
            "swap" => [lines[0], lines[2], lines[1]],
            _ => [lines[0], lines[0].Replace("\"number\":1", "\"number\":2", StringComparison.Ordinal), lines[2]],
        }, Cancel);

        Assert.Contains((await VerifyAsync()).Breaks, found => found is { Chain: "anchors", Link: 2 });
    }

    [Fact]
    public async Task When_one_note_cannot_be_kept_then_those_beside_it_are()
    {
        await TamperAsync("alter table access.audit add constraint broken check (version <> '' and coalesce(searched, '') <> 'poison') not valid");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await AuditLog.WriteAsync(_access, NoteOf("dch") with { Searched = i == 7 ? "poison" : "well" }, Cancel);
                return true;
            }
            catch (PostgresException)
            {
                return false;
            }
        }));

        Assert.Equal(19, outcomes.Count(kept => kept));
        Assert.Equal(19, (await VerifyAsync(anchored: false)).Rows);
    }

    private async Task<AuditVerdict> VerifyAsync(bool anchored = true) =>
        await Verification.RunAsync(_database.Owner, anchored ? _folder : null, Cancel);

    private static async Task WriteAsync(string organisation, AccessDatabase database)
    {
        var note = NoteOf(organisation);
        var seq = await AuditLog.WriteAsync(database, note, Cancel);
        await AuditLog.ShownAsync(database, note.Viewer!, seq, 1, [Guid.NewGuid(), Guid.NewGuid()], [1, 2],
            new Dictionary<Section, int> { [Section.Letters] = 2 }, Cancel);
    }

    private static Note NoteOf(string? organisation) => new()
    {
        Act = Act.View, Outcome = Outcome.Allowed, Origin = Setup.Here, Person = Guid.NewGuid(), Rules = ["4:none \"quoted\" é"], Searched = "o'words",
        Viewer = organisation is null ? null
            : new Viewer(Guid.NewGuid(), Guid.NewGuid(), "issuer", "subject", "Näme", organisation, "In full", Role.Nurse),
    };

    /// <summary>As somebody who owns the database and takes the guards away first.</summary>
    private Task<string?> TamperAsync(string sql) => Setup.TextAsync(_database.Owner, $"""
        alter table access.audit disable trigger user; alter table access.audit_shown disable trigger user; {sql}
        """);
}
