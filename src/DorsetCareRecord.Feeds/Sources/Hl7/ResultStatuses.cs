using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// HL7 tables 0085 (OBX-11) and 0123 (OBR-25) as one list (R22). A blank is never taken for final.
/// </summary>
internal static class ResultStatuses
{
    /// <summary>Null for N, not asked for: there is nothing to state.</summary>
    public static ResultStatus? OfResult(string? obx11, ResultStatus ofReport) => obx11?.ToUpperInvariant() switch
    {
        "F" or "U" or "B" or "V" => ResultStatus.Final,
        "C" => ResultStatus.Corrected,
        "A" => ResultStatus.Amended,
        "P" or "R" or "S" => ResultStatus.Preliminary,
        "I" or "O" => ResultStatus.Registered,
        "X" => ResultStatus.Cancelled,
        "W" or "D" => ResultStatus.EnteredInError,
        "N" => null,
        null => ofReport,
        _ => ResultStatus.NotStated,
    };

    public static ResultStatus OfReport(string? obr25) => obr25?.ToUpperInvariant() switch
    {
        "F" => ResultStatus.Final,
        "C" => ResultStatus.Corrected,
        "P" => ResultStatus.Preliminary,
        "R" or "A" => ResultStatus.Partial,
        "O" or "I" or "S" => ResultStatus.Registered,
        "X" => ResultStatus.Cancelled,
        _ => ResultStatus.NotStated,
    };

    /// <summary>A report whose OBR says nothing is as far as the least finished of its results.</summary>
    public static ResultStatus Together(ResultStatus ofReport, IEnumerable<ResultStatus> ofResults)
    {
        if (ofReport != ResultStatus.NotStated)
            return ofReport;
        var known = ofResults.Where(s => s != ResultStatus.EnteredInError).Distinct().ToList();
        return known.Count switch
        {
            0 => ResultStatus.NotStated,
            1 => known[0],
            _ when known.Contains(ResultStatus.NotStated) => ResultStatus.NotStated,
            _ when known.Contains(ResultStatus.Preliminary) || known.Contains(ResultStatus.Registered) => ResultStatus.Partial,
            _ when known.Contains(ResultStatus.Corrected) => ResultStatus.Corrected,
            _ when known.Contains(ResultStatus.Amended) => ResultStatus.Amended,
            _ => ResultStatus.Final,
        };
    }

    /// <summary>OBR-25 C or F: the results sent are all there are (R21).</summary>
    public static bool IsComplete(string? obr25) => obr25?.ToUpperInvariant() is "F" or "C";
}
