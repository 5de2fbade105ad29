using System.Globalization;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Observation: one result for its value and one for each component (both blood pressures, for example).</summary>
internal static class GpResult
{
    /// <summary>Each with what is added to the observation's own key.</summary>
    public static IEnumerable<(string Suffix, Result Result)> Read(R4.Observation observation, GpEntry entry, GpBundle bundle, GpPanels panels)
    {
        var common = Common(observation, entry, bundle, panels.Of(observation));
        var isGroup = observation.HasMember.Count > 0 || observation.Component.Count > 0;
        if (!isGroup || observation.Value is not null || observation.DataAbsentReason is not null)
        {
            yield return ("", With(common, observation.Value, observation.DataAbsentReason, observation.ReferenceRange, observation.Interpretation)
                with
            { Notes = Notes(observation) });
        }

        foreach (var (component, i) in observation.Component.Select((c, i) => (c, i)))
        {
            var code = Concepts.CodingOf(component.Code);
            yield return ($"#{code?.Code ?? (i + 1).ToString(CultureInfo.InvariantCulture)}",
                With(common, component.Value, component.DataAbsentReason, component.ReferenceRange, component.Interpretation) with
                {
                    Test = Concepts.TextOf(component.Code) ?? common.Test,
                    Coding = code,
                    Panel = common.Test,
                    Notes = i == 0 ? Notes(observation) : null,
                });
        }
    }

    public static ResultStatus StatusOf(string? code) => code switch
    {
        "registered" => ResultStatus.Registered,
        "preliminary" => ResultStatus.Preliminary,
        "partial" => ResultStatus.Partial,
        "final" => ResultStatus.Final,
        "corrected" => ResultStatus.Corrected,
        "amended" or "appended" => ResultStatus.Amended,
        "cancelled" => ResultStatus.Cancelled,
        _ => ResultStatus.NotStated,
    };

    /// <summary>A value and its unit in words.</summary>
    public static (string? Value, string? Unit) Said(R4.Observation observation) => (TextOf(observation.Value), UnitOf(observation.Value));

    private static Result Common(R4.Observation observation, GpEntry entry, GpBundle bundle, GpPanel panel) => new()
    {
        ReportKey = panel.ReportKey,
        Test = Concepts.TextOf(observation.Code) ?? "Test not named",
        Coding = Concepts.CodingOf(observation.Code),
        Panel = panel.Name,
        Position = panel.Position,
        Status = StatusOf(GpBundle.Raw(observation.StatusElement)),
        TakenAt = bundle.Date(Start(observation.Effective), entry, "effective") ?? bundle.Date(Start(Report(panel)?.Effective), panel.Report!, "effective"),
        ReportedAt = bundle.Date(observation.IssuedElement, entry, "issued") ?? bundle.Date(Report(panel)?.IssuedElement, panel.Report!, "issued"),
        Laboratory = bundle.NamesOf(observation.Performer, entry) ?? bundle.NamesOf(Report(panel)?.Performer ?? [], panel.Report!),
        Specimen = bundle.NameOf(observation.Specimen, entry) ?? bundle.NamesOf(Report(panel)?.Specimen ?? [], panel.Report!),
    };

    /// <summary>What a value does not say of itself, its report says for all its values.</summary>
    private static R4.DiagnosticReport? Report(GpPanel panel) => panel.Report?.Resource as R4.DiagnosticReport;

    private static R4.PrimitiveType? Start(R4.DataType? when) => when as R4.PrimitiveType ?? (when as R4.Period)?.StartElement;

    private static Result With(
        Result common, R4.DataType? value, R4.CodeableConcept? absent, List<R4.Observation.ReferenceRangeComponent> ranges,
        IEnumerable<R4.CodeableConcept> interpretation)
    {
        var range = ranges.FirstOrDefault(r => r.Type is null || Concepts.Codes(r.Type).Contains("normal")) ?? (ranges.Count > 0 ? ranges[0] : null);
        return common with
        {
            Value = TextOf(value) ?? (absent is null ? null : $"No value: {Concepts.TextOf(absent)}"),
            Number = NumberOf(value as R4.Quantity),
            Comparator = GpBundle.Raw((value as R4.Quantity)?.ComparatorElement),
            Unit = UnitOf(value),
            Range = Words.Of(range?.Text) ?? RangeOf(range?.Low, range?.High),
            RangeLow = NumberOf(range?.Low),
            RangeHigh = NumberOf(range?.High),
            Flag = Concepts.Codes(interpretation).FirstOrDefault() ?? Concepts.TextOf(interpretation),
        };
    }

    private static string? UnitOf(R4.DataType? value) =>
        value is R4.Quantity quantity ? Words.Of(quantity.Unit) ?? Words.Of(GpBundle.Raw(quantity.CodeElement)) : null;

    private static string? TextOf(R4.DataType? value) => value switch
    {
        null => null,
        R4.Quantity quantity => Words.Join("", [GpBundle.Raw(quantity.ComparatorElement), GpBundle.Raw(quantity.ValueElement)]),
        R4.CodeableConcept concept => Concepts.TextOf(concept),
        R4.FhirString words => Words.Verbatim(GpBundle.Raw(words)),
        R4.FhirBoolean yes => GpBundle.Flag(yes) switch { true => "Yes", false => "No", null => null },
        R4.PrimitiveType primitive => Words.Of(GpBundle.Raw(primitive)),
        R4.Range range => RangeOf(range.Low, range.High),
        R4.Ratio ratio => Words.Join(":", [GpBundle.Raw(ratio.Numerator?.ValueElement), GpBundle.Raw(ratio.Denominator?.ValueElement)]),
        R4.Period period => Words.Join(" to ", [GpBundle.Raw(period.StartElement), GpBundle.Raw(period.EndElement)]),
        _ => null,
    };

    private static string? RangeOf(R4.Quantity? low, R4.Quantity? high) =>
        (Words.Of(GpBundle.Raw(low?.ValueElement)), Words.Of(GpBundle.Raw(high?.ValueElement))) switch
        {
            ({ } from, { } to) => $"{from} - {to}",
            ({ } from, null) => $">= {from}",
            (null, { } to) => $"<= {to}",
            _ => null,
        };

    private static decimal? NumberOf(R4.Quantity? quantity) =>
        decimal.TryParse(GpBundle.Raw(quantity?.ValueElement), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Notes(R4.Observation observation) => Words.Join("\n", observation.Note.Select(n => n.Text));
}
