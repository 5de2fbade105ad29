using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>New identities and changed traits.</summary>
internal static class IdentityWrites
{
    private const string Persons = "insert into person (id, created_at) select * from unnest($1, $2)";

    private const string Identities = """
        insert into identity (home, id, source, local_id, first_seen_at, own_person_id) select * from unnest($1, $2, $3, $4, $5, $6)
        """;

    private const string Identifiers = """
        insert into identifier (source, local_id, home, identity_id) select * from unnest($1, $2, $3, $4)
        """;

    private const string SeenEarlier = """
        update identity i set first_seen_at = e.at from unnest($1, $2, $3) e (home, id, at) where i.home = e.home and i.id = e.id
        """;

    private const string Traits = """
        insert into trait (identity_id, home, nhs_number, nhs_number_status, born_on, family_keys, given_key, family_name, given_names, gender,
          postcode, deceased)
        select t.identity_id, t.home, t.nhs_number, t.nhs_number_status, t.born_on, string_to_array(t.family_keys, E'\x1f'), t.given_key,
          t.family_name, t.given_names, t.gender, t.postcode, t.deceased
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
          t (identity_id, home, nhs_number, nhs_number_status, born_on, family_keys, given_key, family_name, given_names, gender, postcode, deceased)
        on conflict (identity_id) do update set nhs_number = excluded.nhs_number, nhs_number_status = excluded.nhs_number_status,
          born_on = excluded.born_on, family_keys = excluded.family_keys, given_key = excluded.given_key, family_name = excluded.family_name,
          given_names = excluded.given_names, gender = excluded.gender, postcode = excluded.postcode, deceased = excluded.deceased
        """;

    private const string ForgetNumbers = "delete from former_number f using unnest($1, $2) k (home, id) where f.home = k.home and f.identity_id = k.id";

    private const string Numbers = """
        insert into former_number (home, identity_id, nhs_number, status, held_from, held_until, message_id)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<PatientState> patients)
    {
        var made = patients.Where(p => p.IsNew).ToList();
        if (made.Count > 0)
        {
            var seen = Arrays.Times(made.Select(p => p.FirstSeenAt));
            yield return new NpgsqlBatchCommand(Persons).With(Arrays.Ids(made.Select(p => p.OwnPersonId)), seen);
            yield return new NpgsqlBatchCommand(Identities).With(
                Homes(made), Ids(made), Sources(made), LocalIds(made), Arrays.Times(made.Select(p => p.FirstSeenAt)),
                Arrays.Ids(made.Select(p => p.OwnPersonId)));
            yield return new NpgsqlBatchCommand(Identifiers).With(Sources(made), LocalIds(made), Homes(made), Ids(made));
        }

        var earlier = patients.Where(p => !p.IsNew && p.Intake.SeenAt < p.FirstSeenAt).ToList();
        if (earlier.Count > 0)
            yield return new NpgsqlBatchCommand(SeenEarlier).With(Homes(earlier), Ids(earlier), Arrays.Times(earlier.Select(p => p.Intake.SeenAt)));

        var traits = patients.Where(p => p.IsNew || p.Trait != p.TraitBefore).ToList();
        if (traits.Count > 0)
            yield return TraitCommand(traits);
        foreach (var command in NumberCommands([.. patients.Where(p => p.FormerNumbers is { } now && !now.SequenceEqual(p.FormerNumbersBefore))]))
            yield return command;
    }

    private static IEnumerable<NpgsqlBatchCommand> NumberCommands(List<PatientState> changed)
    {
        if (changed.Count == 0)
            yield break;
        yield return new NpgsqlBatchCommand(ForgetNumbers).With(Homes(changed), Ids(changed));
        var rows = changed.SelectMany(p => p.FormerNumbers!.Select(n => (Patient: p, Number: n))).ToList();
        if (rows.Count > 0)
        {
            yield return new NpgsqlBatchCommand(Numbers).With(
                Homes(rows.Select(r => r.Patient)), Ids(rows.Select(r => r.Patient)),
                Arrays.Texts(rows.Select(r => r.Number.Number)), Arrays.Texts(rows.Select(r => r.Number.Status)),
                Arrays.Times(rows.Select(r => r.Number.From)), Arrays.Times(rows.Select(r => r.Number.Until)),
                Arrays.Longs(rows.Select(r => r.Number.MessageId)));
        }
    }

    private static NpgsqlBatchCommand TraitCommand(List<PatientState> traits) => new NpgsqlBatchCommand(Traits).With(
        Ids(traits), Homes(traits),
        Arrays.Texts(traits.Select(p => p.Trait.NhsNumber)), Arrays.Texts(traits.Select(p => p.Trait.NhsNumberStatus)),
        Arrays.Texts(traits.Select(p => p.Trait.BornOn)),
        Arrays.Joined(traits.Select(p => p.Trait.FamilyKeys)), Arrays.Texts(traits.Select(p => p.Trait.GivenKey)),
        Arrays.Texts(traits.Select(p => p.Trait.FamilyName)), Arrays.Texts(traits.Select(p => p.Trait.GivenNames)),
        Arrays.Texts(traits.Select(p => p.Trait.Gender)), Arrays.Texts(traits.Select(p => p.Trait.Postcode)),
        Arrays.YesNos(traits.Select(p => p.Trait.Deceased)));

    private static NpgsqlParameter Homes(IEnumerable<PatientState> patients) => Arrays.Ids(patients.Select(p => p.Home!.Value));

    private static NpgsqlParameter Ids(IEnumerable<PatientState> patients) => Arrays.Ids(patients.Select(p => p.IdentityId));

    private static NpgsqlParameter Sources(IEnumerable<PatientState> patients) => Arrays.Texts(patients.Select(p => p.Intake.Patient.Source));

    private static NpgsqlParameter LocalIds(IEnumerable<PatientState> patients) => Arrays.Texts(patients.Select(p => p.Intake.Patient.Id));
}
