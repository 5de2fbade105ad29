using System.Security.Claims;
using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// OpenID Connect as it is written, as the development sign-in speaks it. <c>dcr_org</c> and <c>dcr_role</c> may narrow.
/// </summary>
internal class StandardDialect : Dialect
{
    internal override void Map(ClaimActionCollection claims)
    {
        claims.MapUniqueJsonKey("sid", "sid");
        claims.MapUniqueJsonKey("dcr_org", "dcr_org");
        claims.MapUniqueJsonKey("dcr_role", "dcr_role");
    }

    internal override Vouched Read(ClaimsPrincipal who, ProviderSettings provider)
    {
        if (who.FindFirst("sub") is not { Value.Length: > 0 } subject)
            return new Vouched.Short(Lack.Person);
        if (Single(who, "acr") is not { } strength || !provider.Strengths.Contains(strength))
            return new Vouched.Short(Lack.Assurance);
        return new Vouched.For(new Assertion(subject.Issuer, subject.Value, Single(who, "sid"), Single(who, "dcr_org"), Single(who, "dcr_role"))
        {
            AuthenticatedAt = AuthenticatedAt(who),
        });
    }
}

/// <summary>
/// Keycloak: as the standard, with the realm's own mapping of levels of authentication in <c>acr</c>. Its releases before the type of
/// logout tokens was settled send plain <c>JWT</c>; the event they must carry, and the nonce they must not, still tell them apart.
/// </summary>
internal sealed class KeycloakDialect : StandardDialect
{
    internal override IReadOnlyList<string> LogoutTypes => ["logout+jwt", "JWT"];
}
