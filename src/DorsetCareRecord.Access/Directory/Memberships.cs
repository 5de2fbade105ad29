using System.Text.Json;
using System.Text.Json.Serialization;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// What a sign-in says of where and as what somebody comes. It narrows what organisations gave, and gives nothing (ID-2, ID-7); kept with the
/// session, so that whoever changes organisation later is held to it still.
/// </summary>
internal sealed record Narrowing(string? Organisation, string? Role, string? Ods, IReadOnlyList<string>? NationalCodes)
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>In SQL, of a session <c>s</c>: it leaves more than one organisation.</summary>
    internal const string LeavesSeveral = "(s.narrowed_by is null or not s.narrowed_by ?| array['organisation', 'ods'])";

    internal static Narrowing Of(Assertion assertion) => new(assertion.Organisation, assertion.Role, assertion.Ods, assertion.NationalCodes);

    internal static Narrowing Read(string? json) =>
        json is null ? new(null, null, null, null) : JsonSerializer.Deserialize<Narrowing>(json, Stored)!;

    /// <summary>Null when nothing was said.</summary>
    internal string? ToJson() => this is { Organisation: null, Role: null, Ods: null, NationalCodes: null } ? null : JsonSerializer.Serialize(this, Stored);
}

/// <summary>
/// An account: one organisation's word about a person. Whoever works for several has one of each, which know nothing of each other.
/// </summary>
/// <param name="Against">Why it may not be used by this sign-in now; null when it may.</param>
internal sealed record Membership(Guid Account, string Name, string Organisation, string OrganisationName, Role Role, AccountStanding Standing,
    long PolicyVersion, string? Against)
{
    internal Viewer As(Vouch vouch, Guid session) => new(Account, session, vouch.Issuer, vouch.Subject, Name, Organisation, OrganisationName, Role)
    {
        Standing = Standing, PolicyVersion = PolicyVersion, AuthenticatedAt = vouch.AuthenticatedAt,
    };
}

/// <summary>
/// What organisations say of one identity: issuer and subject, and nothing else (ID-4). An account of the issuer <c>*</c> is of whichever
/// provider is trusted here; where an organisation has one of the very issuer too, that one counts.
/// </summary>
internal sealed class Memberships(AccessDatabase database)
{
    /// <summary>The claims contradict it: where they come from is for them alone to know.</summary>
    internal const string Claims = "claims";

    /// <summary>The role chosen at the provider is not this one.</summary>
    internal const string AnotherRole = "national-role";

    /// <summary>Ids of all accounts of a human: what is about the human and not about an organisation's word goes by these.</summary>
    /// <param name="subject">As SQL has it.</param>
    /// <param name="issuer">Of the sign-in, as SQL has it.</param>
    internal static string OfHuman(string subject, string issuer) =>
        $"select k.id from access.account k where k.subject = {subject} and k.issuer in ({issuer}, '*')";

    /// <summary>In the order of the organisations' names.</summary>
    internal async Task<IReadOnlyList<Membership>> OfAsync(Vouch vouch, DateTimeOffset now, CancellationToken cancel)
    {
        var national = vouch.By.NationalCodes is { } codes ? await PermissionsAsync(codes, cancel) : null;
        await using var find = database.Source.CreateCommand($"""
            select distinct on (a.organisation_code) {Sessions.StandingColumns}, a.id, a.name, a.organisation_code, o.name, a.role, o.ods
            from access.account a join access.organisation o on o.code = a.organisation_code
            where a.subject = $2 and a.issuer in ($1, '*') order by a.organisation_code, a.issuer = '*'
            """);
        find.Parameters.Add(new() { Value = vouch.Issuer });
        find.Parameters.Add(new() { Value = vouch.Subject });
        await using var row = await find.ExecuteReaderAsync(cancel);
        var found = new List<Membership>();
        while (await row.ReadAsync(cancel))
        {
            var (organisation, given, standing) = (row.GetString(10), RoleNames.Find(row.GetString(12)), Sessions.StandingOf(row, now));
            var against = given is not { } role || !standing.MayEnter() ? $"account:{standing}"
                : (vouch.By.Organisation ?? organisation) != organisation || (vouch.By.Role is { } said && RoleNames.Find(said) != role) ? Claims
                : (vouch.By.Ods ?? row.GetString(13)) != row.GetString(13) || (national is not null && !NationalCodes.Permit(national, role)) ? AnotherRole
                : null;
            found.Add(new(row.GetGuid(8), row.GetString(9), organisation, row.GetString(11), given.GetValueOrDefault(), standing, row.GetInt64(7), against));
        }

        return [.. found.OrderBy(membership => membership.OrganisationName, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlySet<string>> PermissionsAsync(IReadOnlyList<string> codes, CancellationToken cancel)
    {
        await using var find = database.Source.CreateCommand("""
            select c.codes, c.permissions, i.codes, i.includes
            from (select array_agg(code) codes, array_agg(permission) permissions from access.national_code) c,
                (select array_agg(code) codes, array_agg(includes) includes from access.national_inclusion) i
            """);
        await using var row = await find.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var map = Texts(row, 0).Zip(Texts(row, 1), static (code, permission) => new NationalCode(code, permission)).ToList();
        var inclusions = Texts(row, 2).Zip(Texts(row, 3), static (code, includes) => new NationalInclusion(code, includes)).ToList();
        return NationalCodes.Permissions(codes, map, inclusions);
    }

    /// <summary>Of a table without rows there is no array, and nothing in it.</summary>
    private static string[] Texts(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<string[]>(column);
}
