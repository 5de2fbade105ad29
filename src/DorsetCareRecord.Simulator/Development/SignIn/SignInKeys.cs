using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Simulator.Development.SignIn;

/// <summary>
/// The development provider's keys, kept (mode 0600) so that a restart does not end what it began. RSA of 2048 bits: longer ones
/// take seconds to make, which the first sign-in would wait for.
/// </summary>
internal sealed record SignInKeys(RsaSecurityKey Signing, SymmetricSecurityKey Encryption)
{
    private const int EncryptionBytes = 32;

    public static SignInKeys Load(string folder)
    {
        var rsa = RSA.Create();
        var signing = Secret.Keep(Path.Combine(folder, "signing.pem"), () =>
        {
            using var made = RSA.Create(2048);
            return made.ExportRSAPrivateKeyPem();
        });
        var encryption = Secret.Keep(Path.Combine(folder, "encryption.key"),
            () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(EncryptionBytes)));
        try
        {
            rsa.ImportFromPem(signing);
            var id = Convert.ToHexStringLower(SHA256.HashData(rsa.ExportRSAPublicKey()))[..16];
            return new SignInKeys(new RsaSecurityKey(rsa) { KeyId = id }, new SymmetricSecurityKey(Convert.FromBase64String(encryption)));
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or CryptographicException)
        {
            throw new DevelopmentException($"The keys of the development sign-in in {folder} are damaged: remove that folder.", fault);
        }
    }
}
