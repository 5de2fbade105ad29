using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// Takes no token without a signature. The framework's handler drops that demand in the code flow, as OpenID Connect Core 3.1.3.7
/// allows where the token came over TLS; then <c>alg: none</c>, or a signature cut off, would sign anybody in (RFC 8725, 3.1 and 3.2).
/// </summary>
internal sealed class SignedTokens : JsonWebTokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var strict = validationParameters.Clone();
        strict.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, strict);
    }
}
