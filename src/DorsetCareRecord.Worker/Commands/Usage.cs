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
            Worker feeds [--json]               each source: state, last message, rate, waiting, parked
            Worker pause SOURCE, resume SOURCE  stop and start applying a source; it is stored and answered all the while
            Worker replay ID... | --source S | --reason R | --since T [--dry-run]
                                                try parked messages again, or say what would become of them;
                                                --accept-collapse takes an extract that has shrunk as whole
            Worker find --nhs N | --control-id ID | --from T [--until T] [--source S] [--json]
                                                messages by what they are about or when they came
            Worker reconcile DAY [--json]       the account of a day, source by source
                                                (verbs that change something, show and find take --why TEXT)
            Worker matches [--json]             the pairs of records a human must decide on
            Worker link SOURCE ID SOURCE ID --why TEXT     they are one person
            Worker unlink SOURCE ID SOURCE ID --why TEXT   they are two people
            Worker unmerge SOURCE ID SOURCE ID --why TEXT  their source merged them and was wrong
            Worker cutover [report]             how far the cutover is, or its reconciliation by day
            Worker cutover STEP [--why TEXT]    announce, crosswalk, compare [--tolerate CONCEPT=N], sign --role ROLE --name NAME, drain,
                                                backload, live, close, rollback --second NAME
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
