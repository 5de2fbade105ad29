using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// One order for a medicine: ORC and what follows it up to the next. Segments that are not there are absent and read as empty.
/// </summary>
internal sealed class MedicineOrder
{
    public Segment Orc { get; private set; }

    /// <summary>As the pharmacy encoded it (RXE); better than as it was asked for.</summary>
    public Segment Encoded { get; private set; }

    /// <summary>As it was asked for (RXO).</summary>
    public Segment Ordered { get; private set; }

    public Segment Dispensed { get; private set; }

    public Segment Route { get; private set; }

    public Segment Timing { get; private set; }

    public List<string> Notes { get; } = [];

    public bool HasMedicine => Encoded.IsThere || Ordered.IsThere || Dispensed.IsThere;

    public static List<MedicineOrder> Of(PatientGroup group)
    {
        var orders = new List<MedicineOrder>();
        var current = new MedicineOrder();
        foreach (var segment in group.Segments)
        {
            // An ORC begins an order; so does a second RXE where a sender leaves ORC out.
            if (segment.Is("ORC") || segment.Is("RXE") && current.Encoded.IsThere)
            {
                orders.Add(current);
                current = new MedicineOrder();
            }

            current.Take(segment);
        }

        orders.Add(current);
        orders.RemoveAll(o => !o.HasMedicine);
        return orders;
    }

    private void Take(Segment segment)
    {
        switch (segment.Name)
        {
            case "ORC": Orc = segment; break;
            case "RXE": Encoded = segment; break;
            case "RXO": Ordered = segment; break;
            case "RXD": Dispensed = segment; break;
            case "RXR": Route = segment; break;
            case "TQ1": Timing = segment; break;
            case "NTE" when HasMedicine && segment[3].Text is { } note: Notes.Add(note); break;
        }
    }
}
