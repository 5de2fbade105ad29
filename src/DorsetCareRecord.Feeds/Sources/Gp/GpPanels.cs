using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>Where a test value stands: in which report, under which panel's name, and at what place.</summary>
internal sealed record GpPanel(string? ReportKey, string? Name, int? Position, GpEntry? Report);

/// <summary>
/// Which Observation belongs to which DiagnosticReport: directly by <c>result</c>, or through a group's <c>hasMember</c>
/// (UKCore-DiagnosticReport-Lab, UKCore-Observation-Group-Lab). Groups may be nested; a circle of them ends.
/// </summary>
internal sealed class GpPanels
{
    private readonly Dictionary<R4.Resource, GpPanel> _panels = new(ReferenceEqualityComparer.Instance);
    private readonly GpBundle _bundle;

    public GpPanels(GpBundle bundle)
    {
        _bundle = bundle;
        foreach (var entry in bundle.Entries.Where(e => !e.Deleted))
        {
            if (entry.Resource is R4.DiagnosticReport report)
            {
                var position = 0;
                Place(report.Result, entry, new GpPanel(GpBundle.KeyOf(entry), Concepts.TextOf(report.Code), null, entry), ref position);
            }
        }

        foreach (var entry in bundle.Entries.Where(e => !e.Deleted))
        {
            if (entry.Resource is R4.Observation { HasMember.Count: > 0 } group && !_panels.ContainsKey(group))
            {
                var position = 0;
                Place(group.HasMember, entry, new GpPanel(null, Concepts.TextOf(group.Code), null, null), ref position);
            }
        }
    }

    public GpPanel Of(R4.Observation observation) => _panels.GetValueOrDefault(observation) ?? new GpPanel(null, null, null, null);

    private void Place(IEnumerable<R4.ResourceReference> members, GpEntry from, GpPanel panel, ref int position)
    {
        foreach (var member in members.Select(r => _bundle.Resolve(r, from)).OfType<GpEntry>())
        {
            if (member.Resource is not R4.Observation observation || !_panels.TryAdd(observation, panel with { Position = position + 1 }))
                continue;
            if (observation.HasMember is { Count: > 0 } inner)
                Place(inner, member, panel with { Name = Concepts.TextOf(observation.Code) ?? panel.Name }, ref position);
            else
                position++;
        }
    }
}
