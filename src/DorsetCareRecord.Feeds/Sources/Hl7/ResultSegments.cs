using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// ORU and OUL: reports with their values (R21 to R25). A report's key is the filler's order number and what was asked for; a
/// value's adds what was measured and its sub-id. W and D take a value back at once; U promotes what was sent before.
/// </summary>
internal static class ResultSegments
{
    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        if (group.Segments.TakeWhile(static s => !s.Is("OBR")).Any(static s => s.Is("OBX")))
            hearing.Remark(Reasons.Incomplete, "OBX", "before any OBR");
        foreach (var order in ResultOrder.Of(group, MessageType.Of(hearing.Message) is { Name: "OUL", Trigger: "R22" or "R23" }))
            HearReport(order, hearing, facts);
    }

    private static void HearReport(ResultOrder order, Hearing hearing, ICollection<Fact> facts)
    {
        var kind = ReportKinds.Of(order.Obr);
        var key = KeyOf(order, hearing);
        var title = TitleOf(order);
        var stated = ResultStatuses.OfReport(order.Obr[25].TextOf(1));
        var text = new ReportText(title);
        var statuses = new List<ResultStatus>();
        var values = new ResultSet(order, key, title, hearing);
        var isWritten = IsWritten(order, kind);
        foreach (var observed in order.Observations)
        {
            if (StatusOf(observed.Obx, stated) is not { } status)
                continue;
            statuses.Add(status);
            var type = ResultValue.TypeOf(observed.Obx);
            if (!ResultValue.IsKnown(type))
                hearing.Remark(Reasons.UnmappedCode, "OBX-2", Shapes.Of(type));
            if (ResultValue.IsDocument(type))
                AttachedDocument.Hear(observed.Obx, key, title, status, hearing, facts);
            else if (!isWritten || !ResultValue.IsNarrative(type))
                values.Add(observed, status);
            else if (status != ResultStatus.EnteredInError && !IsUnverified(observed.Obx, kind))
                text.Add(observed.Obx);
        }

        if (statuses.Count > 0 && statuses.TrueForAll(s => s == ResultStatus.EnteredInError))
            facts.Add(new Withdrawn(key, typeof(Report), hearing.Version));
        else
            facts.Add(new Stated(key, Report(order, kind, title, ResultStatuses.Together(stated, statuses), text.Text, values, hearing), hearing.Version));
        values.State(facts);
    }

    /// <summary>Performing laboratory and filler order number with what was asked for; where a sender leaves the filler out, the
    /// next best that a resend would repeat.</summary>
    public static string KeyOf(ResultOrder order, Hearing hearing)
    {
        var (obr, orc) = (order.Obr, order.Orc);
        var what = obr[4].TextOf(1) ?? Keys.Folded(obr[4].TextOf(2));
        foreach (var filler in (ReadOnlySpan<Piece>)[obr[3], orc[3]])
        {
            if (filler.TextOf(1) is { } number)
                return Keys.Of(filler[2][1].Text, number, what);
        }

        foreach (var placer in (ReadOnlySpan<Piece>)[obr[2], orc[2]])
        {
            if (placer.TextOf(1) is { } number)
                return Keys.Of("placer", placer[2][1].Text, number, what);
        }

        return obr[7].Text is { } taken
            ? Keys.Of("taken", taken, what)
            : Keys.Of("message", hearing.Message.Header[4].Text, hearing.Message.Header[10].Text, obr[1].Text, what);
    }

    /// <summary>The placer's number, with its namespace where it has one.</summary>
    public static string? OrderNumberOf(ResultOrder order)
    {
        foreach (var placer in (ReadOnlySpan<Piece>)[order.Obr[2], order.Orc[2]])
        {
            if (placer.TextOf(1) is { } number)
                return Keys.Of(number, placer[2][1].Text);
        }

        return null;
    }

    /// <summary>What was asked for; of sensitivities also the organism, which OBR-26 repeats from the parent.</summary>
    public static string TitleOf(ResultOrder order)
    {
        var title = Codings.WordsOrCodeOf(order.Obr[4]) ?? "Report";
        return order.Obr[26].TextOf(3) is { } organism ? $"{title}: {organism}" : title;
    }

    /// <summary>
    /// Words if its kind is, or if its lines of text are named as the report itself or not at all. One short string under the
    /// report's own name (a pregnancy test: negative) is a value.
    /// </summary>
    private static bool IsWritten(ResultOrder order, ReportKind kind)
    {
        if (kind.IsWritten())
            return true;
        var what = order.Obr[4].TextOf(1);
        var narrative = order.Observations.Where(o => ResultValue.IsNarrative(ResultValue.TypeOf(o.Obx))).ToList();
        return (narrative.Count > 1 || narrative.Exists(static o => ResultValue.TypeOf(o.Obx) is "TX" or "FT"))
            && narrative.TrueForAll(o => o.Obx[3].IsEmpty || what is not null && o.Obx[3][1][1].Text == what)
            && narrative.TrueForAll(o => ResultValue.Of(o.Obx).Number is null);
    }

    private static ResultStatus? StatusOf(Segment obx, ResultStatus ofReport) =>
        ResultStatuses.OfResult(obx[11].TextOf(1), ofReport);

    /// <summary>A radiologist's words are not shown before they are verified (R22).</summary>
    private static bool IsUnverified(Segment obx, ReportKind kind) => kind == ReportKind.Radiology && obx[11].TextOf(1)?.ToUpperInvariant() == "R";

    private static Report Report(
        ResultOrder order, ReportKind kind, string title, ResultStatus status, string? text, ResultSet values, Hearing hearing) => new()
        {
            Kind = kind,
            Title = title,
            Coding = Codings.Of(order.Obr[4]),
            Status = status,
            RequestedAt = hearing.When(order.Obr, 6) ?? hearing.When(order.Obr, 27, 4),
            TakenAt = values.TakenAt,
            ReportedAt = values.ReportedAt,
            Requester = Names.OfFirstClinician(order.Obr[16]) ?? Names.OfFirstClinician(order.Orc[12]),
            Laboratory = ResultSet.LaboratoryOf(order),
            Specimen = values.Specimen,
            Text = text,
            Notes = order.Notes.Count == 0 ? null : string.Join('\n', order.Notes),
            OrderNumber = OrderNumberOf(order),
            Confidentiality = Confidentialities.OfCode(order.Orc[28]),
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
}
