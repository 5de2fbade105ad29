using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The values of one report. Lines of text under the same name are one value; a complete report (OBR-25 F, C) states its values
/// as a whole list, so that a correction which leaves one out ends it (R21).
/// </summary>
internal sealed class ResultSet(ResultOrder order, string reportKey, string title, Hearing hearing)
{
    private readonly List<(string Key, Result Result)> _values = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<string> _withdrawn = [];

    /// <summary>When the specimen was taken, in this order: OBR-7, SPM-17, OBX-14 of the first value. British laboratories put the
    /// time of analysis in OBX-14, so it counts only when nothing else is sent.</summary>
    public ClinicalDate? TakenAt { get; } =
        hearing.When(order.Obr, 7) ?? hearing.When(order.Specimen, 17)
        ?? (order.Observations.Count > 0 ? hearing.When(order.Observations[0].Obx, 14) : null);

    public ClinicalDate? ReportedAt { get; } = hearing.When(order.Obr, 22);

    public string? Specimen { get; } = SpecimenOf(order);

    public void Add(Observed observed, ResultStatus status)
    {
        var obx = observed.Obx;
        if (Codings.WordsOrCodeOf(obx[3]) is not { } test)
        {
            hearing.Remark(Reasons.Incomplete, "OBX-3", "no test");
            return;
        }

        var key = Keys.Of(reportKey, obx[3][1].Text ?? Keys.Folded(test), obx[4].Text);
        if (status == ResultStatus.EnteredInError)
        {
            _withdrawn.Add(key);
            return;
        }

        var result = Result(observed, test, status);
        if (_places.TryGetValue(key, out var place) && Continues(_values[place].Result, obx, result))
        {
            _values[place] = (key, Joined(_values[place].Result, result));
            return;
        }

        // The same test twice without a sub-id: kept apart by its place, which a resend repeats.
        if (!_places.TryAdd(key, _values.Count))
            key = Keys.Of(key, $"#{_values.Count + 1}");
        _values.Add((key, result));
    }

    public void State(ICollection<Fact> facts)
    {
        var list = ResultStatuses.IsComplete(order.Obr[25].TextOf(1)) && _values.Count > 0 ? Keys.Of("OBX", reportKey) : null;
        foreach (var key in _withdrawn)
            facts.Add(new Withdrawn(key, typeof(Result), hearing.Version));
        foreach (var (key, result) in _values)
            facts.Add(new Stated(key, result, hearing.Version, list));
        if (list is not null)
            facts.Add(new ListStated(list, typeof(Result), _values.ConvertAll(v => v.Key), hearing.Version));
    }

    public static string? SpecimenOf(ResultOrder order) =>
        Codings.WordsOrCodeOf(order.Specimen[4]) ?? order.Obr[15].TextOf(2) ?? order.Obr[15][1][2].Text ?? order.Obr[15][1][1].Text;

    public static string? LaboratoryOf(ResultOrder order) =>
        order.Observations.Select(o => o.Obx[23].TextOf(1) ?? o.Obx[15].TextOf(2)).FirstOrDefault(l => l is not null);

    private Result Result(Observed observed, string test, ResultStatus status)
    {
        var obx = observed.Obx;
        var sent = ResultValue.Of(obx);
        var value = status is ResultStatus.Cancelled or ResultStatus.Registered ? default : sent;
        // What stands where a value would is why there is none: haemolysed, insufficient.
        List<string> notes = status == ResultStatus.Cancelled && sent.Text is { } why ? [why, .. observed.Notes] : observed.Notes;
        var range = ReferenceRange.Of(obx[7].Text);
        return new Result
        {
            ReportKey = reportKey,
            Test = test,
            Coding = Codings.Of(obx[3]),
            Panel = title,
            Value = value.Text,
            Number = value.Number,
            Comparator = value.Comparator,
            Unit = obx[6].TextOf(1) is { } unit ? UnitWords(obx[6]) ?? unit : null,
            Range = range.Text,
            RangeLow = range.Low,
            RangeHigh = range.High,
            Flag = Flag(obx[8]),
            Status = status,
            TakenAt = TakenAt,
            ReportedAt = hearing.When(obx, 19) ?? ReportedAt,
            Laboratory = obx[23].TextOf(1) ?? obx[15].TextOf(2),
            Specimen = Specimen,
            Notes = notes.Count == 0 ? null : string.Join('\n', notes),
            Position = _values.Count + 1,
            Confidentiality = Confidentialities.OfCode(order.Orc[28]),
            ValueNotResent = obx[11].TextOf(1)?.ToUpperInvariant() == "U" && value.Text is null ? true : null,
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>The code is the unit as printed; its long name only where the code is a code.</summary>
    private static string? UnitWords(Piece unit) => unit.TextOf(1) is { Length: > 12 } ? unit.TextOf(2) : null;

    private static string? Flag(Piece field)
    {
        var flags = field.Repetitions.ToList().Select(r => r.TextOf(1)).Where(f => f is not null).ToList();
        return flags.Count == 0 ? null : string.Join(", ", flags);
    }

    /// <summary>A further line of the same text: no number on either side and the same type.</summary>
    private static bool Continues(Result first, Segment obx, Result next) =>
        ResultValue.IsNarrative(ResultValue.TypeOf(obx)) && first.Number is null && next.Number is null
        && first.Status == next.Status && first.Unit == next.Unit;

    private static Result Joined(Result first, Result next) => first with
    {
        Value = $"{first.Value}\n{next.Value}",
        Notes = first.Notes is null ? next.Notes : next.Notes is null ? first.Notes : $"{first.Notes}\n{next.Notes}",
    };
}
