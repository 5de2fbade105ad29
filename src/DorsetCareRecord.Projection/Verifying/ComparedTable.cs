using DorsetCareRecord.Projection.Schema;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>How one table of the record is compared with its shadow, and made equal to it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Columns that name a row; of what is printed, only our own ids and codes.</param>
/// <param name="Columns">Columns that must be equal; placement and the version of the adapter are not among them.</param>
/// <param name="Identity">The column that leads to a person, where there is one.</param>
/// <param name="Where">Which rows count.</param>
internal sealed record ComparedTable(
    string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Columns, string? Identity = "identity_id", string Where = "true")
{
    public static readonly ComparedTable Links = new("person_link", ["identity_id"], ["person_id"], Where: "ended_at is null");

    public static readonly ComparedTable Reviews =
        new("review", ["identity_id", "other_identity_id", "evidence"], [], Where: "decided_at is null");

    /// <summary>Tables whose rows follow from the messages alone, parents before children.</summary>
    public static readonly IReadOnlyList<ComparedTable> Derived =
    [
        new("identifier", ["source", "local_id"], ["identity_id"]) { Printed = "identity_id" },
        new("identity", ["id"], ["source", "local_id", "first_seen_at"], "id"),
        new("trait", ["identity_id"],
            ["nhs_number", "nhs_number_status", "born_on", "family_keys", "given_key", "family_name", "given_names", "gender", "postcode", "deceased"]),
        new("former_number", ["identity_id", "nhs_number"], ["status", "held_from", "held_until", "message_id"]) { Printed = "identity_id" },
        new("merge", ["source", "prior_local_id"], ["survivor_local_id", "source_version", "recorded_at", "message_id"], Identity: null)
            { Printed = "message_id" },
        new("source_link", ["source", "one_local_id", "other_local_id"], ["stands", "source_version", "recorded_at", "message_id"], Identity: null)
            { Printed = "message_id" },
        new("move", ["source", "prior_local_id", "prior_key", "source_version", "message_id"], ["owner_local_id", "owner_key", "recorded_at"],
            Identity: null) { Printed = "message_id" },
        new("version", ["entry_id", "source_version", "message_id", "ordinal"],
        [
            "last_version", "last_message_id", "last_ordinal", "last_recorded_at", "identity_id", "item_type", "source_key", "list",
            "recorded_at", "item",
        ]),
        new("list_version", ["identity_id", "list", "item_type", "source_version", "message_id"],
            ["last_version", "last_message_id", "last_recorded_at", "recorded_at", "keys"]) { Printed = "identity_id" },
        new("document", ["entry_id", "hash"], ["content_type", "file_name", "bytes"], Identity: null) { Printed = "entry_id" },
        new("cover", ["entry_id", "by_identity_id"], ["identity_id", "item_type", "by_entry_id", "why"]),
        .. ItemTables.All.Select(t => new ComparedTable(t.Name, ["id"], [.. t.Columns.Except(["home", "id", "adapter_version"])])),
    ];

    /// <summary>The column of ours that is printed instead of a key that a source made up.</summary>
    public string? Printed { get; init; }

    private bool HasHome => Name is not ("merge" or "source_link" or "move" or "review");

    private string Record => $"(select true as here, * from {RecordSchema.Name}.\"{Name}\" where {Where})";

    private string Shadow => $"(select true as here, * from pg_temp.\"{Name}\" where {Where})";

    private string Join => string.Join(" and ", Key.Select(k => $"r.\"{k}\" = s.\"{k}\""));

    private string Equal => Columns.Count == 0 ? "true" : string.Join(" and ", Columns.Select(c => $"{Of("r", c)} is not distinct from {Of("s", c)}"));

    /// <summary>Rows that differ: person, key, missing in the record, missing in the replay, names of unequal columns.</summary>
    public string Differing()
    {
        var unequal = string.Join(", ", Columns.Select(c => $"case when {Of("r", c)} is distinct from {Of("s", c)} then '{c}' end"));
        var shown = (Printed is null ? Key : [Printed]).Select(k => $"coalesce(r.\"{k}\", s.\"{k}\")");
        var person = Identity is null ? "null::uuid" : $"""
            (select l.person_id from {RecordSchema.Name}.person_link l
             where l.identity_id = coalesce(r."{Identity}", s."{Identity}") and l.ended_at is null limit 1)
            """;
        return $"""
            select {person}, concat_ws(' ', {string.Join(", ", shown)}), r.here is null, s.here is null,
              array_remove(array[{unequal}]::text[], null)
            from {Record} r full join {Shadow} s on {Join}
            where r.here is null or s.here is null or not ({Equal})
            order by 1, 2
            """;
    }

    /// <summary>Takes away rows of the record that the shadow has not, or has otherwise.</summary>
    public string RemoveOthers() => $"""
        delete from {RecordSchema.Name}."{Name}" d using
          (select r.ctid as place from (select ctid, * from {RecordSchema.Name}."{Name}" where {Where}) r left join {Shadow} s on {Join}
           where s.here is null{(HasHome ? " or r.home <> s.home" : "")} or not ({Equal})) other
        where d.ctid = other.place
        """;

    /// <summary>Adds rows of the shadow that the record has not.</summary>
    public string AddMissing() => $"""
        insert into {RecordSchema.Name}."{Name}"
        select s.* from pg_temp."{Name}" s where {Where} and not exists (select from {RecordSchema.Name}."{Name}" r where {Join} and {Where})
        """;

    /// <summary>The type json has no equality; its text has.</summary>
    private static string Of(string side, string column) => column == "item" ? $"{side}.\"{column}\"::text" : $"{side}.\"{column}\"";
}
