using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// Takes no token without a signature. The framework's handler drops that demand in the code flow, as OpenID Connect Core 3.1.3.7
/// allows where the token came over TLS; then <c>alg: none</c>, or a signature cut off, would sign anybody in (RFC 8725, 3.1 and 3.2).
/// A key that is not known may be a new one: the keys are read once more before a token is refused for it.
/// </summary>
internal sealed class SignedTokens(OpenIdConnectOptions options) : JsonWebTokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var strict = validationParameters.Clone();
        strict.RequireSignedTokens = true;
        var judged = await base.ValidateTokenAsync(token, strict);
        if (judged.Exception is not SecurityTokenSignatureKeyNotFoundException || await ChangedKeys.ReadAsync(options, CancellationToken.None) is not { } now)
            return judged;
        strict.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(now);
        return await base.ValidateTokenAsync(token, strict);
    }
}
