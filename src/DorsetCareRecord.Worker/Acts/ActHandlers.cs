using DorsetCareRecord.Feeds.Desk.Acts;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Everything that can be asked for. To add an act: write its handler beside these and name it here; pages ask by its kind.</summary>
internal static class ActHandlers
{
    internal static IReadOnlyList<IActHandler> All() =>
    [
        new ReplayMessages(),
    ];
}
