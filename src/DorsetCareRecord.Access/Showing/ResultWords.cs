using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for the state of a result; a status the source did not give is named, never taken for final (R22).</summary>
public static class ResultWords
{
    /// <summary>Null when it is simply final.</summary>
    public static string? State(ResultStatus status) => status switch
    {
        ResultStatus.Registered or ResultStatus.Preliminary or ResultStatus.Partial => "Preliminary",
        ResultStatus.Corrected => "Corrected",
        ResultStatus.Amended => "Amended",
        ResultStatus.Cancelled => "Cancelled",
        ResultStatus.NotStated => "Status not stated",
        ResultStatus.EnteredInError => "Entered in error",
        ResultStatus.Final => null,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>The state as one letter, for a grid that explains its letters.</summary>
    public static string Letter(ResultStatus status) => status switch
    {
        ResultStatus.Corrected or ResultStatus.Amended => "A",
        ResultStatus.Registered or ResultStatus.Preliminary or ResultStatus.Partial => "P",
        ResultStatus.Final => "",
        _ => "?",
    };
}
