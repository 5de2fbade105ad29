using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>The tables of the record, one per item type; the one place that knows their names, numbers and columns.</summary>
public static class ItemTables
{
    public static ItemTable<Demographics> Demographics { get; } = new("demographics", 1);

    public static ItemTable<Flag> Flag { get; } = new("flag", 2);

    public static ItemTable<Problem> Problem { get; } = new("problem", 3);

    public static ItemTable<Medicine> Medicine { get; } = new("medicine", 4);

    public static ItemTable<Allergy> Allergy { get; } = new("allergy", 5);

    public static ItemTable<Result> Result { get; } = new("result", 6);

    public static ItemTable<Report> Report { get; } = new("report", 7);

    public static ItemTable<Contact> Contact { get; } = new("contact", 8);

    public static ItemTable<CareService> CareService { get; } = new("care_service", 9);

    public static ItemTable<CareWorker> CareWorker { get; } = new("care_worker", 10);

    public static ItemTable<Letter> Letter { get; } = new("letter", 11);

    public static ItemTable<Encounter> Encounter { get; } = new("encounter", 12);

    public static ItemTable<Immunisation> Immunisation { get; } = new("immunisation", 13);

    public static ItemTable<Notice> Notice { get; } = new("notice", 14);

    public static ItemTable<CareDetail> CareDetail { get; } = new("care_detail", 15);

    /// <summary>All tables, in order of their numbers.</summary>
    public static IReadOnlyList<ItemTable> All { get; } =
    [
        Demographics, Flag, Problem, Medicine, Allergy, Result, Report, Contact, CareService, CareWorker, Letter, Encounter,
        Immunisation, Notice, CareDetail,
    ];

    private static readonly Dictionary<Type, ItemTable> ByType = All.ToDictionary(t => t.ItemType);

    public static ItemTable Of(Type itemType) => ByType[itemType];

    public static ItemTable Of(short number) => All[number - 1];
}
