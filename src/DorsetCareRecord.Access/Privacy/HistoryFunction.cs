using DorsetCareRecord.Access.Directory;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>
/// What the database tells of who looked at a person: only to whoever has just noted that they ask (docs/decisions/0009). The portal's
/// role reads no line of the audit otherwise.
/// </summary>
internal static class HistoryFunction
{
    /// <summary>
    /// A person is every person their identities were part of while they were: a look at a record before a merge, or at one they
    /// were wrongly joined to, is a look at them. Besides looks at the record: searches that showed them, messages of theirs that
    /// were read for repair, and questions asked by their NHS number.
    /// </summary>
    internal const string Sql = $"""
        create or replace function access.is_noted(note bigint, acts text[], whom uuid) returns boolean
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        begin
          return pg_current_xact_id_if_assigned() is null and exists (
            select from access.audit a
            where a.seq = note and a.action = any(acts) and a.outcome = 'allowed' and (a.person_id = whom or a.found @> array[whom])
              and a.occurred_at > clock_timestamp() - interval '10 minutes');
        end $$;
        revoke execute on function access.is_noted(bigint, text[], uuid) from public;

        create or replace function access.history_of(whom uuid, note bigint)
          returns table (seq bigint, occurred_at timestamptz, action text, outcome text, purpose text, sections smallint[], rules text[],
            account_id uuid, name text, role text, organisation text, session_id uuid, shown bigint, withheld text[])
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        #variable_conflict use_column
        begin
          if not access.is_noted(note, array['read-history', 'export-history'], whom) then
            raise exception 'no committed note of this reading' using errcode = 'insufficient_privilege';
          end if;
          return query
            with mine as (select l.home, l.identity_id from record.person_link l where l.person_id = whom and l.ended_at is null),
            persons as (
              select whom as id, '-infinity'::timestamptz as since, 'infinity'::timestamptz as until
              union all
              select l.person_id, l.since, coalesce(l.ended_at, 'infinity') from mine m
              join record.person_link l on l.home = m.home and l.identity_id = m.identity_id where l.person_id <> whom),
            messages as (
              select distinct 'message:' || u.id as about from mine m
              join record.version v on v.home = m.home and v.identity_id = m.identity_id
              cross join lateral (values (v.message_id), (v.last_message_id)) u (id)),
            numbers as (select distinct t.nhs_number from mine m join record.trait t on t.identity_id = m.identity_id),
            noted as (
              select a.seq from persons p join access.audit a on a.person_id = p.id and a.occurred_at >= p.since and a.occurred_at < p.until
              union select a.seq from persons p join access.audit a on a.found @> array[p.id] and a.occurred_at >= p.since and a.occurred_at < p.until
              union select a.seq from messages m join access.audit a on a.action = 'read-message' and a.rules[1] = m.about
              union select a.seq from numbers n join access.audit a on a.action in ('search-messages', 'explain-decision') and a.searched = n.nhs_number)
            select a.seq, a.occurred_at, a.action, a.outcome, a.purpose, a.sections, a.rules, a.account_id, a.name, a.role, a.organisation,
              a.session_id,
              (select coalesce(sum(cardinality(s.entries)), 0)::bigint from access.audit_shown s where s.audit_seq = a.seq),
              array(select w from access.audit_shown s, unnest(s.withheld) w where s.audit_seq = a.seq)
            from noted n join access.audit a on a.seq = n.seq order by a.seq;
        end $$;
        revoke execute on function access.history_of(uuid, bigint) from public;
        grant execute on function access.history_of(uuid, bigint) to {DatabaseRoles.Portal};
        """;
}
