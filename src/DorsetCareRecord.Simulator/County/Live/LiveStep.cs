using DorsetCareRecord.Simulator.Dialects;

namespace DorsetCareRecord.Simulator.County.Live;

/// <summary>One message of a story: a hospital's, or a practice's bundle.</summary>
/// <param name="Due">When it happens, and so when it is sent.</param>
internal sealed record LiveStep(DateTime Due, WireMessage? Hospital, byte[]? Bundle)
{
    /// <summary>The line it goes by: messages of one line keep their order.</summary>
    public string Line => Hospital?.Source ?? "gp";
}

/// <summary>A story being told: which steps there are, and how many were acknowledged.</summary>
internal sealed class Story(long number, int person, DateTime began, IReadOnlyList<LiveStep> steps, int told)
{
    public long Number { get; } = number;

    public int Person { get; } = person;

    public DateTime Began { get; } = began;

    public IReadOnlyList<LiveStep> Steps { get; } = steps;

    /// <summary>Handed to a line.</summary>
    public int Begun { get; private set; } = told;

    public int Told { get; private set; } = told;

    public DateTime? NextDue => Begun < Steps.Count ? Steps[Begun].Due : null;

    public bool IsOver => Told >= Steps.Count;

    public LiveStep Take() => Steps[Begun++];

    public void Acknowledge() => Told++;

    public OpenStory Remembered() => new(Number, Person, Began, Told);
}
