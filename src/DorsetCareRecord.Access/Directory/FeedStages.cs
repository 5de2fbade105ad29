using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Directory;

/// <summary>What came of setting a stage; null <see cref="Problem"/> when it stands.</summary>
public sealed record Staged(string? Problem);

/// <summary>Stages of new sources: a row with who, when and why. Setting one ends the one before.</summary>
public sealed class FeedStages(AccessDatabase database, DeskNotes notes, TimeProvider clock)
{
    internal const string Open = "select source, section, audience, organisation, testers, since, by, why from access.feed_stage where ended_at is null";

    /// <summary>The stages under way.</summary>
    public async Task<IReadOnlyList<FeedStage>> OpenAsync(CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(Open);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await ReadAsync(reader, cancel);
    }

    /// <param name="section">Null for all of the source.</param>
    /// <param name="testers">Sign-in names of accounts of whatever organisation.</param>
    /// <returns>Null when the viewer's role may not, which is noted.</returns>
    public async Task<Staged?> SetAsync(
        Viewer viewer, string source, Section? section, SeenBy audience, string? organisation, IReadOnlyList<string> testers, string why,
        Origin origin, CancellationToken cancel)
    {
        if (await notes.WriteAsync(viewer, Act.StageFeed, $"stage:{source}:{section?.ToString() ?? "all"}:{Name(audience)}", why, origin, cancel) is null)
            return null;
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var accounts = await AccountsAsync(connection, testers, cancel);
        if (accounts.Count < testers.Count)
            return new Staged("Nothing was changed: not every tester is in the directory and enabled.");
        if (audience == SeenBy.Testers && accounts.Count == 0)
            return new Staged("Nothing was changed: name at least one safety tester.");
        await using (var end = new NpgsqlCommand("""
            update access.feed_stage set ended_at = $3, ended_by = $4
            where source = $1 and coalesce(section, 0) = $2 and ended_at is null
            """, connection))
        {
            end.Parameters.Add(new() { Value = source });
            end.Parameters.Add(new() { Value = (short)(section ?? 0) });
            end.Parameters.Add(new() { Value = clock.GetUtcNow() });
            end.Parameters.Add(new() { Value = By(viewer) });
            await end.ExecuteNonQueryAsync(cancel);
        }

        await using (var begin = new NpgsqlCommand("""
            insert into access.feed_stage (id, source, section, audience, organisation, testers, since, by, why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, connection))
        {
            begin.Parameters.Add(new() { Value = Guid.CreateVersion7(clock.GetUtcNow()) });
            begin.Parameters.Add(new() { Value = source });
            begin.Parameters.Add(new() { Value = section is { } one ? (short)one : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint });
            begin.Parameters.Add(new() { Value = Name(audience) });
            begin.Parameters.Add(new() { Value = audience == SeenBy.Organisation ? organisation ?? "" : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            begin.Parameters.Add(new() { Value = accounts.ToArray() });
            begin.Parameters.Add(new() { Value = clock.GetUtcNow() });
            begin.Parameters.Add(new() { Value = By(viewer) });
            begin.Parameters.Add(new() { Value = why });
            try
            {
                await begin.ExecuteNonQueryAsync(cancel);
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
            {
                return new Staged("Nothing was changed: choose an organisation of the directory.");
            }
        }

        await transaction.CommitAsync(cancel);
        return new Staged(null);
    }

    internal static async Task<IReadOnlyList<FeedStage>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var stages = new List<FeedStage>();
        while (await reader.ReadAsync(cancel))
        {
            stages.Add(new FeedStage(
                reader.GetString(0), reader.IsDBNull(1) ? null : (Section)reader.GetInt16(1), SeenByOf(reader.GetString(2)),
                reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetFieldValue<Guid[]>(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetString(6), reader.GetString(7)));
        }

        return stages;
    }

    private static async Task<IReadOnlyList<Guid>> AccountsAsync(NpgsqlConnection connection, IReadOnlyList<string> subjects, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select id from access.account where subject = any($1) and disabled_at is null", connection);
        command.Parameters.Add(new() { Value = subjects.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var accounts = new List<Guid>();
        while (await reader.ReadAsync(cancel))
            accounts.Add(reader.GetGuid(0));
        return accounts;
    }

    private static string By(Viewer viewer) => $"{viewer.Name}, {viewer.OrganisationName}";

    private static string Name(SeenBy audience) => audience switch
    {
        SeenBy.Testers => "testers",
        SeenBy.Organisation => "organisation",
        SeenBy.All => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(audience)),
    };

    private static SeenBy SeenByOf(string name) => name switch
    {
        "testers" => SeenBy.Testers,
        "organisation" => SeenBy.Organisation,
        "all" => SeenBy.All,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
