using Npgsql;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Where a chain first breaks.</summary>
/// <param name="Link">The place in the chain.</param>
/// <param name="What">In words an auditor understands; nothing of the row itself.</param>
public sealed record Break(string Chain, long Link, string What);

/// <summary>What verification found.</summary>
/// <param name="Rows">Lines read.</param>
/// <param name="Unchained">Rows older than the chains, which prove nothing.</param>
/// <param name="Anchors">Signed roots that were checked.</param>
/// <param name="Breaks">The first of each chain, and of the anchors.</param>
public sealed record AuditVerdict(int Chains, long Rows, long Unchained, int Anchors, DateTimeOffset? LastAnchor, IReadOnlyList<Break> Breaks)
{
    public bool IsWhole => Breaks.Count == 0;
}

/// <summary>
/// Reads every chain from its first line to its head and compares with what is kept outside the database. A line changed,
/// put in, taken out or moved breaks the chain there; a tail cut off, or a chain written anew, is told by the anchors.
/// </summary>
public static class Verification
{
    private const string Notes = """
        select chain, link, hash, seq, occurred_at, action, outcome, purpose, person_id, sections, rules, entry_id, searched, found,
            account_id, issuer, subject, name, role, organisation, session_id, address, request_id, version
        from access.audit where chain = $1 order by link
        """;

    private const string Shown = """
        select chain, link, hash, audit_seq, part, entries, messages, withheld from access.audit_shown where chain = $1 order by link
        """;

    /// <param name="anchorFolder">Null when the audit is not anchored: then a cut tail whose head was moved too is not found.</param>
    public static async Task<AuditVerdict> RunAsync(string connectionString, string? anchorFolder, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var breaks = new List<Break>();
        var anchors = anchorFolder is null ? AnchorFile.Nothing : AnchorFile.Read(anchorFolder, breaks);
        var heads = await HeadsAsync(source, cancel);
        var chains = heads.Keys.Union(anchors.Heads.Keys).Union(await ChainsAsync(source, cancel)).Order(StringComparer.Ordinal).ToList();
        var found = new (long Rows, Break? Fault)[chains.Count];
        // Chains know nothing of one another, so each core takes one.
        await Parallel.ForAsync(0, chains.Count, cancel, async (i, stop) => found[i] = await OfChainAsync(source, chains[i],
            heads.TryGetValue(chains[i], out var head) ? head : null, anchors.Heads.GetValueOrDefault(chains[i]) ?? [], stop));
        breaks.AddRange(found.Select(one => one.Fault).OfType<Break>());
        return new AuditVerdict(chains.Count, found.Sum(one => one.Rows), await UnchainedAsync(source, cancel), anchors.Count, anchors.Last, breaks);
    }

    private static async Task<(long Rows, Break? Fault)> OfChainAsync(NpgsqlDataSource source, string chain,
        (long Link, byte[] Hash)? head, Dictionary<long, string> anchored, CancellationToken cancel)
    {
        await using var notes = await LineReader.OpenAsync(source, Notes, chain, LineReader.Note, cancel);
        await using var shown = await LineReader.OpenAsync(source, Shown, chain, LineReader.Shown, cancel);
        byte[] hash = [];
        long link = 0;
        while ((notes.Current ?? shown.Current) is not null)
        {
            var next = shown.Current is { } s && (notes.Current is not { } n || s.Line.Link < n.Line.Link) ? shown : notes;
            var (line, stored) = next.Current!.Value;
            if (line.Link != link + 1)
                return (link, new Break(chain, link + 1, line.Link <= link ? "a line stands here twice" : "a line is missing"));
            hash = line.Hash(hash, chain);
            link = line.Link;
            if (!hash.AsSpan().SequenceEqual(stored))
                return (link, new Break(chain, link, "this line was changed, moved or put in, or the one before it was"));
            if (anchored.Remove(link, out var was) && was != Convert.ToHexStringLower(hash))
                return (link, new Break(chain, link, "the chain was written anew: an anchor kept outside has another hash"));
            await next.MoveAsync(cancel);
        }

        if (anchored.Count > 0)
            return (link, new Break(chain, link + 1, $"the tail is cut off: an anchor kept outside knows {anchored.Keys.Max()} lines"));
        return head is null && link > 0 ? (link, new Break(chain, link, "the chain has lines and no head"))
            : head is { } end && (end.Link != link || (link > 0 && !end.Hash.AsSpan().SequenceEqual(hash)))
                ? (link, new Break(chain, link + 1, $"the head knows {end.Link} lines, and {link} are here"))
            : (link, null);
    }

    private static async Task<Dictionary<string, (long Link, byte[] Hash)>> HeadsAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select chain, link, hash from access.audit_head");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var heads = new Dictionary<string, (long, byte[])>();
        while (await row.ReadAsync(cancel))
            heads[row.GetString(0)] = (row.GetInt64(1), row.GetFieldValue<byte[]>(2));
        return heads;
    }

    private static async Task<List<string>> ChainsAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select distinct chain from access.audit where chain <> 'before' union select distinct chain from access.audit_shown where chain <> 'before'
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var chains = new List<string>();
        while (await row.ReadAsync(cancel))
            chains.Add(row.GetString(0));
        return chains;
    }

    private static async Task<long> UnchainedAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select count(*) from access.audit where chain = 'before'");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
