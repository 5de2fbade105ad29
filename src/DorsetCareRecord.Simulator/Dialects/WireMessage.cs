namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>A message as it will go over the wire.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="At">The source's own time of it, Dorset's clock.</param>
/// <param name="ControlId">MSH-10.</param>
internal sealed record WireMessage(string Source, DateTime At, string ControlId, byte[] Body);

/// <summary>Control ids of one sending system: never the same twice, the same again when the same story is told again.</summary>
/// <param name="first">The first number; the teller of a story has a block of its own.</param>
internal sealed class ControlIds(long first)
{
    private long _next = first;

    public long Next() => _next++;
}
