using System.Globalization;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Projection.Cutover;
using Npgsql;
using Asked = DorsetCareRecord.Feeds.Desk.Acts.Cutover;

namespace DorsetCareRecord.Worker.Commands;

/// <summary><c>cutover</c>: how far it is, its steps, and day by day what came of both sources.</summary>
internal static class CutoverCommand
{
    private static readonly CutoverPlan Plan = CutoverPlan.Bournemouth;

    internal static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => Operation.RunAsync(ShowAsync),
        ["report"] => Operation.RunAsync(ReportAsync),
        ["compare", .. var rest] when Options(rest) is { } options => StepAsync(CutoverStepName.Compare, options),
        [var name, .. var rest] when Named(name) is { } step && Options(rest) is { } options => StepAsync(step, options),
        _ => Task.FromResult(Usage.Say()),
    };

    private static CutoverStepName? Named(string name) => name switch
    {
        "announce" => CutoverStepName.Announce,
        "crosswalk" => CutoverStepName.Crosswalk,
        "sign" => CutoverStepName.Sign,
        "drain" => CutoverStepName.Drain,
        "backload" => CutoverStepName.Backload,
        "live" => CutoverStepName.Live,
        "close" => CutoverStepName.Close,
        "rollback" => CutoverStepName.RollBack,
        _ => null,
    };

    private static Task<int> StepAsync(CutoverStepName step, Given given) => Asking.RunAsync(
        Asked.Kind, Plan.Id, new Asked.Args(Plan.Id, step, given.Role, given.Name, given.Tolerances), given.Why, act =>
        {
            Console.WriteLine(act.AnswerAs<Asked.Answer>()!.Sentence);
            return 0;
        });

    private static async Task<int> ShowAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var state = await CutoverReader.ReadAsync(connection, Plan);
        if (!state.IsAnnounced)
        {
            Console.WriteLine($"{Plan.Title}: not announced");
            return 0;
        }

        Console.WriteLine($"{Plan.Title}: {(state.NewSpeaks ? Plan.NewSource : Plan.OldSource)} speaks{(state.IsClosed ? ", closed" : "")}");
        foreach (var step in state.Steps)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.N,3}  {step.At:yyyy-MM-dd HH:mm:ss}Z  {step.Step,-11}  {step.By}: {step.Why}"));
        foreach (var count in state.Latest?.Counts ?? [])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"     {count.Concept,-20} {count.Old,8} {count.New,8}  paired {count.Paired,8}  only old {count.OnlyOld,6}  only new {count.OnlyNew,6}  {count.State}"));
        }

        foreach (var signed in state.Signed)
            Console.WriteLine($"     signed: {CutoverState.Signatories[signed.Role]}, {signed.Name}");
        return 0;
    }

    private static async Task<int> ReportAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        Console.WriteLine($"{"day",-10}  {"source",-16} {"received",9} {"load",9} {"applied",9} {"duplicate",9} {"parked",9} {"waiting",9}");
        foreach (var day in await CutoverReport.DaysAsync(connection, Plan))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{day.Day:yyyy-MM-dd}  {day.Source,-16} {day.Received,9} {day.Loaded,9} {day.Applied,9} {day.Duplicate,9} {day.Parked,9} {day.Waiting,9}"));
        }

        foreach (var (why, count) in await CutoverReport.CoversAsync(connection, Plan))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{why,-10}  {count,9} entries of {Plan.OldSource}"));
        return 0;
    }

    private static Given? Options(string[] words)
    {
        if (words.Length % 2 != 0)
            return null;
        var given = new Given();
        for (var i = 0; i < words.Length; i += 2)
        {
            var value = words[i + 1];
            switch (words[i])
            {
                case "--why":
                    given = given with { Why = value };
                    break;
                case "--role":
                    given = given with { Role = value };
                    break;
                case "--name" or "--second":
                    given = given with { Name = value };
                    break;
                case "--tolerate" when value.Split('=') is [var concept, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most):
                    given.Tolerances[concept] = most;
                    break;
                default:
                    return null;
            }
        }

        return given;
    }

    private sealed record Given(string? Why = null, string? Role = null, string? Name = null)
    {
        public Dictionary<string, int> Tolerances { get; } = [];
    }
}
