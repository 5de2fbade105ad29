using static DorsetCareRecord.Simulator.County.Illness.Formulary;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>Emergencies of heart and lungs.</summary>
internal static class HeartAndLungCases
{
    public static IEnumerable<AcuteCase> All() =>
    [
        new()
        {
            Key = "pneumonia", Diagnosis = "Community acquired pneumonia", Icd10 = "J18.9", ProblemCode = "385093006",
            Specialty = Specialty.Respiratory,
            Complaint = "Cough, fever and shortness of breath", FromAge = 18, PerThousand = [0, 0, 0.6, 1.4, 3, 7, 16, 34],
            Admitted = 0.8, Days = (2, 7),
            Panels = ["FBC", "UE", "CRP", "LFT", "LACT"],
            Shift = new() { ["WBC"] = 8.5, ["CRP"] = 168, ["UREA"] = 3.8, ["ALB"] = -8, ["LACT"] = 0.7, ["NA"] = -3,
                ["LYMPH"] = -0.8 },
            Imaging = ["chest pneumonia"], Culture = "sputum",
            Presentation = "Presented with a {days}-day history of productive cough, fever and increasing breathlessness. No "
                + "haemoptysis. No recent travel.",
            Examination = "Temperature {fever}, respiratory rate 26, oxygen saturation 91% on air, pulse 108, blood pressure "
                + "{bp}. Coarse crackles at the {side} base. CURB-65 score 2.",
            Course = "White cell count {WBC}, CRP {CRP}. The chest X-ray showed {side} lower zone consolidation. Treated with "
                + "{antibiotic} by mouth after 48 hours of intravenous therapy, oxygen by nasal cannulae and chest "
                + "physiotherapy. Oxygen was weaned off and {he} was mobile on the ward at discharge. CRP had fallen to {CRP2}.",
            Changes = [new("started", Amoxicillin, "to complete the course", Doxycycline, IsShort: true)],
            ForTheGp = ["Please repeat the chest X-ray in six weeks to confirm resolution.",
                "Please consider pneumococcal and influenza vaccination if not up to date."],
            ForThePatient = "You had an infection of the lung. Tiredness may last some weeks. Please see your GP or call 111 if "
                + ""
                + "the fever returns or your breathing becomes worse.",
        },
        new()
        {
            Key = "copd exacerbation", Diagnosis = "Infective exacerbation of chronic obstructive pulmonary disease",
            Icd10 = "J44.1", Specialty = Specialty.Respiratory,
            Complaint = "Increasing breathlessness, known COPD", FromAge = 44, Admitted = 0.65, Days = (2, 6),
            Panels = ["FBC", "UE", "CRP"], Shift = new() { ["WBC"] = 4.5, ["CRP"] = 58 },
            Imaging = ["chest hyperinflated"], Culture = "sputum",
            Presentation = "Presented with {days} days of increasing breathlessness, wheeze and purulent sputum, not relieved "
                + "by {his} usual inhalers.",
            Examination = "Respiratory rate 28, oxygen saturation 86% on air (target 88-92%), pulse 102, blood pressure {bp}. "
                + "Widespread expiratory wheeze. Alert and able to speak in short sentences.",
            Course = "Treated with nebulised salbutamol and ipratropium, prednisolone 30mg and {antibiotic}. Controlled oxygen "
                + "by Venturi mask; blood gases showed no carbon dioxide retention and non-invasive ventilation was not needed. "
                + "CRP {CRP} on arrival, {CRP2} before discharge. Seen by the respiratory nurse: inhaler technique checked and "
                + "corrected.",
            Changes = [new("started", Prednisolone, "five-day course, no taper needed", IsShort: true),
                new("started", Doxycycline, "to complete the course", Amoxicillin, IsShort: true)],
            ForTheGp = ["Please review inhaled therapy in four weeks.",
                "Referred to pulmonary rehabilitation; please encourage attendance."],
            ForThePatient = "Your chest condition had a flare-up. Keep your rescue pack at home, and ask for help early if you "
                + "need your blue inhaler more often than every four hours.",
            FollowUp = "Respiratory nurse, telephone, two weeks",
        },
        new()
        {
            Key = "heart failure", Diagnosis = "Decompensated heart failure", Icd10 = "I50.0", Specialty = Specialty.Cardiology,
            Complaint = "Breathlessness and swollen legs", FromAge = 50,
            Admitted = 0.85, Days = (4, 11), Panels = ["FBC", "UE", "BNP", "TROP"],
            Shift = new() { ["BNP"] = 3400, ["UREA"] = 3, ["CREA"] = 22, ["NA"] = -4, ["TROP"] = 16 },
            Imaging = ["chest oedema", "echo"],
            Presentation = "Presented with {days} days of worsening exertional breathlessness, orthopnoea (three pillows) and "
                + "ankle swelling, with a weight gain of 4 kg.",
            Examination = "Respiratory rate 24, oxygen saturation 92% on air, pulse 96, blood pressure {bp}. Jugular venous "
                + "pressure raised 5 cm, bibasal crackles, pitting oedema to the knees.",
            Course = "NT-proBNP {BNP} ng/L. Intravenous furosemide for three days with a good diuresis and a weight loss of 5.2 "
                + ""
                + "kg, then changed to tablets. Creatinine {CREA} on arrival and {CREA2} at discharge; potassium {K2}. "
                + "Echocardiogram: moderately impaired left ventricular systolic function. Seen by the heart failure nurse.",
            Changes = [new("changed",
                Furosemide with { Direction = "Take TWO tablets ONCE a day in the morning", Quantity = "56 tablets" },
                "dose increased for fluid overload")],
            ForTheGp = ["Please check urea and electrolytes in one week.",
                "Discharge weight is the target weight; please refer early if it rises by more than 2 kg in three days."],
            ForThePatient = "Your heart was not pumping well enough and water collected in your lungs and legs. Weigh yourself "
                + "every morning and call the heart failure nurse if you gain more than 2 kg in three days.",
            FollowUp = "Heart failure nurse clinic, two weeks",
        },
        new()
        {
            Key = "fast af", Diagnosis = "Atrial fibrillation with fast ventricular response", Icd10 = "I48.9",
            Specialty = Specialty.Cardiology, Complaint = "Palpitations", FromAge = 40,
            Admitted = 0.55, Days = (1, 3), Panels = ["FBC", "UE", "TFT", "TROP"], Shift = new() { ["TROP"] = 9 },
            Imaging = ["chest normal"],
            Presentation = "Presented with palpitations and light-headedness since the morning. No chest pain and no collapse.",
            Examination = "Pulse 142 and irregular, blood pressure {bp}, oxygen saturation 96% on air. Chest clear. ECG: atrial "
                + ""
                + "fibrillation, ventricular rate 138, no acute ischaemic change.",
            Course = "Potassium {K}, thyroid function TSH {TSH}. Rate controlled with bisoprolol by mouth; heart rate 84 at "
                + "rest before discharge. Anticoagulation reviewed: CHA2DS2-VASc score 3, to continue. No indication for urgent "
                + "cardioversion.",
            Changes = [new("changed", Bisoprolol with { Name = "Bisoprolol 5mg tablets" }, "dose increased for rate control")],
            ForTheGp = ["Please review heart rate and blood pressure in two weeks."],
            ForThePatient = "Your heart was beating fast and irregularly. Keep taking your blood thinner every day. Call 999 "
                + "for chest pain, fainting or weakness of face or arm.",
            FollowUp = "Cardiology outpatients, eight weeks",
        },
        new()
        {
            Key = "nstemi", Diagnosis = "Acute non-ST elevation myocardial infarction", Icd10 = "I21.4",
            ProblemCode = "401314000", Specialty = Specialty.Cardiology,
            Complaint = "Central chest pain", FromAge = 38, PerThousand = [0, 0, 0.02, 0.7, 1.8, 3, 5, 7], Admitted = 1,
            Days = (3, 6),
            Panels = ["FBC", "UE", "TROP", "LIPID", "COAG"],
            Shift = new() { ["TROP"] = 210, ["WBC"] = 2.2, ["CHOL"] = 0.6, ["NHDL"] = 0.6 },
            Imaging = ["chest normal", "echo"],
            Presentation = "Presented with central crushing chest pain radiating to the left arm, lasting 50 minutes, with "
                + "sweating and nausea.",
            Examination = "Pulse 88 regular, blood pressure {bp}, oxygen saturation 97% on air. Heart sounds normal, chest "
                + "clear. ECG: T wave inversion in V3 to V6.",
            Course = "High sensitivity troponin T {TROP} ng/L, rising on repeat. Treated with aspirin 300mg, ticagrelor and "
                + "fondaparinux. Coronary angiography on the following day: severe stenosis of the left anterior descending "
                + "artery, treated with one drug-eluting stent. No complication; radial access site satisfactory. Pain free "
                + "since.",
            Procedure = "Percutaneous coronary intervention with one drug-eluting stent",
            Changes = [new("started", Aspirin, "for life"),
                new("started",
                    Clopidogrel with { Name = "Ticagrelor 90mg tablets", Direction = "Take ONE tablet TWICE a day",
                        Quantity = "56 tablets" },
                    "for twelve months, then stop"),
                new("started", Atorvastatin80, "secondary prevention"), new("started", Bisoprolol, "secondary prevention"),
                new("started", Ramipril, "secondary prevention", Losartan)],
            ForTheGp = ["Please titrate ramipril and bisoprolol as tolerated and check urea and electrolytes in two weeks.",
                "Ticagrelor is for twelve months from the date of the procedure."],
            ForThePatient = "You had a heart attack, and a stent was placed in one of your heart's arteries. Do not stop your "
                + "blood thinning tablets without advice. Do not drive for one week. Call 999 if chest pain lasts more than 15 "
                + "minutes.",
            FollowUp = "Cardiac rehabilitation; cardiology outpatients, six weeks",
        },
        new()
        {
            Key = "chest pain", Diagnosis = "Chest pain, not cardiac", Icd10 = "R07.4", Specialty = Specialty.Emergency,
            Complaint = "Chest pain", FromAge = 18,
            PerThousand = [0, 0, 12, 20, 24, 24, 22, 20], Admitted = 0.08, Days = (1, 1), Panels = ["FBC", "UE", "TROP"],
            Imaging = ["chest normal"],
            Presentation = "Attended with left-sided chest pain for {days} hours, worse on movement and on pressing the chest "
                + "wall. No breathlessness, no sweating.",
            Examination = "Observations normal: pulse 76, blood pressure {bp}, oxygen saturation 98% on air. Chest wall tender "
                + "at the left costal margin. ECG: sinus rhythm, no ischaemic change.",
            Course = "Troponin T {TROP} ng/L on arrival and unchanged at three hours. Chest X-ray clear. Pain settled with "
                + "paracetamol.",
            ForTheGp = ["No follow-up arranged. Please review cardiovascular risk if not done within the year."],
            ForThePatient = "Tests today showed no damage to your heart. Take paracetamol for the pain. Call 999 if you have "
                + "pain in the chest with sweating, breathlessness or collapse.",
        },
        new()
        {
            Key = "pulmonary embolism", Diagnosis = "Pulmonary embolism", Icd10 = "I26.9", ProblemCode = "59282003",
            Specialty = Specialty.Respiratory,
            Complaint = "Sudden breathlessness and pleuritic chest pain", FromAge = 22,
            PerThousand = [0, 0, 0.2, 0.5, 0.9, 1.6, 2.4, 2.8], Admitted = 0.8, Days = (1, 4),
            Panels = ["FBC", "UE", "DDIM", "TROP", "COAG"], Shift = new() { ["DDIM"] = 2300, ["TROP"] = 18, ["CRP"] = 25 },
            Imaging = ["chest normal", "ctpa embolism"],
            Presentation = "Presented with sudden breathlessness and right-sided pleuritic chest pain, with a swollen left calf "
                + ""
                + "for {days} days.",
            Examination = "Respiratory rate 24, oxygen saturation 92% on air, pulse 112, blood pressure {bp}. Chest clear. Left "
                + ""
                + "calf 3 cm larger than right.",
            Course = "D-dimer {DDIM}. CT pulmonary angiogram showed bilateral segmental emboli without right heart strain. "
                + "Started on apixaban. Haemodynamically stable throughout, oxygen saturation 96% on air at discharge.",
            Changes = [new("started", Apixaban,
                "10mg twice a day for the first week, then 5mg twice a day, for at least three months")],
            ForTheGp = ["Anticoagulation for at least three months; the clinic will decide on duration.",
                "Please check full blood count, renal and liver function at three months."],
            ForThePatient = "You had a blood clot in the lung. Take the blood thinner exactly as directed and carry the alert "
                + "card. Seek help at once for heavy bleeding or worse breathing.",
            FollowUp = "Anticoagulation clinic, one week; respiratory outpatients, three months",
        },
    ];
}
