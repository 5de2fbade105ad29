using System.Globalization;
using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.Dialects.SocialCare;

/// <summary>A council's nightly extract, as docs/feeds/socialcare.md lays it out.</summary>
internal static class CouncilExtract
{
    public static readonly IReadOnlyDictionary<string, (string Code, string System)> Councils = new Dictionary<string,
        (string, string)>
    {
        ["dcc"] = ("815", "Mosaic"),
        ["bbc"] = ("810", "CareDirector"),
        ["bop"] = ("813", "Liquidlogic"),
    };

    /// <param name="scope">FULL or DELTA.</param>
    /// <param name="takenAt">With offset.</param>
    public static Extract Of(string council, string scope, DateTimeOffset takenAt, IEnumerable<History> people)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{council}-{takenAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{scope.ToLowerInvariant()}");
        var extract = new Extract(name, scope, Councils[council].System, Councils[council].Code, takenAt);
        var persons = new CsvTable("person.csv", "person_id", "nhs_number", "nhs_number_status", "title", "forename", "surname",
            "preferred_name", "dob", "dob_estimated",
            "gender", "ethnicity_code", "first_language", "interpreter_required", "communication_needs", "address_line1",
                "address_line2", "address_line3", "address_line4",
            "postcode", "uprn", "telephone", "mobile", "email", "gp_practice_ods", "date_of_death", "restricted_flag",
                "updated_at");
        var relations = new CsvTable("relationship.csv", "relationship_id", "person_id", "related_person_id", "name",
            "relationship_code", "role_code", "is_main_contact",
            "phone", "email", "address", "lpa_type", "lpa_registered_date", "start_date", "end_date");
        var involvements = new CsvTable("involvement.csv", "involvement_id", "person_id", "worker_name", "worker_role",
            "team_name", "team_phone", "team_email", "is_primary",
            "start_date", "end_date");
        var services = new CsvTable("service.csv", "service_id", "person_id", "service_category", "service_type", "description",
            "provider_name", "provider_cqc_location_id",
            "provider_phone", "delivery_mechanism", "planned_hours_per_week", "frequency_text", "start_date",
                "planned_end_date", "end_date", "end_reason", "funding", "status");
        var referrals = new CsvTable("contact_referral.csv", "referral_id", "person_id", "received_at", "source_code",
            "source_name", "reason_code", "team", "status", "outcome",
            "closed_at");
        var alerts = new CsvTable("alert.csv", "alert_id", "person_id", "category", "type_code", "text", "active", "start_date",
            "review_date", "end_date", "share_level");
        foreach (var history in people)
        {
            if (history.Council is not { } record || record.Council != council)
                continue;
            Person(persons, history.Person, record, takenAt);
            foreach (var one in record.Relations)
            {
                relations.Row(one.Id, record.PersonId, null, one.Name, one.Relationship, one.Role, Yes(one.IsMainContact),
                    one.Phone, one.Email, one.Address, one.LpaType,
                    Day(one.LpaRegistered), Day(one.Started), null);
            }

            foreach (var one in record.Involvements)
                involvements.Row(one.Id, record.PersonId, one.Worker, one.Role, one.Team, one.Phone, one.Email,
                    Yes(one.IsPrimary), Day(one.Started), Day(one.Ended));
            foreach (var one in record.Services)
            {
                services.Row(one.Id, record.PersonId, one.Category, one.Type, one.Description, one.Provider,
                    one.ProviderLocation, one.ProviderPhone, one.Delivery,
                    one.HoursPerWeek?.ToString("0.##", CultureInfo.InvariantCulture), one.Frequency, Day(one.Started),
                        Day(one.PlannedEnd), Day(one.Ended), one.EndReason, one.Funding,
                    one.Status);
            }

            foreach (var one in record.Referrals)
            {
                referrals.Row(one.Id, record.PersonId,
                    one.Received.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), one.SourceCode, one.Source,
                    one.Reason, one.Team,
                    one.Status, one.Outcome, Day(one.Closed));
            }

            foreach (var one in record.Alerts)
                alerts.Row(one.Id, record.PersonId, one.Category, one.Type, one.Text, Yes(one.IsActive), Day(one.Started),
                    Day(one.Review), Day(one.Ended), one.ShareLevel);
        }

        foreach (var table in (ReadOnlySpan<CsvTable>)[persons, relations, involvements, services, referrals, alerts])
            extract.Add(table);
        return extract;
    }

    private static void Person(CsvTable persons, Person person, CouncilRecord record, DateTimeOffset takenAt) => persons.Row(
        record.PersonId, record.NhsNumber, record.NhsNumber is null ? null : "02", person.Title, person.Forename,
            person.Surname, null, Day(person.Born), "N",
        person.Sex == Sex.Female ? "F" : "M", person.Ethnicity, person.Language,
            Yes(person.Language != "en" && person.Index % 2 == 0), record.CommunicationNeeds,
        person.Home.Address.Line1, person.Home.Address.Line2, person.Home.Address.PostTown, "Dorset",
            person.Home.Address.Postcode, null, person.Home.Telephone, person.Mobile,
        person.Email, person.Practice.Ods, Day(person.Died), "N",
            takenAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Yes(bool so) => so ? "Y" : "N";
}
