using System.Security.Claims;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using Microsoft.IdentityModel.JsonWebTokens;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// Microsoft Entra ID, for the councils. A person is tenant and object id (<c>tid</c>, <c>oid</c>), which an administrator can know
/// beforehand, as <c>sub</c> differs from application to application. Strength is an authentication context (<c>acrs</c>) or
/// <c>mfa</c> among the methods (<c>amr</c>). App roles (<c>roles</c>) may narrow; groups are never looked at, since Entra leaves
/// them out of a token when there are many.
/// </summary>
internal sealed class EntraDialect : Dialect
{
    internal override string? DefaultStrengths => "mfa";

    /// <summary>Its <c>sub</c> is another for each application, and not what the directory knows.</summary>
    internal override string? SubjectOf(JsonWebToken logout) => logout.TryGetPayloadValue<string>("oid", out var person) ? person : null;

    internal override Vouched Read(ClaimsPrincipal who, ProviderSettings provider)
    {
        if (who.FindFirst("sub") is not { Value.Length: > 0 } subject
            || Single(who, "tid") is not { } tenant || Single(who, "oid") is not { } person)
            return new Vouched.Short(Lack.Person);
        // The issuer of a single tenant names it; a token of another tenant's people is not ours.
        if (!subject.Issuer.Contains(tenant, StringComparison.OrdinalIgnoreCase))
            return new Vouched.Short(Lack.Person);
        if (!who.FindAll("acrs").Concat(who.FindAll("amr")).Any(claim => provider.Strengths.Contains(claim.Value)))
            return new Vouched.Short(Lack.Assurance);
        return new Vouched.For(new Assertion(subject.Issuer, person, Single(who, "sid"), Organisation: null, Role: RoleOf(who))
        {
            AuthenticatedAt = AuthenticatedAt(who),
        });
    }

    /// <summary>Our role among the app roles; several of ours, or only unknown ones, are no role at all.</summary>
    private static string? RoleOf(ClaimsPrincipal who)
    {
        var roles = who.FindAll("roles").Select(claim => claim.Value).ToList();
        if (roles.Count == 0)
            return null;
        var ours = roles.Where(role => RoleNames.Find(role) is not null).Distinct(StringComparer.Ordinal).ToList();
        return ours is [var one] ? one : "none";
    }
}
