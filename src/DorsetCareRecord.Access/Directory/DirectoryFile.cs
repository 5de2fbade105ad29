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
/// it neither removes an account nor enables one that an administrator has disabled, and what an administrator has decided in the browser
/// of somebody's role, training or team stays decided. Whoever is named by two organisations has an account at each; <c>movedFrom</c> (a code)
/// closes the one of the organisation they have left. A user may have <c>trainedUntil</c> (a day; else a year from the import). <c>"agreements":[{"sources":[],"consumers":[],"categories":[],"purposes":[],"preset","why"}]</c>
/// stands for each pair of a source with another consumer; one that is in force already is not said again.
/// <c>"teams":[{"organisation","site","name","members":[subject]}]</c> opens sites and teams that never were there and puts those into a
/// team whom nobody has put into one, or taken out of one.
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
        foreach (var agreement in file.Agreements ?? [])
            await ShareAsync(connection, agreement, clock.GetUtcNow(), cancel);
        foreach (var team in file.Teams ?? [])
            await OpenAsync(connection, team, clock.GetUtcNow(), cancel);
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
            if (user.MovedFrom == user.Organisation)
                throw new DirectoryFileException($"users[{i}].movedFrom is the organisation they are at.");
        }

        for (var i = 0; i < (file.Agreements ?? []).Count; i++)
        {
            var agreement = file.Agreements![i];
            if (agreement.Categories.Any(name => !Enum.TryParse<Category>(name, out _)))
                throw new DirectoryFileException($"agreements[{i}].categories is not of {string.Join(", ", Categories.Agreed)}.");
            if (agreement.Purposes.Any(name => Reading.Purposes.Find(name) is null))
                throw new DirectoryFileException($"agreements[{i}].purposes is not of direct-care, support-of-direct-care.");
        }

        for (var i = 0; i < (file.Teams ?? []).Count; i++)
        {
            if (file.Teams![i] is not { Site.Length: > 0 and <= Directory.Teams.LongestName, Name.Length: > 0 and <= Directory.Teams.LongestName })
                throw new DirectoryFileException($"teams[{i}] has no site or no name, or one longer than {Directory.Teams.LongestName} characters.");
        }

        return file;
    }

    private static async Task OpenAsync(NpgsqlConnection connection, WorkingTeam team, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add("""
            insert into access.team (id, organisation_code, name, made_at, made_by) select gen_random_uuid(), @organisation, @site, @now, 'import'
            where not exists (select from access.team where organisation_code = @organisation and site is null and lower(name) = lower(@site))
            """);
        Add("""
            insert into access.team (id, organisation_code, name, site, made_at, made_by) select gen_random_uuid(), @organisation, @team, @site, @now, 'import'
            where exists (select from access.team where organisation_code = @organisation and site is null and name = @site and closed_at is null)
                and not exists (select from access.team where organisation_code = @organisation and site = @site and lower(name) = lower(@team))
            """);
        Add("""
            update access.account a set team_id = t.id from access.team t
            where t.organisation_code = @organisation and t.site = @site and t.name = @team and t.closed_at is null
                and a.organisation_code = @organisation and a.subject = any(@members) and a.team_id is null and not 'team' = any(a.decided)
            """);
        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new DirectoryFileException($"Organisation '{team.Organisation}' of a team is not in the directory.");
        }

        void Add(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var (name, value) in ((string, object)[])[("organisation", team.Organisation), ("site", team.Site), ("team", team.Name), ("members", team.Members.ToArray()), ("now", now)])
            {
                if (sql.Contains($"@{name}", StringComparison.Ordinal))
                    command.Parameters.AddWithValue(name, value);
            }

            batch.BatchCommands.Add(command);
        }
    }

    private static async Task ShareAsync(NpgsqlConnection connection, Sharing sharing, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into access.sharing_agreement (id, source_org, consumer_org, category, purpose, preset, valid_from, made_by, made_at, why)
            select gen_random_uuid(), s.org, c.org, k.number, p.name, $5, $6, 'import', $6, $7
            from unnest($1::text[]) s (org), unnest($2::text[]) c (org), unnest($3::smallint[]) k (number), unnest($4::text[]) p (name)
            where s.org <> c.org and not exists (select from access.sharing_agreement a
                where a.source_org = s.org and a.consumer_org = c.org and a.category = k.number and a.purpose = p.name
                    and (a.valid_to is null or a.valid_to > $6))
            """, connection);
        command.Parameters.Add(new() { Value = sharing.Sources.ToArray() });
        command.Parameters.Add(new() { Value = sharing.Consumers.ToArray() });
        command.Parameters.Add(new() { Value = sharing.Categories.Select(name => (short)Enum.Parse<Category>(name)).ToArray() });
        command.Parameters.Add(new() { Value = sharing.Purposes.ToArray() });
        command.Parameters.Add(new() { Value = sharing.Preset });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = sharing.Why });
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new DirectoryFileException("An agreement names an organisation that is not in the directory.");
        }
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
        if (user.MovedFrom is { } former)
            await CloseAsync(connection, user, former, now, cancel);
        await using var command = new NpgsqlCommand("""
            insert into access.account (id, issuer, subject, name, organisation_code, role, created_at, trained_until, last_used_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $7)
            on conflict (subject, issuer, organisation_code) do update
                set name = excluded.name, last_used_at = excluded.last_used_at,
                    role = case when 'role' = any(access.account.decided) then access.account.role else excluded.role end,
                    trained_until = case when 'training' = any(access.account.decided) then access.account.trained_until
                        else greatest(access.account.trained_until, excluded.trained_until) end
            """, connection);
        command.Parameters.Add(new() { Value = Guid.NewGuid() });
        command.Parameters.Add(new() { Value = user.Issuer });
        command.Parameters.Add(new() { Value = user.Subject });
        command.Parameters.Add(new() { Value = user.Name });
        command.Parameters.Add(new() { Value = user.Organisation });
        command.Parameters.Add(new() { Value = user.Role });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = user.TrainedUntil ?? Showing.Dates.Today(now).AddYears(1) });
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new DirectoryFileException($"Organisation '{user.Organisation}' of a user is not in the directory.");
        }
    }

    /// <summary>
    /// The former organisation's word is over each time that the file says so, and so are the sessions there (ID-11): what was opened, and why,
    /// was opened for that one.
    /// </summary>
    private static async Task CloseAsync(NpgsqlConnection connection, User user, string former, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            with closed as (update access.account set disabled_at = coalesce(disabled_at, $4), disabled_by = coalesce(disabled_by, 'import')
                    where issuer = $1 and subject = $2 and organisation_code = $3 returning id),
                ended as (update access.session s set ended_at = $4 from closed where s.account_id = closed.id and s.ended_at is null returning s.id)
            {SessionRows.Tell}
            """, connection);
        foreach (var value in (object[])[user.Issuer, user.Subject, former, now])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Contents(IReadOnlyList<Partner> Organisations, IReadOnlyList<User> Users, IReadOnlyList<Sharing>? Agreements = null,
        IReadOnlyList<WorkingTeam>? Teams = null);

    private sealed record WorkingTeam(string Organisation, string Site, string Name, IReadOnlyList<string> Members);

    private sealed record Sharing(IReadOnlyList<string> Sources, IReadOnlyList<string> Consumers, IReadOnlyList<string> Categories,
        IReadOnlyList<string> Purposes, string Preset, string Why);

    private sealed record Partner(string Code, string Ods, string Name);

    private sealed record User(string Issuer, string Subject, string Name, string Organisation, string Role, DateOnly? TrainedUntil = null,
        string? MovedFrom = null);
}
