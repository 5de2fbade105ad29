using System.Globalization;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Relationships;

/// <summary>
/// What the feeds and the viewer's own words of this session say of the two of them, with where the person's rows lie: one
/// round trip, which every opening needs anyway. Nothing here is shown; it only feeds the decision.
/// </summary>
/// <param name="Note">A number for the note that must follow, drawn here because this round trip is made anyway.</param>
internal sealed record Acquaintance(Places Places, PersonFacts Facts, long Note)
{
    private static readonly string Sql = $"""
        with here as materialized (
            select home, identity_id from record.person_link where person_id = $1 and ended_at is null),
        numbers as materialized (
            select t.nhs_number from here h join record.trait t on t.identity_id = h.identity_id where t.nhs_number is not null)
        select
            exists (select from access.opt_out o join numbers n on n.nhs_number = o.nhs_number
                where o.valid_from <= $2 and (o.valid_to is null or o.valid_to > $2)),
            exists (select from here h join record.demographics d on d.home = h.home and d.identity_id = h.identity_id where d.restricted)
            or exists (select from access.restricted_person o join numbers n on n.nhs_number = o.nhs_number
                where o.valid_from <= $2 and (o.valid_to is null or o.valid_to > $2)),
            exists (select from here h join record.demographics d on d.home = h.home and d.identity_id = h.identity_id
                where d.source = any($3) and d.practice_code is not null and not d.ended),
            exists (select from here h join record.encounter e on e.home = h.home and e.identity_id = h.identity_id
                where e.source = any($3) and e.status in ({(short)EncounterStatus.InProgress}, {(short)EncounterStatus.Finished})
                    and (e.status = {(short)EncounterStatus.InProgress} and e.end_at is null and not e.ended or coalesce(e.end_at, e.start_at) >= $4)),
            exists (select from here h join record.encounter e on e.home = h.home and e.identity_id = h.identity_id
                where e.source = any($3) and e.status = {(short)EncounterStatus.Planned} and e.start_at >= $4 and not e.ended),
            exists (select from here h join record.care_service s on s.home = h.home and s.identity_id = h.identity_id
                where s.source = any($3) and not s.ended
                    and s.status in ({(short)CareServiceStatus.Planned}, {(short)CareServiceStatus.Active}, {(short)CareServiceStatus.OnHold}))
            or exists (select from here h join record.care_worker w on w.home = h.home and w.identity_id = h.identity_id
                where w.source = any($3) and not w.ended and (w.until is null or w.until >= $5)),
            exists (select from access.declaration d where d.session_id = $6 and d.person_id = $1 and d.kind = '{Declarations.Relationship}'
                and d.ended_at is null and d.made_at <= $2 and d.expires_at > $2),
            exists (select from access.declaration d where d.session_id = $6 and d.person_id = $1 and d.kind = '{Declarations.BreakGlass}'
                and d.ended_at is null and d.made_at <= $2 and d.expires_at > $2),
            nextval('access.audit_seq_seq')
        """;

    /// <param name="months">How long after an encounter it still counts.</param>
    internal static Task<Acquaintance> OfAsync(
        AccessDatabase database, Viewer viewer, Guid person, int months, DateTimeOffset now, CancellationToken cancel) =>
        database.ReadAsync(() => ReadAsync(database, viewer, person, months, now, cancel));

    private static async Task<Acquaintance> ReadAsync(
        AccessDatabase database, Viewer viewer, Guid person, int months, DateTimeOffset now, CancellationToken cancel)
    {
        string[] mine = [.. Dorset.Sources.Where(feed => feed.OrganisationCode == viewer.Organisation).Select(feed => feed.Code)];
        await using var batch = database.Source.CreateBatch();
        Places.AddTo(batch, person);
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = mine });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Day(now.AddMonths(-months)) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Day(now) });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = viewer.Session });
        batch.BatchCommands.Add(command);
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var places = await Places.ReadAsync(row, viewer, cancel);
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        return new Acquaintance(places, new PersonFacts
        {
            IsKnown = !places.IsEmpty,
            HasOptedOut = row.GetBoolean(0),
            IsRestricted = row.GetBoolean(1),
            Relations = (row.GetBoolean(2) ? Relations.Registered : default) | (row.GetBoolean(3) ? Relations.Encounter : default)
                | (row.GetBoolean(4) ? Relations.Referral : default) | (row.GetBoolean(5) ? Relations.OpenCase : default),
            IsDeclared = row.GetBoolean(6),
            IsSealBroken = row.GetBoolean(7),
        }, row.GetInt64(8));
    }

    /// <summary>As clinical dates are stored, so that the two compare as text.</summary>
    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
