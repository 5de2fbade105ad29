using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// Who may come in: by address, and with TLS by a certificate that belongs to this source and no other. Whoever may not is turned away
/// before a byte of theirs is looked at as a message.
/// </summary>
internal sealed class Admission : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly MllpSettings _settings;
    private readonly TimeProvider _time;
    private readonly SslStreamCertificateContext? _own;
    private readonly X509Certificate2Collection _authorities = [];

    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate file holds no certificate or no key.</exception>
    /// <exception cref="IOException">A certificate file cannot be read.</exception>
    public Admission(MllpSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        if (settings.Tls is not { } tls)
            return;
        _own = SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile), additionalCertificates: null, offline: true);
        if (tls.AuthorityFile is not null)
            _authorities.ImportFromPemFile(tls.AuthorityFile);
    }

    public bool Admits(IPAddress? address)
    {
        if (_settings.Peers.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _settings.Peers.Any(network => network.Contains(plain));
    }

    /// <summary>The stream to read messages from; the same when there is no TLS.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">No certificate, or one that does not belong here.</exception>
    public async Task<Stream> SecureAsync(Stream stream, CancellationToken cancel)
    {
        if (_own is null)
            return stream;
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _own,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTheSenders(certificate),
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                },
                cancel);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var authority in _authorities)
            authority.Dispose();
    }

    private bool IsTheSenders(X509Certificate? shown)
    {
        if (shown is null || _settings.Tls is not { } tls)
            return false;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var now = _time.GetUtcNow();
        return now >= certificate.NotBefore && now <= certificate.NotAfter
            && (tls.Fingerprints.Count == 0 || tls.Fingerprints.Contains(certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)))
            && (tls.Names.Count == 0 || tls.Names.Any(name => IsNamed(certificate, name)))
            && (tls.AuthorityFile is null || IsSigned(certificate, now));
    }

    private static bool IsNamed(X509Certificate2 certificate, string name) =>
        string.Equals(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), name, StringComparison.OrdinalIgnoreCase)
        || certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames()).Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool IsSigned(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
