using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// NHS Care Identity Service 2. The person chooses a role there; it is the entry of <c>nhsid_nrbac_roles</c> whose
/// <c>person_roleid</c> is the token's <c>selected_roleid</c>, and no other: taking the first would give somebody with several roles
/// the wrong organisation. Assurance of identity 3 and of authentication 2 are needed, and both must be said.
/// </summary>
internal sealed class Cis2Dialect : Dialect
{
    private const int NeededIdentityAssurance = 3;
    private const int NeededAuthenticationAssurance = 2;

    internal override IReadOnlyList<string> Scopes => ["nationalrbacaccess", "selectedrole"];

    internal override string? AcrValues => "AAL2_OR_AAL3_ANY";

    internal override bool HasRoles => true;

    internal override void Map(ClaimActionCollection claims)
    {
        claims.MapUniqueJsonKey("sid", "sid");
        // One claim per role, each the JSON object as it came.
        claims.MapJsonKey("nhsid_nrbac_roles", "nhsid_nrbac_roles");
    }

    internal override Vouched Read(ClaimsPrincipal who, ProviderSettings provider)
    {
        if (who.FindFirst("sub") is not { Value.Length: > 0 } subject)
            return new Vouched.Short(Lack.Person);
        if (Single(who, "acr") is not { } strength || !provider.Strengths.Contains(strength))
            return new Vouched.Short(Lack.Assurance);
        if (Level(who, "id_assurance_level") < NeededIdentityAssurance
            || Level(who, "authentication_assurance_level") < NeededAuthenticationAssurance)
            return new Vouched.Short(Lack.Assurance);
        if (Single(who, "selected_roleid") is not { } selected || RoleOf(who, selected) is not { } role)
            return new Vouched.Short(Lack.Role);
        return new Vouched.For(new Assertion(subject.Issuer, subject.Value, Single(who, "sid"), Organisation: null, Role: null)
        {
            Ods = role.Ods,
            NationalCodes = role.Codes,
            AuthenticatedAt = AuthenticatedAt(who),
        });
    }

    private static int Level(ClaimsPrincipal who, string name) =>
        int.TryParse(Single(who, name), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : -1;

    private static (string Ods, IReadOnlyList<string> Codes)? RoleOf(ClaimsPrincipal who, string selected)
    {
        foreach (var claim in who.FindAll("nhsid_nrbac_roles"))
        {
            if (Parse(claim.Value) is { } role && Text(role, "person_roleid") == selected)
                return Text(role, "org_code") is { } ods ? (ods, CodesOf(role)) : null;
        }

        return null;
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The job role (<c>S8001:G8005:R8000</c>) and the activities (B codes) held with it.</summary>
    private static List<string> CodesOf(JsonElement role)
    {
        var codes = new List<string>();
        if (Text(role, "role_code") is { } job)
            codes.Add(job);
        if (role.TryGetProperty("activity_codes", out var activities) && activities.ValueKind == JsonValueKind.Array)
            codes.AddRange(activities.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.String).Select(code => code.GetString()!));
        return codes;
    }

    private static string? Text(JsonElement role, string name) =>
        role.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
