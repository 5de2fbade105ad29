using static DorsetCareRecord.Simulator.County.Illness.Formulary;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>Other medical emergencies of adults.</summary>
internal static class MedicalCases
{
    public static IEnumerable<AcuteCase> All() =>
    [
        new()
        {
            Key = "acute stroke", Diagnosis = "Acute ischaemic stroke", Icd10 = "I63.9", Specialty = Specialty.Stroke,
            Complaint = "Sudden facial droop and arm weakness", FromAge = 45,
            Admitted = 1, Days = (4, 16), Panels = ["FBC", "UE", "LIPID", "COAG", "GLU"],
            Shift = new() { ["CHOL"] = 0.4, ["GLU"] = 1.2 }, Imaging = ["head stroke", "carotid"],
            Presentation = "Brought in by ambulance with sudden weakness of the {side} face and arm and slurred speech, noticed "
                + ""
                + "on waking.",
            Examination = "GCS 15, blood pressure {bp}, pulse 82. {Side} facial weakness, {side} arm power 3/5, mild "
                + "dysarthria. NIHSS 6. Swallow assessed as safe.",
            Course = "CT of the head showed no haemorrhage. Outside the time window for thrombolysis. Treated with aspirin "
                + "300mg for two weeks, then clopidogrel. Cared for on the stroke unit with physiotherapy, occupational therapy "
                + "and speech therapy. At discharge walks with one stick, arm power 4/5.",
            Changes = [new("started", Clopidogrel, "long term"), new("started", Atorvastatin80, "secondary prevention")],
            ForTheGp = ["Target blood pressure below 130/80.", "Driving: not for one month; DVLA rules explained."],
            ForThePatient = "You had a stroke. The early supported discharge team will visit you at home. Do not drive for at "
                + "least one month.",
            FollowUp = "Stroke clinic, six weeks; early supported discharge team",
        },
        new()
        {
            Key = "uti delirium", Diagnosis = "Urinary tract infection with delirium", Icd10 = "N39.0",
            ProblemCode = "68566005", Specialty = Specialty.Elderly, Complaint = "New confusion, off food", FromAge = 70,
            PerThousand = [0, 0, 0, 0, 0, 1.5, 6, 18], Admitted = 0.8, Days = (3, 10), Panels = ["FBC", "UE", "CRP", "BONE"],
            Shift = new() { ["WBC"] = 5, ["CRP"] = 74, ["UREA"] = 4.5, ["CREA"] = 24, ["NA"] = -3 },
            Imaging = ["chest normal", "head age"], Culture = "urine", CultureShare = 0.95,
            Presentation = "Brought in after {days} days of new confusion, poor appetite and urinary frequency. The family "
                + "report that {he} is usually clear in conversation and walks with a frame.",
            Examination = "Temperature {fever}, pulse 98, blood pressure {bp}. 4AT score 8. Mild suprapubic tenderness. No "
                + "focal neurological signs, no sign of head injury.",
            Course = "CRP {CRP}, creatinine {CREA}. Urine culture as reported. Treated with trimethoprim or the alternative "
                + "shown below, intravenous fluids and the delirium care bundle. Confusion improved steadily; 4AT 2 at "
                + "discharge. Renal function recovered (creatinine {CREA2}). Seen by the frailty team and therapists.",
            Changes = [new("started", Trimethoprim, "to complete seven days", Nitrofurantoin, IsShort: true)],
            ForTheGp = ["Please check urea and electrolytes in two weeks.",
                "Please reassess cognition in eight weeks when the delirium has settled."],
            ForThePatient = "A urine infection made you unwell and confused for a time. Drink plenty. It can take some weeks to "
                + ""
                + "feel quite yourself again.",
        },
        new()
        {
            Key = "aki", Diagnosis = "Acute kidney injury, stage 2", Icd10 = "N17.9", ProblemCode = "14669001",
            Specialty = Specialty.GeneralMedicine, Complaint = "Unwell, vomiting, abnormal blood test at GP", FromAge = 50,
            PerThousand = [0, 0, 0, 0.1, 0.3, 0.7, 1.8, 4], Admitted = 0.95, Days = (3, 7),
            Panels = ["FBC", "UE", "LFT", "CRP"],
            Shift = new() { ["CREA"] = 148, ["UREA"] = 17, ["K"] = 0.9, ["CRP"] = 22 },
            Imaging = ["renal ultrasound"],
            Presentation = "Sent in by the GP with creatinine {CREA} after {days} days of vomiting and diarrhoea, while "
                + "continuing blood pressure tablets.",
            Examination = "Dry mucous membranes, blood pressure {bp}, pulse 104. Abdomen soft, bladder not palpable.",
            Course = "Creatinine {CREA}, urea {UREA}, potassium {K}. Intravenous fluids; nephrotoxic medicines withheld. Renal "
                + "ultrasound showed no obstruction. Creatinine {CREA2} at discharge.",
            ForTheGp = ["Please repeat urea and electrolytes in one week before restarting the blood pressure tablets that were withheld.",
                "Please code acute kidney injury and give sick day advice."],
            ForThePatient = "Your kidneys were short of fluid. If you have vomiting or diarrhoea again, ask your pharmacist or "
                + "GP which tablets to pause.",
        },
        new()
        {
            Key = "cellulitis", Diagnosis = "Cellulitis of lower leg", Icd10 = "L03.1", ProblemCode = "128045006",
            Specialty = Specialty.GeneralMedicine, Complaint = "Red, hot, painful leg", FromAge = 18,
            PerThousand = [0, 0, 0.5, 1, 1.6, 2.4, 3.4, 5], Admitted = 0.45, Days = (2, 5), Panels = ["FBC", "UE", "CRP"],
            Shift = new() { ["WBC"] = 5.5, ["CRP"] = 92 }, Culture = "wound", CultureShare = 0.3,
            Presentation = "Presented with {days} days of spreading redness, heat and pain of the {side} lower leg, with "
                + "shivers.",
            Examination = "Temperature {fever}, pulse 94, blood pressure {bp}. Erythema of the {side} leg from ankle to "
                + "mid-calf, margin marked. No crepitus, pulses present.",
            Course = "CRP {CRP}, white cell count {WBC}. Intravenous antibiotics, changed to tablets when the margin receded. "
                + "No deep vein thrombosis on compression ultrasound.",
            Changes = [new("started", Flucloxacillin, "to complete seven days", Doxycycline, IsShort: true)],
            ForTheGp = ["Please review the leg in one week. Emollient and treatment of tinea between the toes advised."],
            ForThePatient = "You had an infection of the skin. Keep the leg raised when sitting and finish the antibiotics. "
                + "Come back if the redness spreads beyond the line or you feel feverish.",
        },
        new()
        {
            Key = "dka", Diagnosis = "Diabetic ketoacidosis", Icd10 = "E10.1", ProblemCode = "420422005",
            Specialty = Specialty.Diabetes, Complaint = "Vomiting, high blood sugar, type 1 diabetes", FromAge = 16,
            UntilAge = 60,
            Admitted = 1, Days = (2, 4), Panels = ["FBC", "UE", "GLU", "LACT", "CRP"],
            Shift = new() { ["GLU"] = 18, ["UREA"] = 5, ["K"] = 0.8, ["WBC"] = 6, ["LACT"] = 1.2 },
            Presentation = "Presented with vomiting and thirst for a day after missing insulin during a stomach upset.",
            Examination = "Dehydrated, respiratory rate 28, pulse 118, blood pressure {bp}. Blood ketones 5.4 mmol/L, venous pH "
                + ""
                + "7.18.",
            Course = "Glucose {GLU}, potassium {K}. Treated by the ketoacidosis protocol with fluids and fixed rate insulin; "
                + "resolved within 18 hours. Usual insulin restarted. Seen by the diabetes nurse: sick day rules and ketone "
                + "testing gone through.",
            ForTheGp = ["Please prescribe blood ketone strips."],
            ForThePatient = "Never stop your insulin when you are ill. Test your ketones when your sugar is above 14 and call "
                + "the diabetes team early.",
            FollowUp = "Diabetes specialist nurse, one week",
        },
        new()
        {
            Key = "hyperglycaemia", Diagnosis = "Type 2 diabetes mellitus with hyperglycaemia", Icd10 = "E11.6",
            Specialty = Specialty.Diabetes, Complaint = "Thirst, tiredness, high blood sugar", FromAge = 40,
            Admitted = 0.6, Days = (1, 4), Panels = ["FBC", "UE", "GLU", "A1C"],
            Shift = new() { ["GLU"] = 16, ["UREA"] = 4, ["A1C"] = 24 },
            Presentation = "Presented with {days} days of thirst, passing urine often and fatigue.",
            Examination = "Alert, mildly dehydrated, blood pressure {bp}, pulse 92. Ketones 0.6 mmol/L.",
            Course = "Glucose {GLU}, HbA1c {A1C}. Fluids and insulin by variable rate, then a once daily basal insulin. Taught "
                + "to inject and to test glucose.",
            Changes = [new("started", Glargine with { Direction = "Inject 10 units under the skin ONCE a day at bedtime" },
                "poor control on tablets")],
            ForTheGp = ["Please add glucose strips and lancets to repeat prescriptions.",
                "Practice nurse to review glucose diary in two weeks."],
            ForThePatient = "Your blood sugar was very high. You now use insulin once a day; the diabetes nurse will telephone "
                + "you this week.",
            FollowUp = "Diabetes clinic, six weeks",
        },
        new()
        {
            Key = "fall", Diagnosis = "Fall at home without fracture", Icd10 = "R29.6", Specialty = Specialty.Elderly,
            Complaint = "Fall at home", FromAge = 65, PerThousand = [0, 0, 0, 0, 0, 10, 30, 80], Admitted = 0.3,
            Days = (1, 6), Panels = ["FBC", "UE", "BONE"], Imaging = ["pelvis normal", "head age"],
            Presentation = "Brought in after a fall from standing at home; on the floor for about an hour. No loss of "
                + "consciousness.",
            Examination = "GCS 15, blood pressure {bp} lying with a drop of 24 mmHg on standing, pulse 78. Bruising of the "
                + "{side} hip and elbow; able to straight leg raise and bear weight.",
            Course = "No fracture on X-ray. CT of the head showed no bleeding. Seen by therapists: walks safely with a frame, "
                + "commode supplied. Medicines reviewed for falls risk.",
            ForTheGp = ["Please review medicines that lower blood pressure: symptomatic postural drop.",
                "Referred to the community falls service.", "Please assess bone health."],
            ForThePatient = "You had a fall but no bone is broken. Stand up slowly, and use your frame. The falls team will "
                + "contact you.",
            FollowUp = "Community falls service",
        },
    ];
}
