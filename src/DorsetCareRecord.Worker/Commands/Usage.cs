namespace DorsetCareRecord.Worker.Commands;

internal static class Usage
{
    internal static int Say()
    {
        Console.Error.WriteLine("""
            Worker                              receive messages and keep the record up to date
            Worker migrate                      bring schemas inbox and record up to date (DCR_DATABASE)
            Worker inbox [--json]               counts of messages by source and state
            Worker parked [--json]              the messages that could not be understood, and why
            Worker replay ID                    try a parked message again
            Worker show NHSNUMBER [--as-at TIME]  a projected record as JSON, now or as it was known then
            Worker verify [--json]              replay the inbox into a shadow record and compare
            Worker rebuild                      lay the inbox over the record again
            """);
        return 2;
    }

    /// <summary>One sentence on standard error; the exit code of a command that could not.</summary>
    internal static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
