using DorsetCareRecord.Simulator.Development;

try
{
    return args switch
    {
        ["up", .. var words] => await new Up(UpOptions.Parse(words), county: null, TimeProvider.System).RunAsync(),
        _ => Usage(),
    };
}
catch (DevelopmentException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("Simulator up [--people N] [--rate MESSAGES_PER_SECOND] [--seed N] [--no-simulator] [--fresh]");
    return 2;
}
