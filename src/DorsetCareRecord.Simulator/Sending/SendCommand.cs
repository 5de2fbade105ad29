using System.Globalization;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary><c>send SOURCE FILE...</c>: sends files as that source would, and says what was answered.</summary>
/// <remarks>
/// One line for each answer (<c>AA control-id</c>, <c>202 Accepted file</c>, <c>taken extract</c>, or <c>no answer</c>), then
/// alone on the last line <c>sent N, accepted N, refused N, unanswered N</c>. The exit code is 0 only if all were accepted.
/// </remarks>
public static class SendCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>The quarantine waits a minute for an extract that does not match its manifest.</summary>
    private static readonly TimeSpan ExtractWithin = TimeSpan.FromSeconds(90);

    /// <param name="args">After <c>send</c>: the source, then files; <c>--timeout SECONDS</c> anywhere.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        return await RunAsync(args, Settings.Load, Environment.GetEnvironmentVariable, Console.Out, Console.Error, TimeProvider.System, stop.Token);
    }

    internal static async Task<int> RunAsync(
        string[] args, Func<Settings> settings, Func<string, string?> environment, TextWriter output, TextWriter errors, TimeProvider clock, CancellationToken ct)
    {
        var tally = new Tally();
        var (words, within) = Options(args);
        try
        {
            if (PretendOnly.Refusal(environment) is { } refusal)
                throw new SendException(refusal);
            if (words.Count < 2)
                throw new SendException($"Usage: send SOURCE FILE...   SOURCE is one of {Destination.Names}.");
            var to = Destination.Named(words[0]) ?? throw new SendException($"There is no source \"{words[0]}\". Sources: {Destination.Names}.");
            foreach (var file in words.Skip(1))
            {
                if (!File.Exists(file) && !(to.Route == Route.Drop && Directory.Exists(file)))
                    throw new SendException($"There is no file {file}.");
            }

            await SendAsync(settings(), to, [.. words.Skip(1)], within, clock, tally, output, ct);
        }
        catch (Exception e) when (e is SendException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(e is OperationCanceledException ? "Stopped." : e.Message);
            await output.WriteLineAsync(tally.ToString());
            return 1;
        }

        await output.WriteLineAsync(tally.ToString());
        return tally.AllAccepted ? 0 : 1;
    }

    private static Task SendAsync(
        Settings settings, Destination to, IReadOnlyList<string> files, TimeSpan? within, TimeProvider clock, Tally tally, TextWriter output, CancellationToken ct)
    {
        var where = settings[to.Variable, to.Route == Route.Drop ? Path.Combine(settings.LocalFolder, to.Otherwise) : to.Otherwise];
        return to.Route switch
        {
            Route.Mllp when to.DocumentKey is { } key => CareCentricAsync(settings, where, key, files, within ?? AnswerWithin, tally, output, ct),
            Route.Mllp => HospitalSend.RunAsync(Address.Parse(where), files, within ?? AnswerWithin, tally, output, ct),
            Route.Door => DoorSend.RunAsync(DoorOf(where), settings.Find("DCR_DOOR_KEY_GP"), files, within ?? AnswerWithin, tally, output, ct),
            Route.Drop => DropSend.RunAsync(where, to, files, within ?? ExtractWithin, clock, tally, output, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(to)),
        };
    }

    /// <summary>CareCentric speaks HL7 v2 over MLLP and sends documents as FHIR to the door: told by the file's first character.</summary>
    private static async Task CareCentricAsync(
        Settings settings, string where, string key, IReadOnlyList<string> files, TimeSpan within, Tally tally, TextWriter output, CancellationToken ct)
    {
        var bundles = files.Where(DoorSend.IsFhir).ToList();
        if (bundles.Count > 0)
            await DoorSend.RunAsync(
                DoorOf(settings["DCR_DOOR_URL", "http://127.0.0.1:8083"]), settings.Find(key), bundles, within, tally, output, ct);
        var messages = files.Except(bundles).ToList();
        if (messages.Count > 0)
            await HospitalSend.RunAsync(Address.Parse(where), messages, within, tally, output, ct);
    }

    private static Uri DoorOf(string where) => Uri.TryCreate(where, UriKind.Absolute, out var door) && door.Scheme is "http" or "https"
        ? door
        : throw new SendException($"\"{where}\" is no address of the inbound door: give http://host:port.");

    private static (List<string> Words, TimeSpan? Within) Options(string[] args)
    {
        var words = new List<string>();
        TimeSpan? within = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--timeout" && i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
            {
                within = TimeSpan.FromSeconds(seconds);
                i++;
            }
            else
            {
                words.Add(args[i]);
            }
        }

        return (words, within);
    }
}
