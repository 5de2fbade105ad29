using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.Dialects.SocialCare;

/// <summary>The files of a children's extract, by the names of the standard safeguarding dataset.</summary>
internal sealed class ChildTables
{
    private readonly CsvTable _persons = new("ssd_person.csv",
        "pers_person_id", "pers_forename", "pers_surname", "pers_sex", "pers_dob", "pers_ethnicity", "pers_nhs_number", "pers_death_date");

    private readonly CsvTable _professionals = new("ssd_professionals.csv", "prof_professional_id", "prof_professional_name");
    private readonly CsvTable _departments = new("ssd_department.csv", "dept_team_id", "dept_team_name");

    private readonly CsvTable _involvements = new("ssd_involvements.csv",
        "invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_professional_role_id", "invo_professional_team",
        "invo_involvement_start_date", "invo_involvement_end_date");

    private readonly CsvTable _referrals = new("ssd_cin_episodes.csv",
        "cine_referral_id", "cine_person_id", "cine_referral_date", "cine_cin_primary_need_code", "cine_referral_source_code",
        "cine_referral_nfa", "cine_close_date", "cine_referral_team", "cine_referral_worker_id");

    private readonly CsvTable _earlyHelp = new("ssd_early_help_episodes.csv",
        "earl_episode_id", "earl_person_id", "earl_episode_start_date", "earl_episode_end_date", "earl_episode_organisation");

    private readonly CsvTable _needPlans = new("ssd_cin_plans.csv",
        "cinp_cin_plan_id", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "cinp_cin_plan_team", "cinp_cin_plan_worker_id");

    private readonly CsvTable _protectionPlans = new("ssd_cp_plans.csv",
        "cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category");

    private readonly CsvTable _careEpisodes = new("ssd_cla_episodes.csv",
        "clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date", "clae_cla_primary_need_code");

    private readonly CsvTable _placements = new("ssd_cla_placement.csv",
        "clap_cla_placement_id", "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date", "clap_cla_placement_type");

    private readonly CsvTable _legal = new("ssd_legal_status.csv",
        "lega_legal_status_id", "lega_person_id", "lega_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date");

    private readonly CsvTable _disabilities = new("ssd_disability.csv", "disa_table_id", "disa_person_id", "disa_disability_code");

    private readonly CsvTable _enquiries = new("ssd_s47_enquiry.csv",
        "s47e_s47_enquiry_id", "s47e_person_id", "s47e_s47_start_date", "s47e_s47_end_date", "s47e_s47_nfa");

    private readonly HashSet<string> _teams = [];

    public IEnumerable<CsvTable> All =>
    [
        _persons, _professionals, _departments, _involvements, _referrals, _earlyHelp, _needPlans, _protectionPlans, _careEpisodes,
        _placements, _legal, _disabilities, _enquiries,
    ];

    public void Add(Person person, CouncilRecord record)
    {
        var (id, child) = (record.PersonId, record.Child!);
        _persons.Row(id, person.Forename, person.Surname, person.Sex == Sex.Female ? "F" : "M", Csv.Day(person.Born), person.Ethnicity,
            record.NhsNumber, Csv.Day(person.Died));
        AddTeam(child.Team);
        var worker = record.Involvements is [var allocated, ..] ? AddWorker(allocated) : null;
        foreach (var one in record.Involvements)
            _involvements.Row(one.Id, id, worker, "ALLOCATED CASE WORKER", one.Team, Csv.Day(one.Started), Csv.Day(one.Ended));
        _referrals.Row($"{id}-r1", id, Csv.Day(child.Referred), child.Need, child.ReferralSource, Csv.Yes(child.IsNoFurtherAction),
            Csv.Day(child.Closed), child.Team, worker);
        if (child.EarlyHelp is { } help)
            _earlyHelp.Row($"{id}-e1", id, Csv.Day(help), null, "Family hub");
        if (child.Enquiry is { } enquiry)
            _enquiries.Row($"{id}-q1", id, Csv.Day(enquiry), Csv.Day(enquiry.AddDays(9)), "N");
        if (child.InNeed is { } need)
            _needPlans.Row($"{id}-n1", id, Csv.Day(need), Csv.Day(child.Protection), child.Team, worker);
        if (child.Protection is { } protection)
            _protectionPlans.Row($"{id}-p1", id, Csv.Day(protection), null, child.Abuse, child.Abuse);
        if (child.LookedAfter is { } since)
        {
            _careEpisodes.Row($"{id}-c1", id, Csv.Day(since), null, child.Need);
            _placements.Row($"{id}-m1", id, Csv.Day(since), null, child.Placement);
            _legal.Row($"{id}-l1", id, child.LegalStatus, Csv.Day(since), null);
        }

        if (child.Disability is { } disability)
            _disabilities.Row($"{id}-d1", id, disability);
    }

    private string AddWorker(Involvement worker)
    {
        var id = $"W-{worker.Id}";
        _professionals.Row(id, worker.Worker);
        AddTeam(worker.Team);
        return id;
    }

    private void AddTeam(string team)
    {
        if (_teams.Add(team))
            _departments.Row(team, team);
    }
}
