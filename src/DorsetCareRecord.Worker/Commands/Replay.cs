using System.Globalization;
using DorsetCareRecord.Feeds.Desk.Acts;
using Asked = DorsetCareRecord.Feeds.Desk.Acts.Replay;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Puts parked messages back in their lanes, where a running worker takes them up; with --dry-run it says what would become of them.</summary>
internal static class Replay
{
    internal static Task<int> RunAsync(string[] arguments)
    {
        var words = Words.Of(arguments);
        var ids = new List<long>();
        foreach (var text in words.Plain)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return Task.FromResult(Usage.Fail("A message id is a number, as ./dcr parked lists them."));
            ids.Add(id);
        }

        DateTimeOffset since = default;
        if (words["since"] is { } typed && !Times.TryRead(typed, out since))
            return Task.FromResult(Usage.Fail(Times.Advice(typed)));
        if (words.Unknown is not null || (ids.Count == 0 && words.Options.Count == 0))
            return Task.FromResult(Usage.Say());

        var args = new Asked.Args
        {
            Ids = ids.Count > 0 ? ids : null,
            Source = words["source"],
            Reason = words["reason"],
            Since = words["since"] is null ? null : since,
            DryRun = words.Has("dry-run"),
            AcceptCollapse = words.Has("accept-collapse"),
        };
        return Asking.RunAsync(Asked.Kind, ids is [var one] ? $"message {one}" : "parked messages", args, words["why"], act => Print(args, act));
    }

    private static int Print(Asked.Args args, AskedAct act)
    {
        if (act.AnswerAs<Asked.Answer>() is not { } answer)
            return Usage.Fail("The answer could not be read.");
        foreach (var trial in answer.Trials)
        {
            Console.WriteLine($"{trial.Id,10}  {trial.Outcome,-10} {trial.Reason} {trial.Place}".TrimEnd()
                + (trial.Outcome == "applied" ? $"  {trial.New} new, {trial.Changed} changed, {trial.Withdrawn} withdrawn, {trial.Same} as known" : ""));
        }

        Console.WriteLine(args switch
        {
            { DryRun: true } => $"{answer.Messages} messages, {answer.Trials.Count} tried: {answer.WouldApply} would be applied with {answer.Changes} changes; nothing was changed",
            { Ids: [var one] } => $"message {one} waits in its lane again",
            _ => $"{answer.Messages} messages wait in their lanes again",
        });
        return 0;
    }
}
