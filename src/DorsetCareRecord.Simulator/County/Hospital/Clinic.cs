using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>An outpatient clinic and the letter that comes from it. Words in braces as in <see cref="AcuteCase"/>.</summary>
internal sealed record Clinic
{
    public required string Key { get; init; }

    /// <summary>The clinic's own short name, as booking systems have it.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required Specialty Specialty { get; init; }

    /// <summary>One of these is the letter's body.</summary>
    public required string[] Bodies { get; init; }

    public required string[][] Plans { get; init; }

    public string[] Panels { get; init; } = [];

    public string? Imaging { get; init; }
}

internal static class Clinics
{
    public static IReadOnlyList<Clinic> All { get; } =
    [
        new()
        {
            Key = "diabetes", Code = "DIAB1", Name = "Diabetes Clinic", Specialty = Specialty.Diabetes, Panels = ["A1C", "UE"],
            Bodies =
            [
                "I reviewed this {age}-year-old {man} in the diabetes clinic. HbA1c is {A1C} mmol/mol. {He} tests glucose "
                    + "most mornings, with readings between 6 and 11. One mild hypoglycaemic episode in the last month, "
                    + "recognised and treated by {him}self. Injection sites are healthy. Feet: pulses present, monofilament "
                    + "sensation intact on both sides. Retinal screening was up to date with background change only. Blood "
                    + "pressure {bp}, weight {weight} kg.",
                "Thank you for continuing to look after this {age}-year-old {man}. Control has been variable since the "
                    + "last visit, with an HbA1c of {A1C} mmol/mol. We discussed diet over the working week, and {he} would "
                    + "like to attend the structured education course. No hypoglycaemia. Blood pressure {bp}, weight {weight} "
                    + "kg. Creatinine {CREA} umol/L.",
            ],
            Plans = [["No change of medicines today.", "HbA1c in three months with yourselves.", "Review here in nine months."],
                ["Referred to structured education.", "Please repeat HbA1c and urine albumin:creatinine ratio in four months.",
                    "Review in six months."]],
        },
        new()
        {
            Key = "cardiology", Code = "CARD2", Name = "Cardiology Clinic", Specialty = Specialty.Cardiology,
            Bodies =
            [
                "I saw this {age}-year-old {man} for review. {He} has been free of chest pain and walks two miles on the "
                    + "flat. No palpitations, no ankle swelling. Pulse 64, blood pressure {bp}. Heart sounds were normal and "
                    + "the chest clear. ECG today is unchanged.",
                "This {age}-year-old {man} reports brief palpitations about once a fortnight, without dizziness or "
                    + "collapse. Pulse 72, blood pressure {bp}. No signs of heart failure. A 72-hour monitor shows no pause and "
                    + "a mean rate of 74.",
            ],
            Plans = [["Continue current treatment.",
                "Discharged back to your care; we are happy to see {him} again if symptoms return."],
                ["No change in treatment.", "Review with repeat monitor in six months."]],
        },
        new()
        {
            Key = "heart failure", Code = "HFN1", Name = "Heart Failure Nurse Clinic", Specialty = Specialty.Cardiology,
            Panels = ["UE", "BNP"],
            Bodies = ["Reviewed in the nurse-led heart failure clinic. NYHA class II. Sleeps on two pillows, no waking with breathlessness. Weight {weight} kg, stable. Blood pressure {bp}, pulse 66. Trace of ankle oedema. NT-proBNP {BNP} ng/L, creatinine {CREA}, potassium {K}."],
            Plans = [["Heart failure medicines increased by one step as tolerated.",
                "Please repeat urea and electrolytes in two weeks.", "Telephone review in four weeks."],
                ["Continue present doses; limited by blood pressure.", "Review in three months."]],
        },
        new()
        {
            Key = "renal", Code = "RENAL", Name = "Renal Clinic", Specialty = Specialty.Renal,
            Panels = ["UE", "FBC", "ACR", "BONE"],
            Bodies = ["I reviewed this {age}-year-old {man} with chronic kidney disease. {He} is well, without itch or swelling. Blood pressure {bp}. Creatinine {CREA} umol/L with an eGFR of {EGFR}, little changed over the year. Potassium {K}, haemoglobin {HB}. Urine albumin:creatinine ratio {ACR} mg/mmol."],
            Plans = [["Blood pressure target below 130/80.", "Avoid non-steroidal anti-inflammatory drugs.",
                "Repeat bloods every four months; review in a year."]],
        },
        new()
        {
            Key = "respiratory", Code = "RESP3", Name = "Respiratory Clinic", Specialty = Specialty.Respiratory,
            Imaging = "chest hyperinflated",
            Bodies = ["Thank you for referring this {age}-year-old {man}. {He} is breathless on hills and coughs most mornings, with two courses of steroids in the past year. Spirometry: FEV1 58% of predicted, ratio 0.56, without reversibility. Oxygen saturation 95% on air. Inhaler technique was imperfect and has been corrected."],
            Plans = [["Inhaled treatment simplified to one device.",
                "Referred to pulmonary rehabilitation and to the smoking cessation service where relevant.",
                "Discharged with open access for six months."]],
        },
        new()
        {
            Key = "memory", Code = "MEMA", Name = "Memory Assessment Service", Specialty = Specialty.OldAgePsychiatry,
            Bodies =
            [
                "I met {Mrs} with {his} family at the memory clinic. They describe gradual forgetfulness over about two "
                    + "years: repeating questions, mislaying things and needing prompts with tablets. {He} still dresses and "
                    + "makes tea. Mood is good. Addenbrooke's score 68 out of 100. Blood tests are unremarkable. The diagnosis "
                    + "was discussed gently and openly.",
                "Review six months after starting treatment. The family feel that {he} is calmer and has held steady. "
                    + "Addenbrooke's score 66 out of 100. No side effects. The main carer is tired, and a carer's assessment "
                    + "was offered and accepted.",
            ],
            Plans = [["Memory support worker to visit.", "DVLA and lasting power of attorney discussed; leaflet given.",
                "Review in six months."],
                ["Continue treatment under shared care.", "Carer's assessment requested from adult social care.",
                    "Discharged to your care; advice line number given."]],
        },
        new()
        {
            Key = "stroke", Code = "STRK", Name = "Stroke Follow-up Clinic", Specialty = Specialty.Stroke,
            Bodies = ["Seen for review after stroke. {He} walks independently indoors and uses a stick outside. Speech is normal; some fatigue in the afternoons. Mood screened: no depression. Blood pressure {bp}. Home readings average 134/78."],
            Plans = [["Continue clopidogrel and statin.", "Please aim for blood pressure below 130/80.",
                "May drive again subject to DVLA rules.", "Discharged; Stroke Association contact given."]],
        },
        new()
        {
            Key = "parkinson", Code = "PARK", Name = "Parkinson's Clinic", Specialty = Specialty.Elderly,
            Bodies = ["Reviewed with the Parkinson's nurse. Some wearing off before the lunchtime dose. Walking is slower with a shortened stride; no falls since the last visit. No hallucinations. Blood pressure {bp} lying and standing without significant drop."],
            Plans = [["Doses brought closer together: 08:00, 12:00 and 16:00.", "Referred for physiotherapy.",
                "Review in six months; nurse by telephone in two."]],
        },
        new()
        {
            Key = "neurology", Code = "NEURO", Name = "Epilepsy Clinic", Specialty = Specialty.Neurology,
            Bodies = ["I reviewed this {age}-year-old {man} with epilepsy. No seizures for fourteen months. Treatment is well tolerated and taken regularly. Driving, bathing and sleep were discussed."],
            Plans = [["Continue current dose.", "Open appointment for twelve months."]],
        },
        new()
        {
            Key = "dermatology", Code = "DERM1", Name = "Dermatology Clinic", Specialty = Specialty.Dermatology,
            Bodies = ["Thank you for referring this {age}-year-old {man}. On examination there is dry, lichenified skin in the flexures without infection. No suspicious lesion on full skin examination."],
            Plans = [["Emollient at least twice a day, soap substitute.",
                "Moderately potent steroid ointment for two weeks, then weekends.", "Discharged."]],
        },
        new()
        {
            Key = "orthopaedics", Code = "ORTH4", Name = "Orthopaedic Clinic", Specialty = Specialty.Orthopaedics,
            Imaging = "knee arthritis",
            Bodies = ["I saw this {age}-year-old {man} with {side} knee pain that limits walking to half a mile and disturbs sleep twice a week. There is a small effusion, range 5 to 105 degrees, stable ligaments. X-ray shows moderate medial compartment osteoarthritis."],
            Plans = [["Physiotherapy and weight management first.", "Steroid injection given today.",
                "Review in four months to discuss replacement if not improved."],
                ["Listed for {side} total knee replacement after shared discussion of risks and benefits.",
                    "Pre-assessment will send a date."]],
        },
        new()
        {
            Key = "rheumatology", Code = "RHEUM", Name = "Rheumatology Clinic", Specialty = Specialty.Rheumatology,
            Panels = ["FBC", "LFT", "CRP"],
            Bodies = ["Review of rheumatoid arthritis. Morning stiffness lasts 20 minutes. Two tender and one swollen joint; DAS28 2.9. CRP {CRP}. Monitoring bloods satisfactory: ALT {ALT}, white cell count {WBC}. Methotrexate is tolerated."],
            Plans = [["Continue methotrexate 15mg once a WEEK with folic acid.",
                "Monitoring bloods every three months under shared care.", "Review in six months; helpline number given."]],
        },
        new()
        {
            Key = "breast", Code = "BRST", Name = "Breast Clinic", Specialty = Specialty.Breast, Imaging = "mammogram",
            Bodies = ["Annual review after treatment for breast cancer. She feels well. Examination of both breasts and axillae is normal. Mammography shows no evidence of recurrence."],
            Plans = [["Continue current treatment.", "Mammogram and review in one year."]],
        },
        new()
        {
            Key = "urology", Code = "UROL", Name = "Urology Clinic", Specialty = Specialty.Urology, Panels = ["PSA"],
            Bodies = ["Review of prostate cancer. He is well, with a fair stream and rising once at night. PSA today {PSA} ug/L. No bone pain."],
            Plans = [["PSA every six months at your surgery; please refer back if it rises above the threshold given.",
                "Review in one year."]],
        },
        new()
        {
            Key = "oncology", Code = "ONC1", Name = "Oncology Clinic", Specialty = Specialty.Oncology, Panels = ["FBC", "LFT"],
            Bodies = ["Surveillance after treatment for bowel cancer. Appetite and weight ({weight} kg) are steady; bowels settled. Abdomen soft, no masses. Haemoglobin {HB}, ALT {ALT}. The surveillance scan was clear."],
            Plans = [["Scan and tumour marker in six months.", "Colonoscopy as scheduled.",
                "Our nurse specialist remains the point of contact."]],
        },
        new()
        {
            Key = "paediatrics", Code = "PAED", Name = "Paediatric Clinic", Specialty = Specialty.Paediatrics,
            Bodies = ["I saw {Mrs} with a parent. Growth follows the centiles (weight {weight} kg). Sleep has improved with a bedtime routine. School reports steady progress with support in the classroom."],
            Plans = [["No change.", "School nurse to continue.", "Review in nine months."]],
        },
        new()
        {
            Key = "fracture", Code = "FRAC", Name = "Fracture Clinic", Specialty = Specialty.Orthopaedics, Imaging = null,
            Bodies = ["Seen in fracture clinic. The plaster is comfortable, fingers move freely with normal sensation. Check X-ray shows satisfactory alignment."],
            Plans = [["Plaster for five weeks in all.", "Physiotherapy afterwards.", "Review on removal of plaster."]],
        },
        new()
        {
            Key = "antenatal", Code = "ANC2", Name = "Antenatal Clinic", Specialty = Specialty.Obstetrics, Panels = ["FBC"],
            Bodies = ["Seen at 28 weeks. Fetal movements felt and growth on the centile. Blood pressure {bp}, urine clear. Haemoglobin {HB}. Plans for the birth discussed."],
            Plans = [["Midwife at 31 weeks.", "Whooping cough vaccination given."]],
        },
    ];

    public static Clinic Named(string key) => All.First(clinic => clinic.Key == key);
}
