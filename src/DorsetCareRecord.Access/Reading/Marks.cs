using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Whether a row bears a mark that hides, as a condition of SQL: by its own code, by its clinic, and by the clinic or the panel of
/// what it belongs to, so that a letter, a diagnosis or a single value is as closely kept as its visit or its report. Looked
/// up in the table of members at the moment of reading, so that a changed set counts for all that is stored already.
/// </summary>
internal static class Marks
{
    private const string OwnCode = "'code:' || coalesce(coalesce(t.code_system, '') || '|' || t.code, '')";

    /// <summary>
    /// What nearly every row can be asked without composing a text or looking anything up comes first: whether it bears a label or a keeping at
    /// all, and whether there are sets.
    /// </summary>
    /// <param name="first">Number of the first of the three parameters of <see cref="HidingMarks"/>.</param>
    internal static string Of(ItemTable table, int first) =>
        $"(t.audience is not null and t.source || '|kept:' || t.audience = any(${first}))"
        + $" or (t.confidentiality is not null and t.source || '|label:' || t.confidentiality = any(${first}))"
        + $" or (coalesce(t.confidentiality, 0) = 0 and t.source = any(${first + 1}))"
        + $" or (cardinality(${first + 2}::text[]) > 0 and ({OfSets(table, $"${first + 2}")}))";

    private static string OfSets(ItemTable table, string hidden) => table.ItemType switch
    {
        var type when type == typeof(Problem) => $"{In(hidden, OwnCode)} or {OfEncounter(hidden)}",
        var type when type == typeof(Encounter) => In(hidden, Clinic("t.specialty"), Clinic("t.specialty_code"), Clinic("t.location")),
        var type when type == typeof(Letter) => $"{In(hidden, OwnCode, Clinic("t.department"))} or {OfEncounter(hidden)}",
        var type when type == typeof(Result) => $"{In(hidden, OwnCode)} or {OfReport(hidden)}",
        var type when type == typeof(Medicine) || type == typeof(Allergy) || type == typeof(Report) || type == typeof(Flag)
            || type == typeof(Contact) || type == typeof(Immunisation) => In(hidden, OwnCode),
        var type when type == typeof(CareService) => In(hidden, Clinic("t.service")),
        var type when type == typeof(CareWorker) => In(hidden, Clinic("t.team")),
        var type when type == typeof(CareDetail) => In(hidden, OwnCode, Clinic("t.team")),
        var type when type == typeof(Demographics) || type == typeof(Notice) => "false",
        var type => throw new ArgumentOutOfRangeException(nameof(table), type.Name, "A table without marks would hide nothing."),
    };

    private static string In(string hidden, params string[] keys) => $"""
        exists (select from access.sensitive_member m where m.key in ({string.Join(", ", keys)}) and t.source || '|set:' || m.set_id = any({hidden}))
        """;

    private static string OfEncounter(string hidden) =>
        Belongs("t.encounter_key", "encounter", hidden, Clinic("o.specialty"), Clinic("o.specialty_code"), Clinic("o.location"));

    private static string OfReport(string hidden) =>
        Belongs("t.report_key", "report", hidden, "'code:' || coalesce(coalesce(o.code_system, '') || '|' || o.code, '')");

    /// <summary>
    /// The person's sensitive visits or reports are sought once a statement, not once a row: $1 their homes, $2 their identities, as in
    /// every statement of a <see cref="Shelf{TItem}"/>.
    /// </summary>
    private static string Belongs(string key, string owner, string hidden, params string[] keys) => $"""
        {key} is not null and (t.home, t.identity_id, t.source, {key}) in (
            select o.home, o.identity_id, o.source, o.source_key from record.{owner} o
            join access.sensitive_member m on m.key in ({string.Join(", ", keys)}) and o.source || '|set:' || m.set_id = any({hidden})
            where o.home = any($1) and o.identity_id = any($2))
        """;

    private static string Clinic(string column) => $"'clinic:' || lower({column})";
}
