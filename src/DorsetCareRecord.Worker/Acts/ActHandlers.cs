using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Worker.Hosting;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Everything that can be asked for. To add an act: write its handler beside these and name it here; pages ask by its kind.</summary>
internal static class ActHandlers
{
    internal static IReadOnlyList<IActHandler> All(TimeProvider time) =>
    [
        new ReplayMessages(new Projector(), new ExtractGuard(Settings.Collapse)),
        new PauseSource(time),
        new ResumeSource(time),
        new SetAsideMessages(time),
        new EditMessage(time),
        new RuleOnMatch(time),
        new RuleOnUnmappedCode(time),
        new NoteLook(),
        new TakeCutoverStep(() => RecordSchema.WithSearchPath(Settings.WorkerDatabase), () => Settings.Cutover, time),
    ];
}
