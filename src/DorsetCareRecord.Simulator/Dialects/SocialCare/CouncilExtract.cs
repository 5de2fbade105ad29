using System.Globalization;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.Dialects.SocialCare;

/// <summary>A council as a sender.</summary>
/// <param name="Code">National code.</param>
/// <param name="System">Its adults' system.</param>
/// <param name="Lacks">Files its extract does not have, and columns its files do not have, as <c>file:column</c>.</param>
internal sealed record CouncilSystem(string Code, string System, IReadOnlyCollection<string> Lacks);

/// <summary>A council's nightly extracts, as docs/feeds/socialcare.md lays them out: one of adults, one of children.</summary>
internal static class CouncilExtract
{
    /// <summary>No two councils supply the same: each system leaves something out.</summary>
    public static readonly IReadOnlyDictionary<string, CouncilSystem> Councils = new Dictionary<string, CouncilSystem>
    {
        ["dcc"] = new("815", "Mosaic", []),
        ["bbc"] = new("810", "CareDirector", ["aboutme.csv", "equipment.csv"]),
        ["bop"] = new("813", "Liquidlogic", ["accommodation.csv", "service.csv:planned_hours_per_week", "service.csv:funding"]),
    };

    /// <param name="scope">FULL or DELTA.</param>
    /// <param name="takenAt">With offset.</param>
    public static Extract Of(string council, string scope, DateTimeOffset takenAt, IEnumerable<History> people) =>
        Adults(council, scope, takenAt, people.Where(p => p.Council is { Child: null } record && record.Council == council));

    /// <summary>Children's files travel by themselves.</summary>
    public static Extract OfChildren(string council, string scope, DateTimeOffset takenAt, IEnumerable<History> people)
    {
        var tables = new ChildTables();
        foreach (var history in people.Where(p => p.Council is { Child: not null } record && record.Council == council))
            tables.Add(history.Person, history.Council!);
        return Sealed(council, "children-", scope, takenAt, tables.All);
    }

    private static Extract Adults(string council, string scope, DateTimeOffset takenAt, IEnumerable<History> people)
    {
        var tables = new AdultTables(Councils[council].Lacks, takenAt);
        foreach (var history in people)
            tables.Add(history.Person, history.Council!);
        return Sealed(council, "", scope, takenAt, tables.All.Where(t => !Councils[council].Lacks.Contains(t.FileName)));
    }

    private static Extract Sealed(string council, string set, string scope, DateTimeOffset takenAt, IEnumerable<CsvTable> tables)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{council}-{set}{takenAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{scope.ToLowerInvariant()}");
        var extract = new Extract(name, scope, Councils[council].System, Councils[council].Code, takenAt);
        foreach (var table in tables)
            extract.Add(table);
        return extract;
    }
}
