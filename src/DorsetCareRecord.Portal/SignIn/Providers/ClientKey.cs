using System.Security.Cryptography;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// The portal's own key at a provider: instead of a shared secret it signs an assertion of five minutes for each request of its own, the exchange
/// of a code and the pushing of a request (private_key_jwt: RFC 7523, 2.2; OpenID Connect Core 9; RFC 9126, 2). The provider is given the public
/// half, named by its <c>kid</c>.
/// </summary>
internal sealed class ClientKey
{
    internal const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>In our order; PSS before the older padding, which some providers still ask for.</summary>
    private static readonly string[] Algorithms = ["PS512", "PS384", "PS256", "RS512", "RS384", "RS256"];

    private readonly RsaSecurityKey _key;

    private ClientKey(RSA key) =>
        _key = new RsaSecurityKey(key) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16] };

    internal string Id => _key.KeyId;

    /// <param name="setting">The variable that named the file, for the sentence.</param>
    /// <exception cref="SettingsException">No RSA private key of 2048 bits or more is there.</exception>
    internal static ClientKey Load(string setting, string file)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(File.ReadAllText(file));
            rsa.ExportPkcs8PrivateKey();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new SettingsException($"{setting} names no file with an RSA private key in PEM.");
        }

        return rsa.KeySize >= 2048 ? new ClientKey(rsa) : throw new SettingsException($"{setting}: the key has less than 2048 bits.");
    }

    /// <param name="provider">What it says of itself: its token endpoint is whom the assertion is for, at whichever endpoint it is shown.</param>
    internal string Assert(string clientId, OpenIdConnectConfiguration provider, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = provider.TokenEndpoint,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString("n") },
            SigningCredentials = new SigningCredentials(_key, AlgorithmFor(provider.TokenEndpointAuthSigningAlgValuesSupported)),
        });

    /// <summary>The first of ours that the provider takes; where it names none that are ours, or none at all, the first.</summary>
    internal static string AlgorithmFor(ICollection<string> taken) => Algorithms.FirstOrDefault(taken.Contains) ?? Algorithms[0];
}
