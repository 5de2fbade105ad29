using System.Security.Cryptography;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// The portal's own key at a provider: instead of a shared secret it signs an assertion of five minutes for each exchange of a
/// code (private_key_jwt: RFC 7523, 2.2; OpenID Connect Core 9). The provider is given the public half, named by its <c>kid</c>.
/// </summary>
internal sealed class ClientKey
{
    internal const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly SigningCredentials _credentials;

    private ClientKey(RSA key)
    {
        var id = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        _credentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSsaPssSha512);
    }

    internal string Id => _credentials.Key.KeyId;

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

    internal string Assert(string clientId, string tokenEndpoint, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = tokenEndpoint,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString("n") },
            SigningCredentials = _credentials,
        });
}
