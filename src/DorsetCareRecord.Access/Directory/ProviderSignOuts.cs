using DorsetCareRecord.Access.Audit;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>What a provider's logout token said, after it was judged.</summary>
/// <param name="Issuer">Exactly as in the token.</param>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="ProviderSession">The session that ended there (<c>sid</c>); null for all of the subject's.</param>
/// <param name="Subject">Whose; null when only the session is named.</param>
/// <param name="ExpiresAt">Until when the token could be heard again.</param>
public sealed record ProviderSignOut(string Issuer, string TokenId, string? ProviderSession, string? Subject, DateTimeOffset ExpiresAt);

/// <summary>Ends the sessions that a provider has ended (OpenID Connect Back-Channel Logout 1.0, 2.7); each is noted.</summary>
public sealed class ProviderSignOuts(AccessDatabase database, Sessions sessions, TimeProvider clock)
{
    /// <summary>False when the token was heard before; it then ends nothing.</summary>
    public async Task<bool> HearAsync(ProviderSignOut said, Origin origin, CancellationToken cancel)
    {
        if (!await IsNewAsync(said, cancel))
            return false;
        foreach (var session in await FindAsync(said, cancel))
            await sessions.EndByProviderAsync(session, origin, cancel);
        return true;
    }

    private async Task<bool> IsNewAsync(ProviderSignOut said, CancellationToken cancel)
    {
        await using var heard = database.Source.CreateCommand("""
            with gone as (delete from access.logout_token where expires_at < $4)
            insert into access.logout_token (issuer, token_id, expires_at) values ($1, $2, $3) on conflict do nothing
            """);
        heard.Parameters.Add(new() { Value = said.Issuer });
        heard.Parameters.Add(new() { Value = said.TokenId });
        heard.Parameters.Add(new() { Value = said.ExpiresAt });
        // Well after its end: a token is still taken for as long as clocks may differ.
        heard.Parameters.Add(new() { Value = clock.GetUtcNow() - TimeSpan.FromHours(1) });
        return await heard.ExecuteNonQueryAsync(cancel) > 0;
    }

    private async Task<List<Guid>> FindAsync(ProviderSignOut said, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand("""
            select s.id from access.session s
            where s.ended_at is null and s.issuer = $1
                and ($2::text is null or s.provider_session = $2) and ($3::text is null or s.subject = $3)
            """);
        find.Parameters.Add(new() { Value = said.Issuer });
        find.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)said.ProviderSession ?? DBNull.Value });
        find.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)said.Subject ?? DBNull.Value });
        await using var row = await find.ExecuteReaderAsync(cancel);
        var found = new List<Guid>();
        while (await row.ReadAsync(cancel))
            found.Add(row.GetGuid(0));
        return found;
    }
}
