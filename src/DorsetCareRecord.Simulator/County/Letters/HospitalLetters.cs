using System.Globalization;
using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Documents;

namespace DorsetCareRecord.Simulator.County.Letters;

/// <summary>
/// Letters under the headings of the PRSB standards (eDischarge summary, emergency care discharge, outpatient letter), so
/// that they read as such letters do.
/// </summary>
internal static class HospitalLetters
{
    public static LetterText Discharge(
        HospitalSite site, History history, Visit stay, AcuteCase reason, Wording words, IReadOnlyList<string> changes, IReadOnlyList<string> results)
    {
        var letter = Opening(site, history, "Dear Dr " + history.Person.Doctor.Surname)
            .Heading("Admission details")
            .Say($"Admitted {Day(stay.Start)} ({Method(stay.AdmissionMethod)}). Discharged {Day(stay.End!.Value)} from {stay.Ward.Name}.\n"
                + $"Responsible consultant: {stay.Consultant.Named}, {stay.Specialty.Name}.")
            .Heading("Diagnoses")
            .List(stay.Diagnoses.Select(diagnosis => diagnosis.Text));
        if (reason.Procedure is not null)
            letter.Heading("Procedures").List([reason.Procedure]);
        letter.Heading("Clinical summary")
            .Say(words.Fill(reason.Presentation))
            .Say(words.Fill(reason.Examination))
            .Say(words.Fill(reason.Course));
        if (results.Count > 0)
            letter.Heading("Investigation results").List(results);
        Medicines(letter, history, stay.End.Value, changes);
        letter.Heading("Actions for the general practitioner").List(reason.ForTheGp.Select(words.Fill));
        if (reason.FollowUp is not null)
            letter.Heading("Plan and requested actions").Say(words.Fill(reason.FollowUp) + ".");
        return letter.Heading("Information and advice given to the patient")
            .Say(words.Fill(reason.ForThePatient))
            .Heading("Person completing record")
            .Say($"Ward doctor for {stay.Consultant.Named}, {stay.Specialty.Name}, {site.Name}");
    }

    public static LetterText Emergency(HospitalSite site, History history, Visit attendance, AcuteCase reason, Wording words, IReadOnlyList<string> results)
    {
        var letter = Opening(site, history, "Dear Dr " + history.Person.Doctor.Surname)
            .Heading("Attendance details")
            .Say($"Attended the emergency department on {Minute(attendance.Start)}, left {Minute(attendance.End!.Value)}.\nPresenting complaint: {reason.Complaint}.")
            .Heading("Diagnosis").List([reason.Diagnosis])
            .Heading("Clinical summary")
            .Say(words.Fill(reason.Presentation))
            .Say(words.Fill(reason.Examination))
            .Say(words.Fill(reason.Course));
        if (results.Count > 0)
            letter.Heading("Investigation results").List(results);
        letter.Heading("Plan").List(reason.ForTheGp.Select(words.Fill));
        if (reason.FollowUp is not null)
            letter.Say("Follow-up: " + reason.FollowUp + ".");
        return letter.Heading("Advice given").Say(words.Fill(reason.ForThePatient))
            .Say($"Emergency department, {site.Name}");
    }

    public static LetterText FromClinic(HospitalSite site, History history, Visit visit, Clinic clinic, Wording words, string body, IEnumerable<string> plan)
    {
        var day = DateOnly.FromDateTime(visit.Start);
        var letter = Opening(site, history, "Dear Dr " + history.Person.Doctor.Surname)
            .Say($"{clinic.Name}, {Day(visit.Start)}");
        var diagnoses = history.Problems.Where(problem => problem.IsMajor && problem.Since <= day && problem.Ended is null).Select(problem => problem.Term).ToList();
        if (diagnoses.Count > 0)
            letter.Heading("Diagnoses").List(diagnoses);
        Medicines(letter, history, visit.Start, []);
        letter.Heading("Clinical review").Say(words.Fill(body))
            .Heading("Plan").List(plan.Select(words.Fill))
            .Say($"Yours sincerely\n\n{visit.Consultant.Named}\nConsultant, {visit.Specialty.Name}");
        return letter.Say($"Copy to: {history.Person.Formal}");
    }

    private static LetterText Opening(HospitalSite site, History history, string greeting)
    {
        var person = history.Person;
        var registration = person.At(site.Trust);
        return new LetterText()
            .Say($"{person.Surname.ToUpper(CultureInfo.InvariantCulture)}, {person.Forename} ({person.Title})   born {person.Born.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture)}\n"
                + $"Hospital number {registration?.Number}\n{person.Home.Address.OneLine}")
            .Say($"{person.Practice.Name}, {person.Practice.Town}")
            .Say(greeting);
    }

    private static void Medicines(LetterText letter, History history, DateTime at, IReadOnlyList<string> changes)
    {
        var day = DateOnly.FromDateTime(at);
        var current = history.Medications
            .Where(medication => medication.IsRepeat && medication.Started < day && (medication.Ended is null || medication.Ended > day))
            .Select(medication => $"{medication.Drug.Name}: {medication.Drug.Direction}")
            .ToList();
        letter.Heading("Allergies and adverse reactions").List(Allergies(history, day));
        if (changes.Count > 0)
            letter.Heading("Medicines started, changed or stopped").List(changes);
        if (current.Count > 0)
            letter.Heading(changes.Count > 0 ? "Other medicines continued" : "Current medicines").List(current);
    }

    private static IEnumerable<string> Allergies(History history, DateOnly day)
    {
        var known = history.Allergies.Where(entry => entry.Recorded <= day && (entry.Ended is null || entry.Ended > day)).ToList();
        if (known.Count == 0)
            return ["Not recorded on this system; please check the GP record."];
        return known.Select(entry => entry.Reaction is null ? entry.Substance : $"{entry.Substance}: {entry.Reaction.Term.ToLowerInvariant()}");
    }

    private static string Method(string? code) => code switch { "11" => "planned", "31" => "maternity", _ => "emergency" };

    private static string Day(DateTime at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Minute(DateTime at) => at.ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);
}
