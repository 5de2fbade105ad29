using System.Globalization;
using System.Security.Claims;
using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>What was missing in what a provider said of somebody; the page they are shown says it in words.</summary>
internal enum Lack
{
    /// <summary>Who it is.</summary>
    Person,

    /// <summary>Assurance of who they are, or of how they proved it: not said, or too little.</summary>
    Assurance,

    /// <summary>A role, where people choose one at the provider.</summary>
    Role,

    /// <summary>A new proof, which was asked for.</summary>
    Proof,
}

/// <summary>What came of reading it.</summary>
internal abstract record Vouched
{
    internal sealed record For(Assertion Assertion) : Vouched;

    internal sealed record Short(Lack Of) : Vouched;
}

/// <summary>
/// How one kind of provider says who somebody is and how surely. A claim that is missing where a dialect needs it is a refusal,
/// never an assumption. What it returns narrows what the directory grants and widens nothing.
/// </summary>
internal abstract class Dialect
{
    private static readonly Dictionary<string, Dialect> ByName = new(StringComparer.Ordinal)
    {
        ["standard"] = new StandardDialect(),
        ["keycloak"] = new KeycloakDialect(),
        ["cis2"] = new Cis2Dialect(),
        ["entra"] = new EntraDialect(),
    };

    internal static IReadOnlyCollection<string> Names => ByName.Keys;

    internal static Dialect? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The <c>typ</c> of a logout token; explicit, so that no other token can be taken for one.</summary>
    internal virtual IReadOnlyList<string> LogoutTypes => ["logout+jwt"];

    /// <summary>Whose sessions a logout token means, as the directory knows them; null when it does not say, and its <c>sid</c> must.</summary>
    internal virtual string? SubjectOf(JsonWebToken logout) => logout.TryGetPayloadValue<string>("sub", out var subject) ? subject : null;

    /// <summary>Beyond <c>openid profile</c>.</summary>
    internal virtual IReadOnlyList<string> Scopes => [];

    /// <summary>What is asked of the provider in <c>acr_values</c>; null to ask nothing.</summary>
    internal virtual string? AcrValues => null;

    /// <summary>Strengths that are enough where the settings name none; null for those of NHS CIS2.</summary>
    internal virtual string? DefaultStrengths => null;

    /// <summary>Claims of the user information answer that <see cref="Assert"/> looks at.</summary>
    internal virtual void Map(ClaimActionCollection claims)
    {
    }

    /// <summary>People choose there in which role they come, and may choose anew.</summary>
    internal virtual bool HasRoles => false;

    /// <summary>Who this is, in our words, or what is missing.</summary>
    internal abstract Vouched Read(ClaimsPrincipal who, ProviderSettings provider);

    /// <summary>The one value of a claim; null when it is missing, empty or said twice.</summary>
    protected static string? Single(ClaimsPrincipal who, string name)
    {
        var said = who.FindAll(name).Select(claim => claim.Value).Distinct(StringComparer.Ordinal).ToList();
        return said is [{ Length: > 0 } one] ? one : null;
    }

    /// <summary>When they proved who they are (<c>auth_time</c>, seconds since 1970).</summary>
    protected static DateTimeOffset? AuthenticatedAt(ClaimsPrincipal who) =>
        long.TryParse(Single(who, "auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
