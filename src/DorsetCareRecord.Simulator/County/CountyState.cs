using System.Text.Json;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary>
/// What the county must remember between two starts: which county it is, whether its backload was taken, which stories are
/// under way. All else follows from the seed.
/// </summary>
internal sealed class CountyState
{
    public required int Seed { get; init; }

    public required int People { get; init; }

    /// <summary>When the county was begun; ages and histories are counted from that day.</summary>
    public required DateTimeOffset Begun { get; init; }

    public bool IsLoaded { get; set; }

    /// <summary>
    /// Stories below this may have been told. Raised in leaps and saved before any of them is told, so that after a crash no
    /// story number, and so no control id, is used for another story.
    /// </summary>
    public long StoriesReserved { get; set; }

    public List<OpenStory> Open { get; init; } = [];

    /// <summary>Consultations since the backload by person: a practice's next bundle still has them.</summary>
    public Dictionary<int, List<ToldConsultation>> Consultations { get; init; } = [];

    /// <summary>Council extracts sent since the backload.</summary>
    public long Extracts { get; set; }

    /// <exception cref="SendException">The file is damaged.</exception>
    public static CountyState? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<CountyState>(File.ReadAllBytes(file)) : null;
        }
        catch (JsonException e)
        {
            throw new SendException($"{file} is damaged: remove it, and the county goes on with new stories.", e);
        }
    }

    /// <summary>Written beside and renamed, so that a crash leaves the old or the new, never half.</summary>
    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var temporary = file + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(temporary, file, overwrite: true);
    }
}

/// <param name="Number">The story's number; what it tells follows from the seed and this.</param>
/// <param name="Person">Whom it is about.</param>
/// <param name="Began">Dorset's clock.</param>
/// <param name="Told">How many of its messages were acknowledged.</param>
internal sealed record OpenStory(long Number, int Person, DateTime Began, int Told);

internal sealed record ToldConsultation(long Story, DateTime At);
