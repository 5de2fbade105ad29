using System.Globalization;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Injecting;
using DorsetCareRecord.Simulator.Sending;

// ./dcr faults [--messages N] [--seed N] [--only Fnn,Fnn] [--small]
const string Usage = "faults [--messages N] [--seed N] [--only Fnn,Fnn] [--small]";
var messages = 200_000;
var seed = Random.Shared.Next(1, 1_000_000);
string[]? only = null;
var isSmall = false;
for (var i = 0; i < args.Length; i++)
{
    var value = i + 1 < args.Length ? args[i + 1] : null;
    if (args[i] == "--small")
        isSmall = true;
    else if (args[i] == "--messages" && int.TryParse(value, CultureInfo.InvariantCulture, out messages) && messages >= 100)
        i++;
    else if (args[i] == "--seed" && int.TryParse(value, CultureInfo.InvariantCulture, out seed))
        i++;
    else if (args[i] == "--only" && value is not null && Array.TrueForAll(value.Split(','), v => Fault.All().Any(f => Is(f, v))))
        only = args[++i].Split(',');
    else
        return Fail($"{Usage}; faults are {string.Join(' ', Fault.All().Select(f => f.Code))}");
}

if (PretendOnly.Refusal(Environment.GetEnvironmentVariable) is { } refusal)
    return Fail(refusal);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
Console.WriteLine($"seed {seed} (the same messages and moments again: --seed {seed})");
var failed = 0;
await using (var server = await Server.StartAsync(stop.Token))
{
    foreach (var fault in Fault.All().Where(f => only is null || Array.Exists(only, code => Is(f, code))))
    {
        Console.WriteLine($"{fault.Code} {fault.Name}");
        var scale = isSmall ? Scale.Small : Scale.Large(fault is Everything || only is not null ? messages : Math.Max(100, messages / 20));
        Verdict verdict;
        try
        {
            verdict = await Trial.RunAsync(server, fault, scale, seed, line => Console.WriteLine($"    {line}"), stop.Token);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            failed++;
            Console.WriteLine($"  FAILED: the trial did not end: {e}");
            continue;
        }

        failed += verdict.Findings.Count > 0 ? 1 : 0;
        foreach (var finding in verdict.Findings)
            Console.WriteLine($"    {finding}");
        Console.WriteLine(FormattableString.Invariant(
            $"  {(verdict.Findings.Count == 0 ? "held" : "FAILED")}: {verdict.Told} messages, {verdict.Sends} sendings, {verdict.Acknowledged} acknowledged, {verdict.People} people, {verdict.Took.TotalSeconds:n1} s"));
    }
}

Console.WriteLine(failed == 0 ? "every check held" : $"{failed} faults broke a check (seed {seed})");
return failed == 0 ? 0 : 1;

static bool Is(Fault fault, string code) => fault.Code.Equals(code, StringComparison.OrdinalIgnoreCase);

static int Fail(string words)
{
    Console.Error.WriteLine(words);
    return 2;
}
