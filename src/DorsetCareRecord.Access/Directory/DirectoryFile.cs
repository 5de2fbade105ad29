using System.Text.Json;
using System.Text.Json.Serialization;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>What an import did.</summary>
public sealed record Imported(int Organisations, int Users);

/// <summary>The file cannot be taken; nothing of it was.</summary>
public sealed class DirectoryFileException(string message) : Exception(message);

/// <summary>
/// Organisations and users from a JSON file, by the owner: <c>{"organisations":[{"code","ods","name"}],
/// "users":[{"issuer","subject","name","organisation","role"}]}</c>. All or nothing, and idempotent. It adds and corrects;
/// it neither removes an account nor enables one that an administrator has disabled.
/// </summary>
public static class DirectoryFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static async Task<Imported> ImportAsync(
        string connectionString, Stream json, TimeProvider clock, CancellationToken cancel = default)
    {
        var file = await ReadAsync(json, cancel);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var organisation in file.Organisations)
            await UpsertAsync(connection, organisation, cancel);
        foreach (var user in file.Users)
            await UpsertAsync(connection, user, clock.GetUtcNow(), cancel);
        await transaction.CommitAsync(cancel);
        return new Imported(file.Organisations.Count, file.Users.Count);
    }

    private static async Task<Contents> ReadAsync(Stream json, CancellationToken cancel)
    {
        Contents file;
        try
        {
            file = await JsonSerializer.DeserializeAsync<Contents>(json, Strict, cancel)
                ?? throw new DirectoryFileException("The directory file is empty.");
        }
        catch (JsonException fault)
        {
            throw new DirectoryFileException($"The directory file is not as expected at {fault.Path}, line {fault.LineNumber + 1}.");
        }

        for (var i = 0; i < file.Users.Count; i++)
        {
            var user = file.Users[i];
            if (RoleNames.Find(user.Role) is null)
                throw new DirectoryFileException($"users[{i}].role is none of {string.Join(", ", RoleNames.All)}.");
            if (string.IsNullOrWhiteSpace(user.Issuer) || string.IsNullOrWhiteSpace(user.Subject))
                throw new DirectoryFileException($"users[{i}] has no issuer or no subject.");
        }

        return file;
    }

    private static async Task UpsertAsync(NpgsqlConnection connection, Partner partner, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into access.organisation (code, ods, name) values ($1, $2, $3)
            on conflict (code) do update set ods = excluded.ods, name = excluded.name
            """, connection);
        command.Parameters.Add(new() { Value = partner.Code });
        command.Parameters.Add(new() { Value = partner.Ods });
        command.Parameters.Add(new() { Value = partner.Name });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task UpsertAsync(NpgsqlConnection connection, User user, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into access.account (id, issuer, subject, name, organisation_code, role, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (issuer, subject) do update
                set name = excluded.name, organisation_code = excluded.organisation_code, role = excluded.role
            """, connection);
        command.Parameters.Add(new() { Value = Guid.NewGuid() });
        command.Parameters.Add(new() { Value = user.Issuer });
        command.Parameters.Add(new() { Value = user.Subject });
        command.Parameters.Add(new() { Value = user.Name });
        command.Parameters.Add(new() { Value = user.Organisation });
        command.Parameters.Add(new() { Value = user.Role });
        command.Parameters.Add(new() { Value = now });
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new DirectoryFileException($"Organisation '{user.Organisation}' of a user is not in the directory.");
        }
    }

    private sealed record Contents(IReadOnlyList<Partner> Organisations, IReadOnlyList<User> Users);

    private sealed record Partner(string Code, string Ods, string Name);

    private sealed record User(string Issuer, string Subject, string Name, string Organisation, string Role);
}
