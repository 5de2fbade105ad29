using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DorsetCareRecord.Feeds.Sources.Hl7;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Feeds.Tests.Mllp;

/// <summary>Who may speak at a door: by address and by certificate, before anything they say is looked at.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly Papers _papers = new();

    public void Dispose() => _papers.Dispose();

    [Theory]
    [InlineData("127.0.0.0/8", "AA 1")]
    [InlineData("10.0.0.0/8", null)]
    public async Task When_a_peer_is_not_among_the_addresses_then_it_is_closed_unheard(string network, string? verdict)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Peers = [IPNetwork.Parse(network)] });
        using var sender = await door.ConnectAsync();

        if (verdict is not null)
            await sender.SendAsync(Sender.Message("1"));

        Assert.Equal(verdict, await sender.VerdictAsync());
        Assert.Equal(verdict is null ? 0 : 1, store.Deliveries.Count);
    }

    [Fact]
    public async Task When_the_sender_shows_its_own_certificate_then_its_messages_are_taken()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Tls = _papers.Rules("tie.rbd.example") });
        using var sender = await door.ConnectAsync(_papers.Client("tie.rbd.example"));

        await sender.SendAsync(Sender.Message("1"));

        Assert.Equal("AA 1", await sender.VerdictAsync());
    }

    [Theory]
    [InlineData("another source's")]
    [InlineData("expired")]
    [InlineData("another authority's")]
    [InlineData("none")]
    [InlineData("a server's")]
    public async Task When_the_certificate_is_not_this_senders_then_nothing_it_sends_is_read(string which)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Tls = _papers.Rules("tie.rbd.example") });
        using var client = which switch
        {
            "another source's" => _papers.Client("tie.rdz.example"),
            "expired" => _papers.Client("tie.rbd.example", days: -1),
            "another authority's" => _papers.Client("tie.rbd.example", foreign: true),
            "a server's" => _papers.Client("tie.rbd.example", usage: "1.3.6.1.5.5.7.3.1"),
            _ => null,
        };

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var sender = await door.ConnectAsync(client, tls: true);
            await sender.SendAsync(Sender.Message("1"));
            Assert.NotNull(await sender.AnswerAsync());
        });
        Assert.Empty(store.Deliveries);
    }

    [Fact]
    public async Task When_a_certificate_is_known_by_its_fingerprint_then_no_other_of_the_same_name_will_do()
    {
        var store = new RecordingStore();
        using var known = _papers.Client("tie.rbd.example");
        using var other = _papers.Client("tie.rbd.example");
        var rules = _papers.Rules("tie.rbd.example") with { Fingerprints = [known.GetCertHashString(HashAlgorithmName.SHA256)] };
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Tls = rules });

        using var sender = await door.ConnectAsync(known);
        await sender.SendAsync(Sender.Message("1"));
        Assert.Equal("AA 1", await sender.VerdictAsync());
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var stranger = await door.ConnectAsync(other);
            await stranger.SendAsync(Sender.Message("2"));
            Assert.NotNull(await stranger.AnswerAsync());
        });

        Assert.Single(store.Deliveries);
    }

    [Fact]
    public async Task When_plain_text_comes_to_a_door_with_TLS_then_it_is_not_read()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Tls = _papers.Rules("tie.rbd.example") });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));

        Assert.Null(await sender.AnswerAsync());
        Assert.Empty(store.Deliveries);
    }

    [Fact]
    public void When_a_peer_is_turned_away_again_and_again_then_it_is_said_once_a_minute_with_the_number()
    {
        var (time, log) = (new FakeTimeProvider(), new LogBook());
        var away = new Feeds.Mllp.TurnedAway("systemc", time, log);
        var address = IPAddress.Parse("10.1.2.3");

        for (var second = 0; second < 150; second++)
        {
            away.Say(address, "no certificate of this source");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        away.Say(IPAddress.Parse("10.1.2.4"), "no certificate of this source");
        Assert.Equal(
            [
                "systemc: 10.1.2.3 turned away, 1 times: no certificate of this source",
                "systemc: 10.1.2.3 turned away, 60 times: no certificate of this source",
                "systemc: 10.1.2.3 turned away, 60 times: no certificate of this source",
                "systemc: 10.1.2.4 turned away, 1 times: no certificate of this source",
            ],
            log.Lines);
    }

    [Theory]
    [InlineData(RefusalCode.Error, "AE 1")]
    [InlineData(RefusalCode.Reject, "AR 1")]
    public async Task When_a_sender_takes_AE_for_final_then_what_is_refused_is_answered_so(RefusalCode code, string verdict)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Refused = code });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1", processing: "T"));

        Assert.Equal(verdict, await sender.VerdictAsync());
    }

    [Fact]
    public async Task When_a_sender_was_agreed_to_be_told_then_what_is_not_stored_is_answered_and_the_connection_closes()
    {
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { NotStored = RefusalCode.Error });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));
        (await store.NextAsync()).Fail();

        Assert.Equal("AE 1", await sender.VerdictAsync());
        Assert.Null(await sender.AnswerAsync());
    }

    [Theory]
    [InlineData("MEDWAY", "AA 1")]
    [InlineData("CAMIS", "AR 1")]
    public async Task When_MSH_3_is_not_the_senders_then_it_is_refused_and_kept(string expected, string verdict)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Sender = new Dictionary<int, IReadOnlyList<string>> { [3] = [expected] } });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));

        Assert.Equal(verdict, await sender.VerdictAsync());
        Assert.Single(store.Deliveries);
    }

    private sealed class LogBook : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}

/// <summary>Certificates of an authority made for one test, in files that go with it.</summary>
internal sealed class Papers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-papers").FullName;
    private readonly X509Certificate2 _authority = Authority();
    private readonly X509Certificate2 _foreign = Authority();

    public TlsRules Rules(params string[] names)
    {
        using var server = Client("dcr.example", usage: "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(Path.Combine(_folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_folder, "authority.pem"), _authority.ExportCertificatePem());
        return new TlsRules(Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"), Path.Combine(_folder, "authority.pem"), names, []);
    }

    public X509Certificate2 Client(string name, int days = 30, bool foreign = false, string usage = "1.3.6.1.5.5.7.3.2")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var until = TimeProvider.System.GetUtcNow().AddDays(days);
        using var signed = request.Create(foreign ? _foreign : _authority, until.AddDays(-60), until, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _foreign.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-1), TimeProvider.System.GetUtcNow().AddYears(1));
    }
}
