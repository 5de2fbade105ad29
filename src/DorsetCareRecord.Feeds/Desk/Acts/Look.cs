namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>
/// Somebody at the command line looks a person up. Nothing is done but the note itself, which is committed before anything is printed:
/// the portal's looks stand in its own audit, and this list is the command line's.
/// </summary>
public static class Look
{
    public const string Kind = "look";

    /// <param name="Command">The command's name.</param>
    /// <param name="Words">The NHS number or control id asked for, and the past moment if one was named; read back by nobody but the worker.</param>
    public sealed record Args(string Command, string Words);

    public sealed record Answer(string Command);
}
