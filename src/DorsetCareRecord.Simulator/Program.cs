using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Sending;

try
{
    return args switch
    {
        ["up", .. var words] => await new Up(UpOptions.Parse(words), CountyOfUp.SpeakAsync, TimeProvider.System).RunAsync(),
        ["send", .. var words] => await SendCommand.RunAsync(words),
        ["county", "cutover", .. var words] => await DorsetCareRecord.Simulator.County.Cutover.CutoverFilesCommand.RunAsync(words),
        ["county", .. var words] => await CountyCommand.RunAsync(words),
        _ => Usage(),
    };
}
catch (DevelopmentException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    Console.Error.WriteLine("Simulator county cutover [--people N] [--seed N] [--forget-allergies N] [--unmapped N]");
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("Simulator up [--people N] [--rate MESSAGES_PER_SECOND] [--seed N] [--no-simulator] [--fresh]");
    Console.Error.WriteLine("Simulator send SOURCE FILE...");
    Console.Error.WriteLine("Simulator county [--people N] [--rate MESSAGES_PER_SECOND] [--seed N]");
    return 2;
}
