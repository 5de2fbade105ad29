using System.Text.Json;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// Which county the kept data hold: written when its loading begins, and again when it is loaded. A second <c>up</c> continues
/// with the same one; a loading that was cut short is begun again, which does no harm, for a message received twice counts once.
/// </summary>
/// <param name="Begun">The moment its histories lead up to, so that the same messages come out again.</param>
/// <param name="Database">Where it was loaded, without password.</param>
public sealed record CountyNote(int People, int Seed, DateTimeOffset Begun, bool Loaded, string Database)
{
    internal static CountyNote? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize<CountyNote>(File.ReadAllText(file), JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            throw new DevelopmentException($"{file} is damaged: begin afresh with --fresh, or remove it to load a county into the kept data.", fault);
        }
    }

    internal void Write(string file) => Secret.Write(file, JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
}
