using DorsetCareRecord.Access.Showing;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>How the foot of a section shows where a source stands, and what Help says of it.</summary>
/// <param name="Icon">Of the page's symbols.</param>
/// <param name="Words">Before the names; empty when they speak for themselves.</param>
/// <param name="IsBad">Something of today may be missing.</param>
/// <param name="Meaning">For people who ask.</param>
internal sealed record StandingMark(Standing Standing, string Icon, string Words, bool IsBad, string Meaning);

internal static class StandingMarks
{
    internal static IReadOnlyList<StandingMark> All { get; } =
    [
        new(Standing.Received, "i-tick", "", false, "Heard as usual; the time is when something was last received."),
        new(Standing.Late, "i-clock", "Late, nothing since:", true, "Silent for longer than is usual at this hour. What happened since may be missing."),
        new(Standing.Silent, "i-warn", "Nothing received since:", true, "Silent for so long that what it knows of today is not here. Ask there."),
        new(Standing.Paused, "i-warn", "Held back since:", true, "An operator has stopped its messages. They are kept; nothing newer is shown yet."),
        new(Standing.NotConnected, "i-off", "Not connected:", true, "It has sent nothing yet, so nothing of it is here. Ask there."),
        new(Standing.NotShared, "i-off", "Not shared by", true, "It does not give this kind of information to your organisation here."),
    ];
}
