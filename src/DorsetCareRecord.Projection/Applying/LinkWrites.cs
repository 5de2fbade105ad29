using DorsetCareRecord.Projection.Matching;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Links ended and made, reviews raised and resolved.</summary>
internal static class LinkWrites
{
    public const string Matching = "matching";

    private const string End = """
        update person_link l set ended_at = $3, ended_by = $4, ended_why = e.why from unnest($1, $2) e (id, why) where l.id = e.id
        """;

    private const string Make = """
        insert into person_link (id, person_id, identity_id, home, since, evidence, made_by)
        select m.*, $7 from unnest($1, $2, $3, $4, $5, $6) m
        """;

    private const string Resolve = """
        update review set decided_at = $2, decided_by = $3, decision = 'resolved' where id = any ($1) and decided_at is null
        """;

    private const string Raise = """
        insert into review (id, identity_id, other_identity_id, evidence, raised_at)
        select r.*, $5 from unnest($1, $2, $3, $4) r on conflict do nothing
        """;

    /// <summary>In this order, because an identity has one active link and a pair one open review.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(LinkChanges links, DateTimeOffset at, string by = Matching)
    {
        if (links.Ended.Count > 0)
        {
            yield return new NpgsqlBatchCommand(End).With(
                Arrays.Ids(links.Ended.Select(l => l.Id)), Arrays.Texts(links.Ended.Select(l => l.Why)), At(at), By(by));
        }

        if (links.Made.Count > 0)
        {
            yield return new NpgsqlBatchCommand(Make).With(
                Arrays.Ids(links.Made.Select(_ => Guid.CreateVersion7(at))), Arrays.Ids(links.Made.Select(l => l.PersonId)),
                Arrays.Ids(links.Made.Select(l => l.IdentityId)), Arrays.Ids(links.Made.Select(l => l.Home)),
                Arrays.Times(links.Made.Select(l => l.Since)), Arrays.Texts(links.Made.Select(l => l.Evidence)), By(by));
        }

        if (links.Resolved.Count > 0)
            yield return new NpgsqlBatchCommand(Resolve).With(Arrays.Ids(links.Resolved), At(at), By(by));
        if (links.Raised.Count > 0)
        {
            yield return new NpgsqlBatchCommand(Raise).With(
                Arrays.Ids(links.Raised.Select(_ => Guid.CreateVersion7(at))), Arrays.Ids(links.Raised.Select(d => d.One)),
                Arrays.Ids(links.Raised.Select(d => d.Other)), Arrays.Texts(links.Raised.Select(d => d.Evidence)), At(at));
        }
    }

    private static NpgsqlParameter<DateTime> At(DateTimeOffset at) => new() { TypedValue = at.UtcDateTime };

    private static NpgsqlParameter<string> By(string by) => new() { TypedValue = by };
}
