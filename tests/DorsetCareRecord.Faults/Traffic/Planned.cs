using System.Security.Cryptography;
using DorsetCareRecord.Simulator.Dialects;

namespace DorsetCareRecord.Faults.Traffic;

/// <summary>A message that will be sent, perhaps more than once.</summary>
/// <param name="Source">The feed's code, which decides the port.</param>
/// <param name="Body">As it goes over the wire, without framing.</param>
/// <param name="Control">MSH-10; empty when there is none.</param>
internal sealed record Planned(string Source, string Control, byte[] Body)
{
    /// <summary>In hexadecimal.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Body));

    public static Planned Of(WireMessage message) => new(message.Source, message.ControlId, message.Body);
}
