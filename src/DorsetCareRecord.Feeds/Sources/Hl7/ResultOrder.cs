using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>An OBX and the notes that follow it.</summary>
internal sealed record Observed(Segment Obx, List<string> Notes);

/// <summary>
/// One report: OBR with the ORC before it, its specimen, its notes, its OBX in the order they came (set ids repeat and are
/// not trusted, R25). NTE belongs to the OBR or OBX before it.
/// </summary>
internal sealed class ResultOrder(Segment orc, Segment obr, Segment specimenBefore)
{
    public Segment Orc { get; } = orc;

    public Segment Obr { get; } = obr;

    /// <summary>SPM: after the request or its results in ORU and orders, before the requests in OUL.</summary>
    public Segment Specimen { get; private set; } = specimenBefore;

    public List<string> Notes { get; } = [];

    public List<Observed> Observations { get; } = [];

    /// <param name="group">The patient's segments.</param>
    /// <param name="specimenFirst">SPM stands before the orders made of it (OUL^R22, R23); else after the order it belongs to.</param>
    public static List<ResultOrder> Of(PatientGroup group, bool specimenFirst = false)
    {
        var orders = new List<ResultOrder>();
        Segment orc = default;
        Segment specimen = default;
        foreach (var segment in group.Segments)
        {
            var current = orders.Count > 0 ? orders[^1] : null;
            switch (segment.Name)
            {
                case "ORC":
                    orc = segment;
                    break;
                case "OBR":
                    orders.Add(new ResultOrder(orc, segment, specimen));
                    orc = default;
                    break;
                case "SPM" when !specimenFirst && current is { Specimen.IsThere: false }:
                    current.Specimen = segment;
                    break;
                case "SPM":
                    specimen = segment;
                    break;
                case "OBX":
                    current?.Observations.Add(new Observed(segment, []));
                    break;
                case "NTE" when segment[3].HasValue:
                    current?.Note(segment[3]);
                    break;
            }
        }

        return orders;
    }

    private void Note(Piece comment)
    {
        var notes = Observations.Count > 0 ? Observations[^1].Notes : Notes;
        foreach (var line in comment.Repetitions)
        {
            if (line.Text is { } text)
                notes.Add(text);
        }
    }
}
