using System.Reflection;
using DorsetCareRecord.Access.Directory;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Writes the audit. A method that returns has committed; there is no way to write later or not at all.</summary>
internal static class AuditLog
{
    private static readonly string Version =
        typeof(AuditLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private const string Insert = """
        insert into access.audit (action, outcome, purpose, person_id, sections, rules, entry_id, searched, found,
            account_id, issuer, subject, name, role, organisation, session_id, address, request_id, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        returning seq
        """;

    /// <summary>
    /// What a page showed follows the committed note of its opening and may be a moment behind it on disk: losing the
    /// server's power within that moment loses the list of versions, never the fact that somebody looked.
    /// </summary>
    private const string InsertShown = """
        insert into access.audit_shown (audit_seq, part, entries, messages)
        select $1, $2, $3, $4 from (select set_config('synchronous_commit', 'off', true)) relaxed
        """;

    internal static async Task<long> WriteAsync(AccessDatabase database, Note note, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(Insert);
        Fill(command.Parameters, note);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    internal static async Task ShownAsync(
        AccessDatabase database, long seq, int part, Guid[] entries, long[] messages, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(InsertShown);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seq });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = part });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = entries });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = messages });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void Fill(NpgsqlParameterCollection parameters, Note note)
    {
        var viewer = note.Viewer;
        Text(ActName(note.Act));
        Text(note.Outcome == Outcome.Allowed ? "allowed" : "refused");
        Text(note.Purpose is { } purpose ? Reading.Purposes.Name(purpose) : null);
        Id(note.Person);
        parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. note.Sections.Select(s => (short)s)] });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. note.Rules] });
        Id(note.Entry);
        Text(note.Searched);
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. note.Found] });
        Id(viewer?.Account);
        Text(viewer?.Issuer ?? note.Stranger?.Issuer);
        Text(viewer?.Subject ?? note.Stranger?.Subject);
        Text(viewer?.Name);
        Text(viewer is null ? null : Rules.RoleNames.Name(viewer.Role));
        Text(viewer?.Organisation);
        Id(viewer?.Session);
        Text(note.Origin.Address);
        Text(note.Origin.RequestId);
        Text(Version);

        void Text(string? value) =>
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });
        void Id(Guid? value) =>
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)value ?? DBNull.Value });
    }

    private static string ActName(Act act) => act switch
    {
        Act.SignIn => "sign-in",
        Act.SignOut => "sign-out",
        Act.Search => "search",
        Act.View => "view",
        Act.LiveRefresh => "live-refresh",
        Act.OpenLetter => "open-letter",
        Act.OpenReport => "open-report",
        Act.DownloadLetter => "download-letter",
        Act.ListAccounts => "list-accounts",
        Act.EnableAccount => "enable-account",
        Act.DisableAccount => "disable-account",
        Act.AskAct => "ask-act",
        Act.ReadMessage => "read-message",
        Act.SearchMessages => "search-messages",
        Act.StageFeed => "stage-feed",
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}
