using System.Globalization;
using System.Runtime.InteropServices;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary><c>county</c>: the synthetic county alone, against doors that already run; stops on Ctrl-C and SIGTERM.</summary>
public static class CountyCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var options = Read(args, CountyOptions.From(Settings.Load()));
            await CountyRunner.RunAsync(options, new ProgressBar(Console.Out, !Console.IsOutputRedirected), stop.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (SendException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <exception cref="SendException">An option is unknown or has no number.</exception>
    internal static CountyOptions Read(string[] args, CountyOptions options)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            options = args[i] switch
            {
                "--people" => options with { People = Number(args[i], value, 1, 900_000) },
                "--seed" => options with { Seed = Number(args[i], value, 0, int.MaxValue) },
                "--rate" when double.TryParse(value, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 10_000 => options with { Rate = rate },
                _ => throw new SendException($"county does not understand {args[i]} {value}.".TrimEnd()),
            };
        }

        return options;
    }

    private static int Number(string option, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SendException($"{option} needs a number from {least} to {most}.");
}
