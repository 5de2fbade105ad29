using System.Globalization;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Laboratory;

/// <summary>A panel that was run for somebody.</summary>
/// <param name="Key">Stable within the person; the laboratory number is made from it.</param>
/// <param name="Trust">ODS code of the trust whose laboratory did it.</param>
internal sealed record LabReport(
    string Key, string Trust, DateTime Collected, DateTime Reported, Panel Panel, IReadOnlyList<LabValue> Values, Clinician Requester,
    string? Location, string? Comment)
{
    /// <summary>OBR-25 and OBX-11: P preliminary, F final, C corrected.</summary>
    public char Status { get; init; } = 'F';
}

/// <summary>One number with everything a laboratory prints beside it.</summary>
/// <param name="Text">With a comparator where the analyser gives one.</param>
/// <param name="Flag">H, L, HH, LL (HL7 table 0078), or null.</param>
internal sealed record LabValue(Analyte Analyte, double Number, string Text, string? Range, string? Flag)
{
    public static LabValue Of(Analyte analyte, double number, Sex sex)
    {
        var shown = Math.Round(Math.Max(0, number), analyte.Decimals, MidpointRounding.AwayFromZero);
        var text = shown switch
        {
            _ when analyte.ReportedUpTo is { } most && shown > most => $">{Digits(most, 0)}",
            _ when analyte.ReportedFrom is { } least && shown < least => $"<{Digits(least, 0)}",
            _ => Digits(shown, analyte.Decimals),
        };
        var (low, high) = (analyte.LowFor(sex), analyte.HighFor(sex));
        var flag = shown switch
        {
            _ when shown > analyte.AlarmAbove => "HH",
            _ when shown < analyte.AlarmBelow => "LL",
            _ when shown > high => "H",
            _ when shown < low => "L",
            _ => null,
        };
        return new LabValue(analyte, shown, text, RangeOf(low, high, analyte.Decimals), flag);
    }

    private static string? RangeOf(double? low, double? high, int decimals) => (low, high) switch
    {
        ({ } from, { } to) => $"{Digits(from, decimals)} - {Digits(to, decimals)}",
        (null, { } to) => $"<{Digits(to, decimals)}",
        ({ } from, null) => $">{Digits(from, decimals)}",
        _ => null,
    };

    private static string Digits(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
