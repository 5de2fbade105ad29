using System.Globalization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>A resource of the bundle and where it stands.</summary>
internal sealed record GpEntry(int Index, string? FullUrl, R4.Resource Resource, bool Deleted, bool IsContained = false)
{
    public string Place => $"Bundle.entry[{Index}].resource";
}

/// <summary>A bundle with its references resolved and its remarks gathered, while it is read.</summary>
internal sealed class GpBundle
{
    private readonly Dictionary<string, GpEntry> _byReference = new(StringComparer.Ordinal);
    private readonly DateTimeOffset? _timestamp;
    private readonly DateTimeOffset _receivedAt;
    private readonly List<Fault> _remarks = [];
    private readonly HashSet<string> _unknownTypes = [];

    public GpBundle(R4.Bundle bundle, DateTimeOffset receivedAt)
    {
        _receivedAt = receivedAt;
        _timestamp = IsoDates.Instant(Raw(bundle.TimestampElement));
        var entries = Read(bundle).ToList();
        foreach (var entry in entries)
            Index(entry);
        // Ended allergies travel inside their List (GP Connect, "contained"); its ids mean nothing outside of it.
        Entries = [.. entries, .. entries.Where(e => e.Resource is R4.List).SelectMany(ContainedIn)];
    }

    public IReadOnlyList<GpEntry> Entries { get; }

    public IReadOnlyList<Fault> Remarks => _remarks;

    public void Remark(string reason, string place, string? shape = null) => _remarks.Add(new Fault(reason, place, shape));

    /// <summary>Types the record has no section for: one remark each.</summary>
    public void RemarkUnknownType(GpEntry entry)
    {
        var type = entry.Resource.TypeName;
        if (_unknownTypes.Add(type))
            Remark(Reasons.UnknownType, entry.Place, type.Length <= 40 && type.All(char.IsAsciiLetter) ? type : null);
    }

    public SourceVersion VersionOf(R4.Resource resource) =>
        new(_timestamp ?? IsoDates.Instant(Raw(resource.Meta?.LastUpdatedElement)) ?? _receivedAt);

    /// <summary>The sender's own key of the resource; null when it gave none.</summary>
    public static string? KeyOf(GpEntry entry) =>
        IdentifiersOf(entry.Resource).Select(i => Words.Of(i.Value)).FirstOrDefault(v => v is not null)
        ?? (entry.IsContained ? null : Words.Of(entry.Resource.Id) ?? Words.Of(entry.FullUrl));

    /// <summary>In the bundle or contained in the resource that refers; null when it is elsewhere.</summary>
    public GpEntry? Resolve(R4.ResourceReference? reference, GpEntry from)
    {
        if (reference?.Reference is not { Length: > 0 } url)
            return null;
        if (url[0] == '#')
            return _byReference.GetValueOrDefault($"{from.Index}{url}");
        var unversioned = url.Split("/_history/")[0];
        return _byReference.GetValueOrDefault(unversioned) ?? _byReference.GetValueOrDefault(LastTwo(unversioned));
    }

    public T? Resolve<T>(R4.ResourceReference? reference, GpEntry from)
        where T : R4.Resource => Resolve(reference, from)?.Resource as T;

    /// <summary>The key of what a reference points to, in the bundle or elsewhere.</summary>
    public string? KeyOf(R4.ResourceReference? reference, GpEntry from) =>
        Resolve(reference, from) is { } there ? KeyOf(there)
        : reference?.Reference is { Length: > 0 } url ? Words.Of(url.Split('/')[^1])
        : Words.Of(reference?.Identifier?.Value);

    /// <summary>A date as precise as sent; one that is none is left out with a remark.</summary>
    public ClinicalDate? Date(R4.PrimitiveType? element, GpEntry from, string property)
    {
        if (IsoDates.TryRead(Raw(element), out var date))
            return date;
        Remark(Reasons.InvalidDate, $"{from.Place}.{property}", $"{Raw(element)!.Length} characters");
        return null;
    }

    /// <summary>A primitive's text, also when it is not of its type, so that a code nobody knows does not throw.</summary>
    public static string? Raw(R4.PrimitiveType? element) =>
        element?.JsonValue is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Null when the source did not say, or said neither.</summary>
    public static bool? Flag(R4.PrimitiveType? element) => bool.TryParse(Raw(element), out var yes) ? yes : null;

    private static List<R4.Identifier> IdentifiersOf(R4.Resource resource) => resource switch
    {
        R4.Composition or R4.Bundle => [],
        R4.IIdentifiable<List<R4.Identifier>> many => many.Identifier ?? [],
        _ => [],
    };

    private IEnumerable<GpEntry> Read(R4.Bundle bundle)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entry = bundle.Entry[i];
            var deleted = Raw(entry.Request?.MethodElement) == "DELETE";
            if (entry.Resource is { } resource)
                yield return new GpEntry(i, entry.FullUrl, resource, deleted);
            else if (deleted && DeletedResource(entry.Request!.Url) is { } gone)
                yield return new GpEntry(i, entry.FullUrl, gone, Deleted: true);
            else
                Remark(Reasons.Incomplete, $"Bundle.entry[{i}]", "no resource");
        }
    }

    /// <summary>An empty resource in the place of one that the sender deleted by its URL, <c>Type/id</c>.</summary>
    private static R4.Resource? DeletedResource(string? url)
    {
        if (url?.Split('/') is not [var type, { Length: > 0 } id])
            return null;
        R4.Resource? resource = type switch
        {
            "AllergyIntolerance" => new R4.AllergyIntolerance(),
            "Condition" => new R4.Condition(),
            "MedicationStatement" => new R4.MedicationStatement(),
            "MedicationRequest" => new R4.MedicationRequest(),
            "Observation" => new R4.Observation(),
            "DiagnosticReport" => new R4.DiagnosticReport(),
            "Encounter" => new R4.Encounter(),
            "DocumentReference" => new R4.DocumentReference(),
            "RelatedPerson" => new R4.RelatedPerson(),
            "Flag" => new R4.Flag(),
            "Immunization" => new R4.Immunization(),
            "ServiceRequest" => new R4.ServiceRequest(),
            _ => null,
        };
        if (resource is not null)
            resource.Id = id;
        return resource;
    }

    private void Index(GpEntry entry)
    {
        if (entry.FullUrl is { Length: > 0 } url)
            _byReference.TryAdd(url, entry);
        if (entry.Resource.Id is { Length: > 0 } id)
        {
            _byReference.TryAdd($"{entry.Resource.TypeName}/{id}", entry);
            _byReference.TryAdd($"urn:uuid:{id}", entry);
        }

        foreach (var contained in ContainedIn(entry))
            _byReference.TryAdd($"{entry.Index}#{contained.Resource.Id!.TrimStart('#')}", contained);
    }

    private static IEnumerable<GpEntry> ContainedIn(GpEntry entry) => entry.Resource is R4.DomainResource { Contained.Count: > 0 } holder
        ? holder.Contained.Where(c => c?.Id is { Length: > 0 })
            .Select(c => entry with { FullUrl = null, Resource = c!, IsContained = true })
        : [];

    private static string LastTwo(string url) => url.Split('/') is [.., var type, var id] ? $"{type}/{id}" : url;
}
