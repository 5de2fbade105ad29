using DorsetCareRecord.Portal.Hosting;

namespace DorsetCareRecord.Portal.SignIn.Providers;

/// <summary>
/// One identity provider. The first is set by <c>DCR_OIDC_*</c>, further ones by <c>DCR_OIDC_2_*</c>, <c>DCR_OIDC_3_*</c> and so on:
/// a hospital signs in by NHS CIS2 and a council by Entra ID into the same portal. Each has a way back of its own, so that an
/// answer of one can never be taken for another's (mix-up, RFC 9700, 4.4.2.2).
/// </summary>
internal sealed record ProviderSettings
{
    /// <summary>Strengths that NHS CIS2 names from two factors up.</summary>
    internal const string Cis2Strengths =
        "AAL3_ANY AAL2_OR_AAL3_ANY AAL2_ANY AAL3_IOS AAL3_FIDO2 AAL3_N3_SMARTCARD AAL3_CIS2_SMARTCARD AAL3_SMARTCARD AAL2_TOTP AAL2_NHSMAIL";

    /// <summary>Its place in the settings, from 1.</summary>
    internal required int Number { get; init; }

    /// <summary>As people know it; on the page where one is chosen.</summary>
    internal required string Name { get; init; }

    internal required Dialect Dialect { get; init; }
    internal required Uri Authority { get; init; }
    internal required string ClientId { get; init; }

    /// <summary>Null for a public client, which PKCE alone protects, and for one that signs its requests.</summary>
    internal string? ClientSecret { get; init; }

    /// <summary>The key with which the portal signs its own assertion (private_key_jwt, OpenID Connect Core 9); null for none.</summary>
    internal ClientKey? Key { get; init; }

    /// <summary>Values of the strength claim that are enough; a token that names none of them is refused.</summary>
    internal required IReadOnlySet<string> Strengths { get; init; }

    /// <summary>The name of its scheme and the end of its way back: <c>/signin-oidc</c>, <c>/signin-oidc-2</c>.</summary>
    internal string Scheme => Number == 1 ? "provider" : $"provider-{Number}";

    internal string WayBack => Number == 1 ? "/signin-oidc" : $"/signin-oidc-{Number}";

    internal string SignedOut => Number == 1 ? "/signout-callback-oidc" : $"/signout-callback-oidc-{Number}";

    /// <summary>Where it posts its logout tokens (OpenID Connect Back-Channel Logout 1.0).</summary>
    internal string BackChannel => Number == 1 ? "/signout-backchannel" : $"/signout-backchannel-{Number}";

    /// <summary>All that the environment names, in order; a gap in the numbers ends the list.</summary>
    internal static IReadOnlyList<ProviderSettings> FromEnvironment()
    {
        var providers = new List<ProviderSettings> { Read(1) };
        while (Settings.Read($"DCR_OIDC_{providers.Count + 1}_AUTHORITY") is not null)
            providers.Add(Read(providers.Count + 1));
        if (providers.Select(provider => provider.Authority).Distinct().Count() < providers.Count)
            throw new SettingsException("Two identity providers have the same DCR_OIDC_*_AUTHORITY.");
        return providers;
    }

    private static ProviderSettings Read(int number)
    {
        var prefix = number == 1 ? "DCR_OIDC" : $"DCR_OIDC_{number}";
        var dialect = Dialect.Find(Settings.Read($"{prefix}_KIND") ?? "standard")
            ?? throw new SettingsException($"{prefix}_KIND is one of {string.Join(", ", Dialect.Names)}.");
        var otherwise = number == 1 ? Settings.Read("DCR_SIGNIN_URL") ?? "http://127.0.0.1:8082" : "";
        var authority = Settings.Address($"{prefix}_AUTHORITY", otherwise);
        if (authority.Scheme != Uri.UriSchemeHttps && !Settings.IsThisMachine(authority))
            throw new SettingsException($"{prefix}_AUTHORITY must be https: only a provider on this machine may do without.");
        return new ProviderSettings
        {
            Number = number,
            Name = Settings.Read($"{prefix}_NAME") ?? authority.Host,
            Dialect = dialect,
            Authority = authority,
            ClientId = Settings.Read($"{prefix}_CLIENT_ID") ?? "dcr-portal",
            ClientSecret = Settings.Read($"{prefix}_CLIENT_SECRET"),
            Key = Settings.Read($"{prefix}_CLIENT_KEY") is { } file ? ClientKey.Load($"{prefix}_CLIENT_KEY", file) : null,
            Strengths = (Settings.Read($"{prefix}_ACR") ?? dialect.DefaultStrengths ?? Cis2Strengths)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
        };
    }
}
