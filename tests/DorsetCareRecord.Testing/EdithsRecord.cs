using System.Globalization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Testing;

/// <summary>
/// What five sources say of <see cref="Cast.Edith"/>: about two hundred items in every section, for pages, pictures and
/// measurements. Dates are given as days before <c>now</c>, so that the record is never stale.
/// </summary>
public sealed class EdithsRecord(DateTimeOffset now)
{
    public const string HospitalNumber = "D1000001";
    public const string PooleNumber = "P1000001";
    public const string GpNumber = "gp-1000001";
    public const string CouncilNumber = "c-1000001";

    public async Task TellAsync(Told told)
    {
        await told.SayAsync(SourceCodes.Gp, GpNumber, [.. Gp()]);
        await told.SayAsync(SourceCodes.SystemC, HospitalNumber, [.. DorsetCounty()]);
        await told.SayAsync(SourceCodes.CareCentric, PooleNumber, [.. Poole()]);
        await told.SayAsync(SourceCodes.SocialCareDorset, CouncilNumber, [.. Council()]);
    }

    private IEnumerable<Fact> Gp()
    {
        yield return State("person", Told.Demographics(Cast.Edith) with
        {
            PreferredName = "Edie",
            Address = "14 Specimen Lane, Dorchester",
            Telephone = "01632 960114",
            Mobile = "07700 900114",
            PracticeName = "Example Surgery",
            PracticeCode = "J81999",
            GpName = "Dr Helen Trevett",
            Language = "English",
            Ethnicity = "White British",
        }, 3);
        string[] problems = ["Heart failure with reduced ejection fraction", "Atrial fibrillation", "Chronic kidney disease stage 3b", "Type 2 diabetes mellitus", "Osteoporosis", "Hypertension"];
        for (var i = 0; i < problems.Length; i++)
            yield return State($"problem-{i}", new Problem { Kind = ProblemKind.Problem, Text = problems[i], Status = ProblemStatus.Active, OnsetOn = i % 2 == 0 ? Day(900 + 400 * i) : ClinicalDate.OfYear(2009 + i), Organisation = "Example Surgery" }, 30);
        foreach (var (text, year) in new[] { ("Cholecystitis", 1998), ("Fractured wrist", 2011), ("Pneumonia", 2019) })
            yield return State($"past-{year}", new Problem { Kind = ProblemKind.Problem, Text = text, Status = ProblemStatus.Resolved, OnsetOn = ClinicalDate.OfYear(year), EndedOn = ClinicalDate.OfYear(year), Organisation = "Example Surgery" }, 30);

        yield return State("m1", Medicine("Bisoprolol", "2.5 mg", "tablet", "2.5 mg", "oral", "once a day", 1700), 5);
        yield return State("m2", Medicine("Ramipril", "5 mg", "capsule", "5 mg", "oral", "once a day", 1700), 5);
        yield return State("m3", Medicine("Atorvastatin", "20 mg", "tablet", "20 mg", "oral", "at night", 4000), 5);
        yield return State("m4", Medicine("Metformin", "500 mg", "tablet", "500 mg", "oral", "twice a day", 5300) with { Status = MedicineStatus.Suspended, ChangeReason = "kidney function" }, 5);
        yield return State("m5", Medicine("Alendronic acid", "70 mg", "tablet", null, null, null, 600) with { DosageText = "One to be taken weekly, 30 minutes before breakfast, sitting upright" }, 5);
        yield return State("m6", Medicine("Amlodipine", "5 mg", "tablet", "5 mg", "oral", "once a day", 3000) with { Status = MedicineStatus.Stopped, EndedOn = Day(200), ChangeReason = "ankle swelling" }, 5);
        yield return State("m7", Medicine("Naproxen", "250 mg", "tablet", "250 mg", "oral", "twice a day", 3200) with { Status = MedicineStatus.Completed, EndedOn = Day(3100) }, 5);
        yield return State("a1", new Allergy { Kind = AllergyKind.Allergy, Substance = "Penicillin", Reaction = "anaphylaxis", Severity = AllergySeverity.Severe, Status = AllergyStatus.Active, RecordedOn = Day(2800) }, 2800);
        yield return State("a2", new Allergy { Kind = AllergyKind.Allergy, Substance = "Trimethoprim", Reaction = "rash", Status = AllergyStatus.Resolved, EndedOn = Day(1000), RecordedOn = Day(4000) }, 1000);
        for (var i = 0; i < 12; i++)
            yield return State($"e{i}", new Encounter { Kind = EncounterKind.GeneralPractice, Status = EncounterStatus.Finished, StartAt = At(20 + 61 * i, 9, 10 + i), Reason = i % 3 == 0 ? "Heart failure review" : null, Clinician = "Dr Helen Trevett", Organisation = "Example Surgery" }, 20 + 61 * i);
        yield return State("hba1c", Value(null, "HbA1c", "51", "mmol/mol", "20 - 41", "H", 40, "GP"), 40);
    }

    private IEnumerable<Fact> DorsetCounty()
    {
        yield return State("person", Told.Demographics(Cast.Edith) with { GivenNames = "Edith", Address = "14 Specimen Lane, Dorchester", Telephone = "01632 960114" }, 1);
        yield return State("m20", Medicine("Apixaban", "2.5 mg", "tablet", "2.5 mg", "oral", "twice a day", 45) with { Kind = MedicineKind.Discharge, Change = MedicineChange.Changed, ChangeReason = "was 5 mg; age and creatinine" }, 45);
        yield return State("m21", Medicine("Spironolactone", "25 mg", "tablet", "25 mg", "oral", "once a day", 45) with { Kind = MedicineKind.Discharge, Change = MedicineChange.Started, ChangeReason = "heart failure" }, 45);
        yield return State("m22", Medicine("Furosemide", "40 mg", "tablet", "40 mg", "oral", "once a day", 45) with { Kind = MedicineKind.Discharge, Change = MedicineChange.Changed, ChangeReason = "was 20 mg; ankle swelling" }, 45);
        yield return State("m23", Medicine("Bisoprolol", "2.5 mg", "tablet", "2.5 mg", "oral", "once a day", 1700) with { Kind = MedicineKind.Discharge }, 45);
        yield return State("m24", Medicine("Amlodipine", "5 mg", "tablet", "5 mg", "oral", "once a day", 3000) with { Kind = MedicineKind.Discharge, Status = MedicineStatus.Stopped, EndedOn = Day(45), Change = MedicineChange.Stopped, ChangeReason = "ankle swelling" }, 45);
        yield return State("a8", new Allergy { Kind = AllergyKind.Allergy, Substance = "Penicillin", Reaction = "rash", Severity = AllergySeverity.Mild, Status = AllergyStatus.Active, RecordedOn = Day(170) }, 170);
        yield return State("a9", new Allergy { Kind = AllergyKind.Allergy, Substance = "Latex", Reaction = "urticaria", Status = AllergyStatus.Active, RecordedOn = Day(170) }, 170);
        yield return State("k1", new Contact { Role = ContactRole.NextOfKin, Name = "HARDWICK, Thomas (Mr)", Relationship = "son", Mobile = "07700 900142" }, 170);
        yield return State("d1", new Problem { Kind = ProblemKind.Diagnosis, Text = "Decompensated heart failure", Status = ProblemStatus.NotStated, OnsetOn = Day(52), EncounterKey = "s1" }, 45);
        yield return State("vitd", new Report { Kind = ReportKind.Laboratory, Title = "Vitamin D", Status = ResultStatus.Registered, RequestedAt = At(1, 9, 30), Requester = "Dr Anna Lovell", Laboratory = "Pathology" }, 1);
        for (var taking = 0; taking < 6; taking++)
        {
            foreach (var fact in Bloods(taking, ageInDays: 2 + 30 * taking))
                yield return fact;
        }

        yield return State("xr", new Report { Kind = ReportKind.Radiology, Title = "Chest X-ray", Status = ResultStatus.Final, TakenAt = At(44, 11, 20), ReportedAt = At(44, 15, 2), Requester = "Dr Anna Lovell", Laboratory = "Radiology", Text = "XR CHEST\n\nClinical details: breathless, swollen ankles.\n\nFindings:\n    Cardiomegaly, cardiothoracic ratio 0.58.\n    Upper lobe venous diversion. Small bilateral effusions.\n    No focal consolidation.\n\nConclusion: in keeping with heart failure." }, 44);
        yield return State("uc", new Report { Kind = ReportKind.Microbiology, Title = "Urine culture", Status = ResultStatus.Preliminary, TakenAt = At(1, 8, 0), Laboratory = "Microbiology", Text = "Culture to follow." }, 1);
        yield return State("l1", Letter(LetterKind.Discharge, "Discharge letter", "Cardiology", 45, "text/html", "<h1>Discharge summary</h1><p onclick=\"alert(1)\">Admitted with <b>decompensated heart failure</b>.</p><script>alert(2)</script><h2>Actions for the GP practice</h2><ol><li>Repeat urea and electrolytes in 1 week.</li><li>Weigh weekly.</li></ol><h2>Medicine changes</h2><table><tr><th>Change</th><th>Medicine</th><th>Reason</th></tr><tr><td>Started</td><td>spironolactone 25 mg once a day</td><td>Heart failure</td></tr><tr><td>Changed</td><td>apixaban 2.5 mg twice a day</td><td>Age and creatinine</td></tr></table><img src=\"http://elsewhere.test/x.png\">"), 45);
        yield return State("l2", Letter(LetterKind.Clinic, "Heart failure clinic letter", "Cardiology", 20, "text/plain", "Dear Dr Trevett\n\nI reviewed Mrs Hardwick in the heart failure clinic.\n\nShe is less breathless.\n  Weight 62 kg\n  Blood pressure 118/70\n\nYours sincerely"), 20);
        yield return State("s1", new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.Finished, StartAt = At(52, 16, 40), EndAt = At(45, 14, 0), Specialty = "Cardiology", Location = "Maud Alexander ward", Site = "Dorset County Hospital", DischargeDestination = "Usual home" }, 45);
        yield return State("o1", new Encounter { Kind = EncounterKind.Outpatient, Status = EncounterStatus.Planned, StartAt = At(-8, 10, 30), Specialty = "Heart failure clinic", Site = "Dorset County Hospital" }, 20);
    }

    private IEnumerable<Fact> Bloods(int taking, int ageInDays)
    {
        var drift = taking;
        var report = $"r{taking}";
        yield return State(report, new Report { Kind = ReportKind.Laboratory, Title = "Urea and electrolytes", Status = taking == 0 ? ResultStatus.Corrected : ResultStatus.Final, TakenAt = At(ageInDays, 6, 10), ReportedAt = At(ageInDays, 8, 40), Laboratory = "Pathology" }, ageInDays);
        (string Test, decimal Value, string Unit, string Range, decimal Low, decimal High)[] panel =
        [
            ("Sodium", 134 + drift % 3, "mmol/L", "133 - 146", 133, 146), ("Potassium", 5.6m - drift * 0.25m, "mmol/L", "3.5 - 5.3", 3.5m, 5.3m),
            ("Urea", 14.9m - drift, "mmol/L", "2.5 - 7.8", 2.5m, 7.8m), ("Creatinine", 168 - drift * 9, "umol/L", "45 - 84", 45, 84),
            ("eGFR", 26 + drift * 3, "mL/min/1.73m2", "> 60", 60, decimal.MaxValue),
        ];
        for (var i = 0; i < panel.Length; i++)
        {
            var value = Of(report, "Urea and electrolytes", panel[i], ageInDays, i);
            if (taking == 0 && panel[i].Test == "Creatinine")
            {
                yield return State($"{report}-{i}", value with { Value = "176", Number = 176 }, ageInDays);
                value = value with { Status = ResultStatus.Corrected, ReportedAt = At(ageInDays - 1, 9, 25), Notes = "Sample re-run" };
                yield return State($"{report}-{i}", value, ageInDays - 1);
                continue;
            }

            yield return State($"{report}-{i}", value, ageInDays);
        }

        (string Test, decimal Value, string Unit, string Range, decimal Low, decimal High)[] count =
        [
            ("Haemoglobin", 104 + drift * 2, "g/L", "115 - 165", 115, 165), ("White cell count", 7.4m + drift * 0.3m, "10*9/L", "4.0 - 11.0", 4, 11),
            ("Platelets", 255 - drift * 4, "10*9/L", "150 - 400", 150, 400), ("Mean cell volume", 88 + drift, "fL", "80 - 100", 80, 100),
            ("Neutrophils", 4.9m, "10*9/L", "2.0 - 7.5", 2, 7.5m), ("Lymphocytes", 1.6m, "10*9/L", "1.0 - 4.0", 1, 4),
        ];
        yield return State($"f{taking}", new Report { Kind = ReportKind.Laboratory, Title = "Full blood count", Status = ResultStatus.Final, TakenAt = At(ageInDays, 6, 10), ReportedAt = At(ageInDays, 8, 41), Laboratory = "Pathology" }, ageInDays);
        for (var i = 0; i < count.Length; i++)
            yield return State($"f{taking}-{i}", Of($"f{taking}", "Full blood count", count[i], ageInDays, i), ageInDays);
        yield return State($"p{taking}", Value(null, "NT-proBNP", (2840 + drift * 300).ToString(CultureInfo.InvariantCulture), "ng/L", "< 400", "HH", ageInDays, "Pathology") with { Number = 2840 + drift * 300, RangeHigh = 400 }, ageInDays);
    }

    private Result Of(string report, string panel, (string Test, decimal Value, string Unit, string Range, decimal Low, decimal High) test, int age, int place) =>
        Value(report, test.Test, test.Value.ToString("0.##", CultureInfo.InvariantCulture), test.Unit, test.Range,
            test.Value > test.High ? "H" : test.Value < test.Low ? "L" : null, age, "Pathology") with
        { Panel = panel, Position = place + 1, Number = test.Value, RangeLow = test.Low, RangeHigh = test.High == decimal.MaxValue ? null : test.High };

    private IEnumerable<Fact> Poole()
    {
        yield return State("person", Told.Demographics(Cast.Edith) with { Address = "14 Specimen Lane, Dorchester" }, 4);
        yield return State("now", new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, StartAt = At(4, 16, 40), Specialty = "Older people's medicine", Location = "ward B3", Site = "Poole Hospital" }, 4);
        yield return State("aki", new Problem { Kind = ProblemKind.Diagnosis, Text = "Acute kidney injury", Status = ProblemStatus.Active, OnsetOn = Day(4), EncounterKey = "now" }, 4);
        yield return State("ed", new Encounter { Kind = EncounterKind.Emergency, Status = EncounterStatus.Finished, StartAt = At(4, 12, 5), EndAt = At(4, 16, 30), Location = "Emergency department", Reason = "Fall with head injury" }, 4);
        yield return State("ct", new Report { Kind = ReportKind.Radiology, Title = "CT head", Status = ResultStatus.Final, TakenAt = At(4, 13, 15), ReportedAt = At(4, 13, 50), Laboratory = "Radiology", Text = "CT HEAD\nNo acute intracranial haemorrhage." }, 4);
        yield return State("ue", new Report { Kind = ReportKind.Laboratory, Title = "Urea and electrolytes", Status = ResultStatus.Final, TakenAt = At(4, 13, 0), ReportedAt = At(4, 14, 10), Laboratory = "Pathology" }, 4);
        yield return State("ue-k", Value("ue", "Potassium", "5.5", "mmol/L", "3.5 - 5.3", "H", 4, "Pathology") with { Panel = "Urea and electrolytes", Position = 2, Number = 5.5m, RangeLow = 3.5m, RangeHigh = 5.3m }, 4);
        yield return State("edl", Letter(LetterKind.Emergency, "Emergency department letter", null, 4, "text/rtf", @"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Dear Doctor\par\par Mrs Hardwick attended after a fall at home \'96 no loss of consciousness.\par Plan:\tadmit to ward B3.\par}"), 4);
    }

    private IEnumerable<Fact> Council()
    {
        yield return State("person", Told.Demographics(Cast.Edith) with { Address = "14 Specimen Lane, Dorchester" }, 6);
        yield return State("w1", new CareWorker { Name = "TESTER, Priya (Ms)", Role = "Social worker", Team = "Adult locality team", Telephone = "01632 960550", From = Day(300) }, 6);
        yield return State("c1", new Contact { Role = ContactRole.MainCarer, Name = "SAMPLE, Ruth (Mrs)", Relationship = "daughter, lives with", Telephone = "01632 960281" }, 6);
        yield return State("c2", new Contact { Role = ContactRole.LastingPowerOfAttorney, Name = "SAMPLE, Ruth (Mrs)", Relationship = "daughter", Scope = "health and welfare", Telephone = "01632 960281" }, 6);
        yield return State("h1", new CareService { Service = "Home care", Category = "Care package", Provider = "Specimen Home Care", ProviderTelephone = "01632 960417", Frequency = "4 visits a day", HoursPerWeek = 14, Status = CareServiceStatus.OnHold, StartedOn = Day(45) }, 6);
        yield return State("h2", new CareService { Service = "Day opportunities", Category = "Care package", Provider = "Example Day Centre", ProviderTelephone = "01632 960433", Frequency = "Tuesday and Thursday", Status = CareServiceStatus.Active, StartedOn = Day(190) }, 6);
        yield return State("f1", new Flag { Kind = FlagKind.Safeguarding, Text = "Safeguarding: adult enquiry open", Active = true, From = Day(55) }, 6);
        yield return State("f2", new Flag { Kind = FlagKind.ReasonableAdjustment, Text = "Reasonable adjustment: hearing aids, face her, speak slowly", Active = true }, 6);
        yield return State("f4", new Flag { Kind = FlagKind.CarePlan, Text = "care and contingency", Active = true, From = Day(73) }, 6);
        yield return State("f3", new Flag { Kind = FlagKind.Resuscitation, Text = "DNACPR recorded", Active = true, From = Day(73) }, 6);
    }

    private Stated State(string key, Item item, int daysAgo) => Told.State(key, item, now.AddDays(-daysAgo));

    private ClinicalDate Day(int daysAgo) => ClinicalDate.OfDay(DateOnly.FromDateTime(now.UtcDateTime.AddDays(-daysAgo)));

    private ClinicalDate At(int daysAgo, int hour, int minute) =>
        ClinicalDate.OfLondon(now.UtcDateTime.AddDays(-daysAgo).Date.AddHours(hour).AddMinutes(minute));

    private Medicine Medicine(string name, string strength, string form, string? dose, string? route, string? frequency, int startedDaysAgo) => new()
    {
        Name = name, Strength = strength, Form = form, Dose = dose, Route = route, Frequency = frequency,
        Kind = MedicineKind.Repeat, Status = MedicineStatus.Active, StartedOn = Day(startedDaysAgo),
    };

    private Result Value(string? report, string test, string value, string unit, string range, string? flag, int age, string laboratory) => new()
    {
        ReportKey = report, Test = test, Value = value, Unit = unit, Range = range, Flag = flag, Status = ResultStatus.Final,
        TakenAt = At(age, 6, 10), ReportedAt = At(age, 8, 40), Laboratory = laboratory,
    };

    private Letter Letter(LetterKind kind, string title, string? department, int age, string type, string words)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(words);
        return new Letter
        {
            Kind = kind, Title = title, Department = department, Status = LetterStatus.Final, WrittenAt = At(age, 14, 30), Author = "Foundation doctor",
            Document = new Document(type, bytes, null), ContentType = type, ContentLength = bytes.Length,
            ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
        };
    }
}
