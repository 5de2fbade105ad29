namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// Why the development host cannot go on, in one sentence a newcomer can act on. It is printed as it stands, without a stack
/// trace, and the process ends with a non-zero code.
/// </summary>
public sealed class DevelopmentException : Exception
{
    public DevelopmentException(string sentence)
        : base(sentence)
    {
    }

    public DevelopmentException(string sentence, Exception cause)
        : base(sentence, cause)
    {
    }
}
