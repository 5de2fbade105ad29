using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Where an alert stands: new → asked → appropriate or inappropriate; a decided one may be asked about again.</summary>
public enum AlertState
{
    New = 0,

    /// <summary>The user, or their manager, was asked.</summary>
    Asked = 1,
    Appropriate = 2,

    /// <summary>Goes to the organisation's conduct process.</summary>
    Inappropriate = 3,
}

/// <summary>One step of the work on an alert: who, when and why.</summary>
public sealed record AlertStep(int Number, AlertState State, string Words, string By, string Organisation, DateTimeOffset At);

/// <summary>Something a privacy officer must look at.</summary>
/// <param name="Number">Of its reference.</param>
/// <param name="SeenAt">When what it is about was done.</param>
/// <param name="Reason">The reason given, or what was noticed in figures.</param>
/// <param name="Who">Null when it is about several users.</param>
/// <param name="IsMine">This officer decides it: their organisation's user, and not themselves; or another organisation's officer.</param>
public sealed record Alert(
    Guid Id, long Number, WatchRule Rule, DateTimeOffset RaisedAt, DateTimeOffset SeenAt, string Organisation, string Reason, Guid? Account, string? Who,
    Role? Role, Guid? Person, bool IsMine, IReadOnlyList<AlertStep> Steps)
{
    /// <summary>Tells nobody whom it is about, so it may stand in a message.</summary>
    public string Reference => $"A-{Number}";

    public AlertState State => Steps.Count == 0 ? AlertState.New : Steps[^1].State;

    public bool IsOpen => State is AlertState.New or AlertState.Asked;

    /// <summary>Number of the last step; whoever takes the next says which they saw last.</summary>
    public int Last => Steps.Count == 0 ? 0 : Steps[^1].Number;
}

/// <summary>An alert opened, with whom it is about and what was done around it.</summary>
public sealed record OpenedAlert(Alert Alert, HistoryPerson? Person, IReadOnlyList<HistoryLine> Lines, int Before);

/// <summary>The words of the closed lists, as stored and as read.</summary>
public static class AlertWords
{
    public const int Longest = 2000;

    public static string Of(AlertState state) => state switch
    {
        AlertState.New => "New",
        AlertState.Asked => "Asked",
        AlertState.Appropriate => "Appropriate",
        AlertState.Inappropriate => "Inappropriate",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal static string Stored(AlertState state) => Of(state).ToLowerInvariant();

    internal static AlertState State(string stored) => Enum.GetValues<AlertState>().First(state => Stored(state) == stored);

    /// <summary>The reason as given, when it is one of those offered; else what was noticed.</summary>
    internal static string Noticed(string stored) =>
        stored == "search-misses" ? "Too many searches found nobody; searching was stopped for the hour" : HistoryWords.Reason(stored);
}
