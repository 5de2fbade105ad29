using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Gp;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;
using Hl7.Fhir.Utility;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.CareCentric;

/// <summary>
/// CareCentric's documents and problems as FHIR R4 (UKCore-DocumentReference, Binary, UKCore-Condition), beside its HL7 v2 messages
/// and about the same patients: a hospital number means the same here as in PID-3. What is sent: docs/feeds/carecentric.md.
/// </summary>
internal sealed class CareCentricBundles
{
    private static readonly CareCentricBundles Poole = new(SourceCodes.CareCentric);
    private static readonly CareCentricBundles Bournemouth = new(SourceCodes.CareCentricBournemouth);

    private readonly BundleProfile _profile;

    private CareCentricBundles(string source)
    {
        _profile = new BundleProfile
        {
            Source = source,
            LocalId = (patient, _) => LocalIdOf(patient),
            OriginOf = (entry, bundle, _) => OriginOf(entry, bundle),
            Takes = static resource => resource is R4.DocumentReference or R4.Condition,
            StatesContacts = false,
        };
    }

    /// <summary>Null for a source that is no CareCentric.</summary>
    public static CareCentricBundles? Of(string source) => source switch
    {
        SourceCodes.CareCentric => Poole,
        SourceCodes.CareCentricBournemouth => Bournemouth,
        _ => null,
    };

    public Reading Read(InboxMessage message) => GpAdapter.Read(message, _profile);

    /// <summary>The patient whose lane a bundle belongs to: the same as of an HL7 v2 message about them.</summary>
    public string? PatientOf(ReadOnlyMemory<byte> body, string format)
    {
        try
        {
            var (bundle, _) = BundleText.Read(body, format);
            return bundle?.Entry.Select(e => e.Resource).OfType<R4.Patient>().Select(LocalIdOf).FirstOrDefault(id => id is not null);
        }
        catch (CodedException)
        {
            return null; // A value of the wrong type: the adapter will say so; without a patient any lane will do.
        }
    }

    /// <summary>The trust's own number bare, another's with its code in front; else <c>nhs|</c> and the NHS number (as of PID-3).</summary>
    private string? LocalIdOf(R4.Patient patient)
    {
        var ids = patient.Identifier.Where(i => !GpPatients.IsNhsNumber(i) && Words.Of(i.Value) is { Length: <= 100 })
            .Select(i => (Authority: AuthorityOf(i), Number: Words.Of(i.Value)!)).ToList();
        if (ids.FindIndex(i => i.Authority is null) is >= 0 and var own)
            return ids[own].Number;
        return ids.Count > 0 ? $"{ids[0].Authority}|{ids[0].Number}"
            : GpPatients.NhsNumbersOf(patient).Select(n => $"nhs|{n}").FirstOrDefault();
    }

    /// <summary>Null for the trust's own numbers, which is also what a number without authority is.</summary>
    private string? AuthorityOf(R4.Identifier identifier)
    {
        var authority = Words.Of(identifier.Assigner?.Identifier?.Value)
            ?? GpBundle.Raw(identifier.SystemElement)?.Split('/', ':').FirstOrDefault(part => Dorset.Organisations.Any(o => part.StartsWith(o.Ods, StringComparison.OrdinalIgnoreCase)));
        return IsOwn(authority) ? null : authority?.ToUpperInvariant();
    }

    /// <summary>By the namespaces of the source's profile, which its HL7 v2 messages go by too.</summary>
    private bool IsOwn(string? authority) => authority is not null && Profiles.Of(_profile.Source).IsOwnNamespace(authority);

    /// <summary>Whose words they are, so that the record never says CareCentric wrote them.</summary>
    private string? OriginOf(GpEntry entry, GpBundle bundle)
    {
        var reference = entry.Resource is R4.DocumentReference document
            ? document.Custodian ?? document.Author.FirstOrDefault(a => bundle.Resolve<R4.Organization>(a, entry) is not null) : null;
        var organisation = bundle.Resolve<R4.Organization>(reference, entry);
        var code = (organisation?.Identifier ?? []).Append(reference?.Identifier)
            .Where(i => i is not null && GpBundle.Raw(i.SystemElement)?.TrimEnd('/') == CodeSystems.OdsOrganisation)
            .Select(i => Words.Of(i!.Value)?.ToUpperInvariant()).FirstOrDefault(v => v is not null);
        if (IsOwn(code))
            return null;
        var known = code is null ? null : Dorset.Organisations.FirstOrDefault(o => code.StartsWith(o.Ods, StringComparison.Ordinal));
        return known?.Short ?? Words.Of(organisation?.Name) ?? Words.Of(reference?.Display) ?? code;
    }
}
