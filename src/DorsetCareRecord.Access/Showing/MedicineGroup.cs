using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One way a medicine is stated, and everybody who states it so.</summary>
/// <param name="Lead">Says most; of equals the newest.</param>
public sealed record MedicineStatement(Entry<Medicine> Lead, IReadOnlyList<Entry<Medicine>> Entries);

/// <summary>
/// One medicine as all sources have it (NHS CUI MEDv-198), every source one click away. Only what reads alike is joined; where
/// sources state a medicine differently each way is shown, and nobody is believed over another.
/// </summary>
public sealed record MedicineGroup
{
    /// <summary>The one shown first: what a discharge changed, else the newest.</summary>
    public required IReadOnlyList<MedicineStatement> Statements { get; init; }

    /// <summary>A hospital stopped it at discharge, and another source still lists it as current.</summary>
    public Entry<Medicine>? StoppedAtDischarge { get; init; }

    /// <summary>A practice's list was received, and does not have it.</summary>
    public bool IsMissingFromPractice { get; init; }

    public Entry<Medicine> Lead => Statements[0].Lead;

    public IEnumerable<Entry<Medicine>> Entries => Statements.SelectMany(statement => statement.Entries);

    /// <summary>Sources in fixed order.</summary>
    public IReadOnlyList<string> Sources => [.. Entries.Select(entry => entry.Source).Distinct().OrderBy(source => source != SourceCodes.Gp)];

    /// <summary>Strength, dose or frequency are given by two sources and are not the same.</summary>
    public bool Differs => Statements.Count > 1 && Statements.Skip(1).Any(other => MedicineLikeness.Conflict(Lead.Item, other.Lead.Item));

    /// <summary>The practice's list has it as somebody else's (GP Connect: prescribed elsewhere).</summary>
    public bool IsPrescribedElsewhere => Lead.Item.Change is null
        && Entries.Any(entry => entry is { Source: SourceCodes.Gp, Item.Kind: MedicineKind.Hospital });

    /// <summary>The latest issue anybody knows.</summary>
    public ClinicalDate? LastIssued => Entries.Select(entry => entry.Item.LastIssuedOn).Where(date => date is not null).Max();

    /// <summary>Current ones, in the order of <see cref="Lists.Current"/>, each with what others say of it.</summary>
    public static IReadOnlyList<MedicineGroup> Current(SectionView<Medicine> section)
    {
        var current = Lists.Current(section);
        var hasPractice = section.Entries.Any(entry => entry.Source == SourceCodes.Gp);
        var stops = section.Entries.Where(entry => entry.Item.Change == MedicineChange.Stopped)
            .ToLookup(entry => MedicineLikeness.Substance(entry.Item));
        return
        [
            .. Of(current).Select(group => group with
            {
                StoppedAtDischarge = Stop(group, stops[MedicineLikeness.Substance(group.Lead.Item)]),
                IsMissingFromPractice = hasPractice && group.Entries.All(entry => entry.Source != SourceCodes.Gp),
            }),
        ];
    }

    /// <summary>Past ones, latest end first; never in one list with current ones (MEDv-062).</summary>
    public static IReadOnlyList<MedicineGroup> Past(SectionView<Medicine> section) => Of(Lists.Past(section));

    private static List<MedicineGroup> Of(IReadOnlyList<Entry<Medicine>> entries)
    {
        var groups = new List<MedicineGroup>();
        foreach (var substance in entries.GroupBy(entry => MedicineLikeness.Substance(entry.Item)))
        {
            var statements = MedicineLikeness.Statements(substance);
            // A source that lists one substance twice (two strengths, two forms) means two medicines: then nothing is laid together.
            var isOneEach = statements.SelectMany(one => one.Entries.Select(entry => entry.Source).Distinct()).GroupBy(source => source).All(source => source.Count() == 1);
            if (isOneEach)
                groups.Add(new MedicineGroup { Statements = [.. statements.OrderByDescending(one => one.Lead.Item.Change is not null).ThenByDescending(one => one.Lead.StatedAt)] });
            else
                groups.AddRange(statements.Select(one => new MedicineGroup { Statements = [one] }));
        }

        return groups;
    }

    /// <summary>The latest stop that is another source's and not older than anybody's start.</summary>
    private static Entry<Medicine>? Stop(MedicineGroup group, IEnumerable<Entry<Medicine>> stops) => stops
        .Where(stop => group.Entries.All(entry => entry.Source != stop.Source && !(entry.Item.StartedOn?.AsInstant() > StoppedAt(stop))))
        .MaxBy(StoppedAt);

    private static DateTimeOffset StoppedAt(Entry<Medicine> stop) => stop.Item.EndedOn?.AsInstant() ?? stop.StatedAt;
}
