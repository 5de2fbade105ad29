namespace DorsetCareRecord.Simulator.Development;

/// <summary>What the synthetic county needs to know to speak on the wire.</summary>
public sealed record CountyPlan
{
    public required CountyNote County { get; init; }

    /// <summary>Messages a second once it is loaded; 0 for silence.</summary>
    public required double Rate { get; init; }

    /// <summary>The variables of docs/house.md: where the doors are, and the key of the GP feed.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>To be called once, when the histories have been sent and acknowledged.</summary>
    public required Action Loaded { get; init; }
}
