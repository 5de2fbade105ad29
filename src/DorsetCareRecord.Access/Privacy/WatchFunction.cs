using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>
/// The rules of <see cref="WatchRules"/> over what the audit has gained since they were last asked. They run inside the database, with its
/// owner's right: the portal starts them and reads what they raised, and never the audit. A chain has no gaps and grows at its end
/// only, so the place of each chain says exactly what was watched; an alert that is noticed twice is one (<c>once</c>).
/// </summary>
internal static class WatchFunction
{
    /// <summary>Any number, the same in every process.</summary>
    private const long Lock = 0x0DC2_3A7C4;

    /// <summary>A person at a screen; a page that refreshes itself looks at nobody.</summary>
    private const string LookActs =
        "'view', 'view-as-known', 'open-letter', 'open-report', 'download-letter', 'open-changes', 'search-inside', 'print', 'export'";

    private static readonly string Feeds =
        string.Join(", ", Dorset.Sources.Select(feed => $"('{feed.Code}', '{feed.OrganisationCode}')"));

    private static string On(string rule) => $"exists (select from rules r where r.rule = '{rule}')";

    private static string Limit(string rule, string name) => $"(select (r.limits ->> '{name}')::int from rules r where r.rule = '{rule}')";

    /// <summary>What a person's own rows say that a staff list might say too.</summary>
    private const string Keys = """
        select person_id, 'number' as kind, nhs_number as value from traits where nhs_number is not null
        union select person_id, 'born', f || '|' || given_key || '|' || born_on from traits, unnest(family_keys) f
          where given_key is not null and born_on is not null
        union select t.person_id, 'house', f || '|' || replace(h.postcode, ' ', '') || '|' || substring(h.address from '[0-9]+')
          from traits t join homes h on h.person_id = t.person_id, unnest(t.family_keys) f
          where h.postcode is not null and h.address ~ '[0-9]'
        union select t.person_id, 'phone', f || '|' || right(regexp_replace(n.number, '[^0-9]', '', 'g'), 10)
          from traits t join numbers n on n.person_id = t.person_id, unnest(t.family_keys) f
          where length(regexp_replace(n.number, '[^0-9]', '', 'g')) >= 10
        union select person_id, 'contact', upper(regexp_replace(split_part(name, ',', 1), '[^[:alpha:]]', '', 'g'))
            || '|' || upper(substring(split_part(name, ',', 2) from '[[:alpha:]]+'))
          from contacts where position(',' in name) > 0
        """;

    internal static readonly string Sql = $"""
        create or replace function access.staff_hash(kind text, value text) returns bytea
          language sql stable security definer set search_path = pg_catalog, pg_temp as
        $$ select sha256(s.salt || convert_to(kind || ':' || value, 'UTF8')) from access.staff_salt s $$;
        revoke execute on function access.staff_hash(text, text) from public;

        create or replace function access.watch_at(moment timestamptz) returns int
          language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        declare
          chains text[];
          ends bigint[];
          raised int;
        begin
          if not pg_try_advisory_xact_lock({Lock}) then
            return 0;
          end if;
          select coalesce(array_agg(h.chain), array[]::text[]), coalesce(array_agg(least(h.link, coalesce(p.link, 0) + 100000)), array[]::bigint[])
            into chains, ends
            from access.audit_head h left join access.watch_place p on p.chain = h.chain where h.link > coalesce(p.link, 0);
          if not exists (select from access.watch_pace where learnt_at > moment - interval '1 day') then
            insert into access.watch_pace (role, an_hour, learnt_at)
              select h.role, percentile_disc(0.995) within group (order by h.n), moment from (
                select a.role, count(distinct a.person_id)::int as n from access.audit a
                where a.occurred_at > moment - interval '30 days' and a.occurred_at <= moment and a.person_id is not null and a.role is not null
                  and a.action in ({LookActs})
                group by a.role, a.account_id, date_trunc('hour', a.occurred_at)) h
              group by h.role
              on conflict (role) do update set an_hour = excluded.an_hour, learnt_at = excluded.learnt_at;
          end if;

          with rules as materialized (
            select r.rule, r.limits from access.watch_rule r where r.valid_from <= moment and (r.valid_to is null or r.valid_to > moment)),
          feeds (source, organisation) as (values {Feeds}),
          fresh as materialized (
            select a.seq, a.occurred_at, (a.occurred_at at time zone 'Europe/London')::date as day, a.action, a.outcome, a.account_id, a.subject, a.role,
              a.organisation, a.person_id, a.rules, a.sections, a.found
            from unnest(chains, ends) e (chain, upto) left join access.watch_place p on p.chain = e.chain
            join access.audit a on a.chain = e.chain and a.link > coalesce(p.link, 0) and a.link <= e.upto
            where a.account_id is not null),
          looks as materialized (
            select * from fresh f where f.person_id is not null and f.outcome = 'allowed' and f.action in ({LookActs})),
          -- A human may have an account at each of several organisations: what somebody is to a person, and how much they do, goes by all of them.
          humans as materialized (
            select f.account_id, f.organisation, array_agg(distinct k.id) as accounts, array_agg(distinct k.organisation) as employers
            from (select distinct account_id, organisation from fresh) f
            cross join lateral (
              select f.account_id as id, f.organisation
              union select k.id, k.organisation_code from access.account a
                join access.account k on k.subject = a.subject and (k.issuer = a.issuer or '*' in (k.issuer, a.issuer)) where a.id = f.account_id) k
            group by f.account_id, f.organisation),
          pairs as materialized (
            select l.account_id, l.subject, l.role, l.organisation, h.employers, l.person_id, l.day, min(l.occurred_at) as seen
            from looks l join humans h using (account_id, organisation)
            group by l.account_id, l.subject, l.role, l.organisation, h.employers, l.person_id, l.day),
          identities as materialized (
            select p.person_id, l.home, l.identity_id from (select distinct person_id from pairs) p
            join record.person_link l on l.person_id = p.person_id and l.ended_at is null),
          traits as materialized (
            select i.person_id, t.nhs_number, t.family_keys, t.given_key, t.born_on from identities i
            join record.trait t on t.identity_id = i.identity_id),
          homes as materialized (
            select i.person_id, d.address, d.postcode, d.telephone, d.mobile, d.died_on from identities i
            join record.demographics d on d.home = i.home and d.identity_id = i.identity_id and not d.ended),
          contacts as materialized (
            select i.person_id, c.name, c.telephone, c.mobile from identities i
            join record.contact c on c.home = i.home and c.identity_id = i.identity_id and not c.ended),
          numbers as (
            select person_id, telephone as number from homes union select person_id, mobile from homes
            union select person_id, telephone from contacts union select person_id, mobile from contacts),
          keys as materialized ({Keys}),
          staff as materialized (
            select k.person_id, k.kind, s.organisation_code as organisation, s.subject from keys k
            join access.staff_key s on s.hash = access.staff_hash(k.kind, k.value) and s.kind = k.kind),
          own as materialized (
            select p.* from pairs p where exists (select from staff s
              where s.person_id = p.person_id and s.organisation = any(p.employers) and s.subject = p.subject and s.kind in ('number', 'born'))),
          others as materialized (
            select p.* from pairs p where not exists (select from own o where o.account_id = p.account_id and o.person_id = p.person_id)),
          -- People opened in the hour before each look. A person counts from a look until the next at them, an hour at most; so one pass over
          -- the looks in their order counts them all, where counting anew at each look would be work by the square of a busy hour.
          stays as (
            select l.accounts, a.account_id, a.organisation, a.role, a.occurred_at >= l.since as is_new, a.occurred_at as at,
              least(a.occurred_at + interval '1 hour', lead(a.occurred_at) over (partition by l.accounts, a.person_id order by a.occurred_at)) as upto
            from (select h.accounts, min(f.occurred_at) as since, max(f.occurred_at) as upto
              from looks f join humans h using (account_id, organisation) group by h.accounts) l
            join access.audit a on a.account_id = any(l.accounts) and a.occurred_at > l.since - interval '1 hour' and a.occurred_at <= l.upto
            where a.person_id is not null and a.outcome = 'allowed' and a.action in ({LookActs})),
          crowds as (
            select account_id, organisation, role, is_new, at, (sum(one) over (partition by accounts order by at))::int as n from (
              select accounts, account_id, organisation, role, is_new, at, 1 as one from stays
              union all select accounts, account_id, null, null, false, upto, -1 from stays) s),
          noticed (rule, organisation, account_id, person_id, seen, once, reason) as (
            select 'P3', o.organisation, o.account_id, o.person_id, o.seen, concat_ws('|', 'P3', o.account_id, o.person_id, o.day), 'Own record'
            from own o where {On("P3")}

            union all
            select 'P4', p.organisation, p.account_id, p.person_id, p.seen, concat_ws('|', 'P4', p.account_id, p.person_id, p.day),
              (select string_agg(distinct case s.kind when 'house' then 'Same surname and house' when 'phone' then 'Same surname and telephone'
                else 'Listed as a contact' end, ', ') from staff s
                where s.person_id = p.person_id and s.organisation = any(p.employers) and s.subject = p.subject)
            from others p where {On("P4")} and exists (select from staff s
              where s.person_id = p.person_id and s.organisation = any(p.employers) and s.subject = p.subject and s.kind in ('house', 'phone', 'contact'))

            union all
            select 'P5', p.organisation, p.account_id, p.person_id, p.seen, concat_ws('|', 'P5', p.account_id, p.person_id, p.day),
              'A colleague without contact with the organisation lately'
            from others p where {On("P5")} and exists (select from staff s
              where s.person_id = p.person_id and s.organisation = any(p.employers) and s.subject <> p.subject and s.kind in ('number', 'born'))
              and not exists (
                select from identities i join record.encounter e on e.home = i.home and e.identity_id = i.identity_id
                join feeds f on f.source = e.source and f.organisation = p.organisation
                where i.person_id = p.person_id and e.start_at <= to_char(p.seen + make_interval(days => {Limit("P5", "days")}), 'YYYY-MM-DD')
                  and coalesce(e.end_at, case when e.status = {(int)EncounterStatus.InProgress} and not e.ended then '9999' else e.start_at end)
                    >= to_char(p.seen - make_interval(days => {Limit("P5", "days")}), 'YYYY-MM-DD'))

            union all
            select 'P6', a.organisation, a.account_id, a.person_id, min(a.occurred_at), concat_ws('|', 'P6', a.account_id, a.person_id, a.day),
              'On the watch list'
            from (
              select l.organisation, l.account_id, l.person_id, l.occurred_at, l.day from looks l
              where exists (select from traits t join access.watched_person w on w.nhs_number = t.nhs_number
                where t.person_id = l.person_id and w.valid_from <= moment and (w.valid_to is null or w.valid_to > moment))
              union all -- whoever has just been put on the list: those who looked in the days before
              select a.organisation, a.account_id, a.person_id, a.occurred_at, (a.occurred_at at time zone 'Europe/London')::date
              from access.watched_person w join record.trait t on t.nhs_number = w.nhs_number
              join record.person_link l on l.identity_id = t.identity_id and l.ended_at is null
              join access.audit a on a.person_id = l.person_id and a.occurred_at <= moment
                and a.occurred_at > w.made_at - make_interval(days => {Limit("P6", "days")})
                and a.outcome = 'allowed' and a.action in ({LookActs})
              where w.made_at > moment - interval '1 day' and (w.valid_to is null or w.valid_to > moment)) a
            where {On("P6")} group by a.organisation, a.account_id, a.person_id, a.day

            union all
            select 'P7', c.organisation, null, c.person_id, c.upto, concat_ws('|', 'P7', c.organisation, c.person_id, (c.upto at time zone 'Europe/London')::date),
              c.strangers || ' users without contact, ' || c.anybody || ' in all, opened one person in a day'
            from (
              select x.person_id, x.upto, a.organisation,
                sum(count(distinct a.account_id) filter (where a.rules && array['4:declared', '4:seal-broken'])) over w as strangers,
                sum(count(distinct a.account_id)) over w as anybody,
                count(distinct a.account_id) filter (where a.rules && array['4:declared', '4:seal-broken']) as ours
              from (select person_id, max(occurred_at) as upto from looks group by person_id) x
              join access.audit a on a.person_id = x.person_id and a.occurred_at <= x.upto
                and a.occurred_at > x.upto - make_interval(hours => {Limit("P7", "hours")}) and a.outcome = 'allowed' and a.action in ({LookActs})
              group by x.person_id, x.upto, a.organisation window w as (partition by x.person_id)) c
            where {On("P7")} and (c.strangers >= {Limit("P7", "users")} and c.ours > 0 or c.anybody >= {Limit("P7", "anybody")})

            union all
            select 'P8', f.organisation, f.account_id, null, f.seen, concat_ws('|', 'P8', f.account_id, f.day), f.n || ' people opened in one hour'
            from (
              select c.account_id, c.organisation, c.role, (c.at at time zone 'Europe/London')::date as day, max(c.n) as n, min(c.at) as seen
              from crowds c where c.is_new and c.n >= {Limit("P8", "people")} group by c.account_id, c.organisation, c.role, 4) f
            left join access.watch_pace p on p.role = f.role
            cross join lateral (
              select max(h.n) as most from (
                select count(distinct a.person_id) as n from access.audit a where a.account_id = f.account_id
                  and a.occurred_at > f.seen - make_interval(days => {Limit("P8", "days")}) and a.occurred_at < f.seen - interval '1 hour'
                  and a.outcome = 'allowed' and a.action in ({LookActs})
                group by date_trunc('hour', a.occurred_at)) h) mine
            where {On("P8")} and (f.n > {Limit("P8", "times")} * mine.most or f.n > 2 * coalesce(p.an_hour, {Limit("P8", "people")} / 2))

            union all
            select 'P9', s.organisation, s.account_id, null, min(s.occurred_at), concat_ws('|', 'P9', s.account_id, s.day),
              max(c.misses) || ' searches found nobody in one hour, ' || max(c.walked) || ' numbers were one after another'
            from fresh s join humans h using (account_id, organisation) cross join lateral (
              select count(*) filter (where n.missed) as misses, count(*) filter (where n.number - n.before between 1 and 2) as walked from (
                select cardinality(a.found) = 0 as missed, d.number, lag(d.number) over (order by d.number) as before
                from access.audit a cross join lateral (select case when length(regexp_replace(a.searched, '[^0-9]', '', 'g')) = 10
                  then left(regexp_replace(a.searched, '[^0-9]', '', 'g'), 9)::bigint end as number) d
                where a.account_id = any(h.accounts) and a.action = 'search' and a.occurred_at <= s.occurred_at
                  and a.occurred_at > s.occurred_at - interval '1 hour') n) c
            where {On("P9")} and s.action = 'search' and (c.misses > {Limit("P9", "misses")} or c.walked >= {Limit("P9", "walked")})
              and not exists (select from access.alert x -- the search itself told it already
                where x.rule = 'P9' and x.account_id = s.account_id and x.raised_at > s.occurred_at - interval '1 hour')
            group by s.organisation, s.account_id, s.day

            union all
            select 'P10', p.organisation, p.account_id, p.person_id, p.seen, concat_ws('|', 'P10', p.account_id, p.person_id, p.day), 'Died long ago'
            from pairs p where {On("P10")} and exists (select from homes h
              where h.person_id = p.person_id and h.died_on < to_char(p.seen - make_interval(days => {Limit("P10", "days")}), 'YYYY-MM-DD'))

            union all
            select 'P10', p.organisation, p.account_id, null, min(p.seen), concat_ws('|', 'P10', p.account_id, 'hours', p.day), 'At an hour that is not usual for the role'
            from pairs p where {On("P10")} and p.role in (select jsonb_array_elements_text(r.limits -> 'roles') from rules r where r.rule = 'P10')
              and (extract(hour from p.seen at time zone 'Europe/London') >= {Limit("P10", "late")}
                or extract(hour from p.seen at time zone 'Europe/London') < {Limit("P10", "early")})
            group by p.organisation, p.account_id, p.day

            union all
            select 'P11', l.organisation, l.account_id, null, min(l.occurred_at), concat_ws('|', 'P11', l.account_id, l.day),
              max(c.n) || ' papers and files in one hour'
            from looks l join humans h using (account_id, organisation) cross join lateral (
              select count(*) as n from access.audit a where a.account_id = any(h.accounts) and a.action in ('print', 'export', 'download-letter')
                and a.occurred_at <= l.occurred_at and a.occurred_at > l.occurred_at - interval '1 hour') c
            where {On("P11")} and l.action in ('print', 'export', 'download-letter') and c.n >= {Limit("P11", "documents")}
            group by l.organisation, l.account_id, l.day

            union all
            select 'P12', f.organisation, f.account_id, f.person_id, f.occurred_at, concat_ws('|', 'P12', f.seq),
              case when f.account_id = any(f.found) then 'Tried to change their own account: ' else '' end || f.action || ', ' || f.outcome
            from fresh f where {On("P12")} and (f.action in (select jsonb_array_elements_text(r.limits -> 'acts') from rules r where r.rule = 'P12')
              or (f.action in ('set-role', 'enable-account', 'record-training', 'keep-user') and f.account_id = any(f.found)))

            union all -- letters and reports print addresses; of the pages, those of contacts, carers and letters alone tell a place
            select 'P13', l.organisation, l.account_id, l.person_id, min(l.occurred_at), concat_ws('|', 'P13', l.account_id, l.person_id, l.day),
              count(*) || ' tries, refused'
            from looks l where {On("P13")} and '5:restricted-opened-with-reason' = any(l.rules)
              and (l.action in ('open-letter', 'download-letter', 'open-report')
                or l.action in ('view', 'view-as-known', 'print', 'export') and l.sections <@ array[1, 2, 5, 7, 8, 9, 10]::smallint[]
                  and l.sections && array[7, 8, 9]::smallint[])
            group by l.organisation, l.account_id, l.person_id, l.day)
          insert into access.alert (id, raised_at, rule, organisation_code, feeds, account_id, person_id, reason, once, seen_at)
            select gen_random_uuid(), moment, n.rule, n.organisation, array(
              select distinct i.source from record.person_link l join record.identity i on i.home = l.home and i.id = l.identity_id
              where l.person_id = n.person_id and l.ended_at is null), n.account_id::uuid, n.person_id, n.reason, n.once, n.seen
            from noticed n on conflict (once) do nothing;
          get diagnostics raised = row_count;
          insert into access.watch_place (chain, link) select e.chain, e.upto from unnest(chains, ends) e (chain, upto)
            on conflict (chain) do update set link = excluded.link;
          return raised;
        end $$;
        revoke execute on function access.watch_at(timestamptz) from public;

        create or replace function access.watch() returns int
          language sql security definer set search_path = pg_catalog, pg_temp as $$ select access.watch_at(clock_timestamp()) $$;
        revoke execute on function access.watch() from public;
        grant execute on function access.watch() to {DatabaseRoles.Portal};

        create or replace function access.looks_of(which uuid, note bigint)
          returns table (seq bigint, occurred_at timestamptz, action text, outcome text, purpose text, sections smallint[], rules text[],
            account_id uuid, name text, role text, organisation text, session_id uuid, shown bigint, withheld text[])
          language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        #variable_conflict use_column
        begin
          if not access.is_noted(note, array['read-alert'], which) then
            raise exception 'no committed note of this reading' using errcode = 'insufficient_privilege';
          end if;
          return query
            select a.seq, a.occurred_at, a.action, a.outcome, a.purpose, a.sections, a.rules, a.account_id, a.name, a.role, a.organisation,
              a.session_id, 0::bigint, array[]::text[]
            from access.alert x join access.audit a on a.occurred_at >= coalesce(x.seen_at, x.raised_at) - interval '24 hours'
              and a.occurred_at <= coalesce(x.seen_at, x.raised_at) + interval '24 hours'
              and (x.account_id is null or a.account_id = x.account_id) and (x.person_id is null or a.person_id = x.person_id)
            where x.id = which and a.action <> 'live-refresh' order by a.seq limit 300;
        end $$;
        revoke execute on function access.looks_of(uuid, bigint) from public;
        grant execute on function access.looks_of(uuid, bigint) to {DatabaseRoles.Portal};
        """;
}
