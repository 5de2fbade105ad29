using System.Globalization;
using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.Dialects.SocialCare;

/// <summary>The files of an adults' extract.</summary>
/// <param name="lacks">Columns a council's system does not have, as <c>file:column</c>.</param>
/// <param name="takenAt">When the extract is taken.</param>
internal sealed class AdultTables(IReadOnlyCollection<string> lacks, DateTimeOffset takenAt)
{
    private readonly CsvTable _persons = Table(lacks, "person.csv",
        "person_id", "nhs_number", "nhs_number_status", "title", "forename", "surname", "preferred_name", "dob", "dob_estimated",
        "gender", "ethnicity_code", "first_language", "interpreter_required", "communication_needs", "address_line1",
        "address_line2", "address_line3", "address_line4", "postcode", "uprn", "telephone", "mobile", "email", "gp_practice_ods",
        "date_of_death", "restricted_flag", "updated_at");

    private readonly CsvTable _relations = Table(lacks, "relationship.csv",
        "relationship_id", "person_id", "related_person_id", "name", "relationship_code", "role_code", "is_main_contact", "phone",
        "email", "address", "lpa_type", "lpa_registered_date", "start_date", "end_date");

    private readonly CsvTable _involvements = Table(lacks, "involvement.csv",
        "involvement_id", "person_id", "worker_name", "worker_role", "team_name", "team_phone", "team_email", "is_primary",
        "start_date", "end_date");

    private readonly CsvTable _services = Table(lacks, "service.csv",
        "service_id", "person_id", "service_category", "service_type", "description", "provider_name", "provider_cqc_location_id",
        "provider_phone", "delivery_mechanism", "planned_hours_per_week", "frequency_text", "start_date", "planned_end_date",
        "end_date", "end_reason", "funding", "status");

    private readonly CsvTable _referrals = Table(lacks, "contact_referral.csv",
        "referral_id", "person_id", "received_at", "source_code", "source_name", "reason_code", "team", "status", "outcome", "closed_at");

    private readonly CsvTable _assessments = Table(lacks, "assessment.csv",
        "assessment_id", "person_id", "type_code", "start_date", "end_date", "outcome_code", "eligible_flag", "assessor_team");

    private readonly CsvTable _alerts = Table(lacks, "alert.csv",
        "alert_id", "person_id", "category", "type_code", "text", "active", "start_date", "review_date", "end_date", "share_level");

    private readonly CsvTable _plans = Table(lacks, "plan.csv",
        "plan_id", "person_id", "plan_type", "category", "status", "start_date", "review_due", "end_date", "lead_worker");

    private readonly CsvTable _legal = Table(lacks, "legal.csv",
        "legal_id", "person_id", "legal_type", "detail", "active", "start_date", "review_date", "end_date");

    private readonly CsvTable _aboutMe = Table(lacks, "aboutme.csv", "aboutme_id", "person_id", "heading", "text", "author", "updated_at");

    private readonly CsvTable _equipment = Table(lacks, "equipment.csv",
        "equipment_id", "person_id", "description", "category", "status", "delivered_date", "review_date", "returned_date", "supplier_name");

    private readonly CsvTable _accommodation = Table(lacks, "accommodation.csv",
        "accommodation_id", "person_id", "type_code", "tenure", "address", "postcode", "lives_alone", "access_notes", "start_date", "end_date");

    public IEnumerable<CsvTable> All =>
    [
        _persons, _relations, _involvements, _services, _referrals, _assessments, _alerts, _plans, _legal, _aboutMe, _equipment, _accommodation,
    ];

    public void Add(Person person, CouncilRecord record)
    {
        var id = record.PersonId;
        AddPerson(person, record);
        foreach (var one in record.Relations)
        {
            _relations.Row(one.Id, id, null, one.Name, one.Relationship, one.Role, Csv.Yes(one.IsMainContact), one.Phone, one.Email,
                one.Address, one.LpaType, Csv.Day(one.LpaRegistered), Csv.Day(one.Started), null);
        }

        foreach (var one in record.Involvements)
        {
            _involvements.Row(one.Id, id, one.Worker, one.Role, one.Team, one.Phone, one.Email, Csv.Yes(one.IsPrimary), Csv.Day(one.Started),
                Csv.Day(one.Ended));
        }

        foreach (var one in record.Services)
        {
            _services.Row(one.Id, id, one.Category, one.Type, one.Description, one.Provider, one.ProviderLocation, one.ProviderPhone, one.Delivery,
                one.HoursPerWeek?.ToString("0.##", CultureInfo.InvariantCulture), one.Frequency, Csv.Day(one.Started), Csv.Day(one.PlannedEnd),
                Csv.Day(one.Ended), one.EndReason, one.Funding, one.Status);
        }

        foreach (var one in record.Referrals)
        {
            _referrals.Row(one.Id, id, one.Received.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), one.SourceCode, one.Source,
                one.Reason, one.Team, one.Status, one.Outcome, Csv.Day(one.Closed));
        }

        foreach (var one in record.Alerts)
        {
            _alerts.Row(one.Id, id, one.Category, one.Type, one.Text, Csv.Yes(one.IsActive), Csv.Day(one.Started), Csv.Day(one.Review),
                Csv.Day(one.Ended), one.ShareLevel);
        }

        AddDetails(id, record.Details);
    }

    private void AddDetails(string id, CareDetails details)
    {
        foreach (var one in details.Assessments)
            _assessments.Row(one.Id, id, one.Type, Csv.Day(one.Started), Csv.Day(one.Ended), one.Outcome, one.IsEligible is { } so ? Csv.Yes(so) : null, one.Team);
        foreach (var one in details.Plans)
            _plans.Row(one.Id, id, one.Type, one.Category, one.Status, Csv.Day(one.Started), Csv.Day(one.Review), Csv.Day(one.Ended), one.LeadWorker);
        foreach (var one in details.LegalStatuses)
            _legal.Row(one.Id, id, one.Type, one.Detail, Csv.Yes(one.IsActive), Csv.Day(one.Started), Csv.Day(one.Review), Csv.Day(one.Ended));
        foreach (var one in details.AboutMe)
            _aboutMe.Row(one.Id, id, one.Heading, one.Text, one.Author, Csv.Day(one.Updated));
        foreach (var one in details.Equipment)
            _equipment.Row(one.Id, id, one.Description, one.Category, one.Status, Csv.Day(one.Delivered), null, Csv.Day(one.Returned), one.Supplier);
        foreach (var one in details.Homes)
            _accommodation.Row(one.Id, id, one.Type, one.Tenure, one.Address, one.Postcode, Csv.Yes(one.LivesAlone), one.Access, Csv.Day(one.Since), null);
    }

    private void AddPerson(Person person, CouncilRecord record) => _persons.Row(
        record.PersonId, record.NhsNumber, record.NhsNumber is null ? null : "02", person.Title, person.Forename, person.Surname, null,
        Csv.Day(person.Born), "N", person.Sex == Sex.Female ? "F" : "M", person.Ethnicity, person.Language,
        Csv.Yes(person.Language != "en" && person.Index % 2 == 0), record.CommunicationNeeds, person.Home.Address.Line1,
        person.Home.Address.Line2, person.Home.Address.PostTown, "Dorset", person.Home.Address.Postcode, null, person.Home.Telephone,
        person.Mobile, person.Email, person.Practice.Ods, Csv.Day(person.Died), "N",
        takenAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private static CsvTable Table(IReadOnlyCollection<string> lacks, string file, params string[] columns) =>
        new(file, columns) { Omitted = [.. columns.Where(column => lacks.Contains($"{file}:{column}"))] };
}

/// <summary>Cells as councils write them.</summary>
internal static class Csv
{
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Yes(bool so) => so ? "Y" : "N";
}
