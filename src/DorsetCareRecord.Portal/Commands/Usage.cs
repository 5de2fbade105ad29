namespace DorsetCareRecord.Portal.Commands;

internal static class Usage
{
    internal static int Say()
    {
        Console.Error.WriteLine("""
            Portal                          serve the pages
            Portal migrate                  bring schema access up to date (DCR_DATABASE), after the worker's migrate
            Portal audit verify [--json]    proof that no audit row was touched (DCR_DATABASE, DCR_AUDIT_ANCHORS)
            Portal audit screen USER TIME   what was on a user's screen at a moment, as JSON (DCR_DATABASE)
            Portal privacy staff ORG FILE   an organisation's staff, for alerts about own records, families and colleagues (DCR_DATABASE)
            Portal directory import FILE    add organisations and users from a JSON file (DCR_DATABASE)
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
