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
        insert into trait (identity_id, home, nhs_number, born_on, family_keys, given_key, family_name, given_names, gender, postcode, deceased)
        select t.identity_id, t.home, t.nhs_number, t.born_on, string_to_array(t.family_keys, E'\x1f'), t.given_key, t.family_name,
          t.given_names, t.gender, t.postcode, t.deceased
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
          t (identity_id, home, nhs_number, born_on, family_keys, given_key, family_name, given_names, gender, postcode, deceased)
        on conflict (identity_id) do update set nhs_number = excluded.nhs_number, born_on = excluded.born_on,
          family_keys = excluded.family_keys, given_key = excluded.given_key, family_name = excluded.family_name,
          given_names = excluded.given_names, gender = excluded.gender, postcode = excluded.postcode, deceased = excluded.deceased
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
    }

    private static NpgsqlBatchCommand TraitCommand(List<PatientState> traits) => new NpgsqlBatchCommand(Traits).With(
        Ids(traits), Homes(traits),
        Arrays.Texts(traits.Select(p => p.Trait.NhsNumber)), Arrays.Texts(traits.Select(p => p.Trait.BornOn)),
        Arrays.Joined(traits.Select(p => p.Trait.FamilyKeys)), Arrays.Texts(traits.Select(p => p.Trait.GivenKey)),
        Arrays.Texts(traits.Select(p => p.Trait.FamilyName)), Arrays.Texts(traits.Select(p => p.Trait.GivenNames)),
        Arrays.Texts(traits.Select(p => p.Trait.Gender)), Arrays.Texts(traits.Select(p => p.Trait.Postcode)),
        Arrays.YesNos(traits.Select(p => p.Trait.Deceased)));

    private static NpgsqlParameter Homes(IEnumerable<PatientState> patients) => Arrays.Ids(patients.Select(p => p.Home!.Value));

    private static NpgsqlParameter Ids(IEnumerable<PatientState> patients) => Arrays.Ids(patients.Select(p => p.IdentityId));

    private static NpgsqlParameter Sources(IEnumerable<PatientState> patients) => Arrays.Texts(patients.Select(p => p.Intake.Patient.Source));

    private static NpgsqlParameter LocalIds(IEnumerable<PatientState> patients) => Arrays.Texts(patients.Select(p => p.Intake.Patient.Id));
}
