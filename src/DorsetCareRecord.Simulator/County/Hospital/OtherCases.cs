using DorsetCareRecord.Simulator.County.Population;
using static DorsetCareRecord.Simulator.County.Illness.Formulary;

namespace DorsetCareRecord.Simulator.County.Hospital;

/// <summary>Injuries, operations, childbirth and children's illness.</summary>
internal static class OtherCases
{
    public static IEnumerable<AcuteCase> All() => [.. Injuries(), .. Operations(), .. Children()];

    private static IEnumerable<AcuteCase> Injuries() =>
    [
        new()
        {
            Key = "hip fracture", Diagnosis = "Fracture of neck of femur", Icd10 = "S72.0", ProblemCode = "5913000",
            Specialty = Specialty.Orthopaedics, Complaint = "Fall, unable to bear weight", FromAge = 60,
            PerThousand = [0, 0, 0, 0, 0.2, 0.8, 3, 11], Admitted = 1, Days = (7, 17), Panels = ["FBC", "UE", "COAG", "BONE"],
            Shift = new() { ["HB"] = -18, ["WBC"] = 3, ["UREA"] = 2, ["VITD"] = -20, ["ALB"] = -5 },
            Imaging = ["hip fracture", "chest normal"],
            Presentation = "Brought in after a fall at home onto the {side} side, with pain in the groin and unable to stand.",
            Examination = "{Side} leg shortened and externally rotated, neurovascularly intact. Blood pressure {bp}, pulse 92. "
                + "Abbreviated mental test score 8/10.",
            Course = "{Side} cemented hemiarthroplasty under spinal anaesthetic within 36 hours of arrival. Haemoglobin {HB} on "
                + ""
                + "admission, {HB2} before discharge. Seen by the orthogeriatrician; bone protection started. Mobilised with "
                + "physiotherapy from the first day, walking with a frame at discharge.",
            Procedure = "Hemiarthroplasty of hip",
            Changes = [new("started", Alendronate, "bone protection after fragility fracture"),
                new("started", CalciumD, "bone protection"),
                new("started", Enoxaparin, "to complete 28 days of thromboprophylaxis", IsShort: true),
                new("started", CoCodamol with { Name = "Co-codamol 8mg/500mg tablets" }, "for pain, review in two weeks",
                    Paracetamol, IsShort: true)],
            ForTheGp = ["Wound clips to be removed by the community nurse at 14 days.",
                "Please check full blood count in two weeks.", "Alendronic acid: please review at five years."],
            ForThePatient = "You broke your hip and had it replaced in part. Walk a little further each day. Call us if the "
                + "wound becomes red or leaks, or if the calf swells.",
            FollowUp = "No routine orthopaedic follow-up; community rehabilitation team at home",
        },
        new()
        {
            Key = "wrist fracture", Diagnosis = "Fracture of distal radius", Icd10 = "S52.5", ProblemCode = "263199001",
            Specialty = Specialty.Emergency, Complaint = "Wrist injury after fall", FromAge = 8,
            PerThousand = [0, 9, 1.6, 2.4, 4.8, 7, 9, 12], Admitted = 0.02, Days = (1, 1), Imaging = ["wrist fracture"],
            Presentation = "Attended after a fall onto the outstretched {side} hand.",
            Examination = "Dorsal deformity and tenderness of the {side} wrist, closed injury, sensation and perfusion normal.",
            Course = "X-ray showed a fracture of the distal radius with dorsal angulation. Reduced under haematoma block, "
                + "backslab applied; position satisfactory on check film.",
            ForTheGp = ["Please consider bone health assessment if over 50."],
            ForThePatient = "You have broken your wrist. Keep the arm raised and move your fingers. Come back at once if the "
                + "fingers become numb, blue or very painful.",
            FollowUp = "Fracture clinic, one week",
        },
        new()
        {
            Key = "ankle sprain", Diagnosis = "Sprain of ankle", Icd10 = "S93.4", Specialty = Specialty.Emergency,
            Complaint = "Twisted ankle", FromAge = 9, UntilAge = 60,
            PerThousand = [0, 34, 30, 18, 12, 0, 0, 0], Imaging = ["ankle normal"],
            Presentation = "Attended after twisting the {side} ankle on a kerb.",
            Examination = "Swelling below the lateral malleolus, tender over the anterior talofibular ligament. Able to take "
                + "four steps with pain.",
            Course = "X-ray showed no fracture. Support bandage, advice on exercise and pain relief.",
            ForTheGp = ["No follow-up needed."],
            ForThePatient = "Your ankle is sprained, not broken. Rest it for two days, then begin gentle movement. It may be "
                + "sore for six weeks.",
        },
        new()
        {
            Key = "head injury", Diagnosis = "Minor head injury", Icd10 = "S09.9", Specialty = Specialty.Emergency,
            Complaint = "Bump to head", FromAge = 1,
            PerThousand = [60, 34, 12, 9, 9, 12, 20, 34], Admitted = 0.03, Days = (1, 1), Imaging = [],
            Presentation = "Attended {days} hours after a blow to the head at home. No loss of consciousness, no vomiting, "
                + "remembers the event.",
            Examination = "GCS 15, pupils equal and reacting, no focal neurology. 2 cm haematoma of the forehead, skin intact. "
                + "Neck not tender.",
            Course = "No indication for CT by NICE criteria. Observed in the department for two hours and remained well.",
            ForTheGp = ["For information only."],
            ForThePatient = "No sign of serious injury was found. Somebody should stay with you for 24 hours. Come back for "
                + "repeated vomiting, drowsiness, a fit or a worsening headache.",
        },
        new()
        {
            Key = "hand wound", Diagnosis = "Laceration of hand", Icd10 = "S61.9", Specialty = Specialty.Emergency,
            Complaint = "Cut hand", FromAge = 10, UntilAge = 80, PerThousand = [0, 10, 20, 16, 14, 10, 6, 0],
            Presentation = "Attended with a cut to the {side} hand from a kitchen knife.",
            Examination = "3 cm clean wound of the thenar eminence. Tendons tested against resistance and intact; sensation "
                + "normal.",
            Course = "Wound cleaned under local anaesthetic, explored: no tendon injury. Four sutures. Tetanus immunisation up "
                + "to date.",
            ForTheGp = ["Please arrange removal of sutures in ten days."],
            ForThePatient = "Keep the dressing dry for 48 hours. See your practice nurse in ten days for the stitches.",
        },
    ];

    private static IEnumerable<AcuteCase> Operations() =>
    [
        new()
        {
            Key = "appendicitis", Diagnosis = "Acute appendicitis", Icd10 = "K35.8", ProblemCode = "85189001",
            Specialty = Specialty.Surgery, Complaint = "Right-sided abdominal pain", FromAge = 7, UntilAge = 60,
            PerThousand = [0, 1.3, 1.2, 0.7, 0.5, 0, 0, 0], Admitted = 1, Days = (1, 4), Panels = ["FBC", "UE", "CRP"],
            Shift = new() { ["WBC"] = 8, ["CRP"] = 62 }, Imaging = ["abdomen appendix"],
            Culture = null,
            Presentation = "Presented with 24 hours of central abdominal pain moving to the right iliac fossa, with nausea and "
                + "loss of appetite.",
            Examination = "Temperature {fever}, pulse 96, blood pressure {bp}. Tender with guarding in the right iliac fossa, "
                + "Rovsing's sign positive.",
            Course = "White cell count {WBC}, CRP {CRP}. Laparoscopic appendicectomy on the day of admission: inflamed, not "
                + "perforated. Recovery uneventful, eating and drinking at discharge.",
            Procedure = "Laparoscopic appendicectomy", ForTheGp = ["Histology will follow by letter if unexpected."],
            ForThePatient = "Your appendix was removed. No heavy lifting for four weeks. Come back for fever, vomiting or "
                + "redness of the wounds.",
        },
        new()
        {
            Key = "cholecystitis", Diagnosis = "Acute cholecystitis", Icd10 = "K81.0", ProblemCode = "65275009",
            Specialty = Specialty.Surgery, Complaint = "Upper abdominal pain and fever", FromAge = 25,
            PerThousand = [0, 0, 0.4, 0.9, 1.2, 1.5, 1.7, 1.6], Admitted = 1, Days = (2, 6),
            Panels = ["FBC", "UE", "LFT", "CRP"],
            Shift = new() { ["WBC"] = 6.5, ["CRP"] = 118, ["ALT"] = 46, ["ALP"] = 78, ["BILI"] = 9 },
            Imaging = ["abdomen gallstones"],
            Presentation = "Presented with {days} days of right upper quadrant pain after food, with fever and vomiting.",
            Examination = "Temperature {fever}, pulse 98, blood pressure {bp}. Murphy's sign positive, no jaundice.",
            Course = "CRP {CRP}, ALT {ALT}, bilirubin {BILI}. Ultrasound: gallstones with a thickened gall bladder wall, common "
                + ""
                + "bile duct not dilated. Settled with intravenous antibiotics and fluids. Listed for laparoscopic "
                + "cholecystectomy.",
            ForTheGp = ["On the waiting list for laparoscopic cholecystectomy."],
            ForThePatient = "You have gallstones and had an infection of the gall bladder. Avoid fatty food. You will get a "
                + "date for an operation. Come back for yellow skin, fever or severe pain.",
            FollowUp = "Waiting list: laparoscopic cholecystectomy",
        },
        new()
        {
            Key = "hip replacement", Diagnosis = "Osteoarthritis of hip", Icd10 = "M16.1", Specialty = Specialty.Orthopaedics,
            Complaint = "Elective hip replacement", FromAge = 50, IsElective = true, Admitted = 1, Days = (2, 4),
            Panels = ["FBC", "UE"], Shift = new() { ["HB"] = -14, ["CRP"] = 60 },
            Imaging = ["hip replaced"],
            Presentation = "Admitted for planned {side} total hip replacement for osteoarthritis with rest pain and a walking "
                + "distance of 200 metres.",
            Examination = "Fit for surgery at pre-assessment. Blood pressure {bp}.",
            Course = "{Side} total hip replacement under spinal anaesthetic, without complication. Haemoglobin {HB} after the "
                + "operation. Check X-ray satisfactory. Walking with two crutches and safe on stairs at discharge.",
            Procedure = "Total hip replacement",
            Changes = [new("started", Enoxaparin, "to complete 28 days of thromboprophylaxis", IsShort: true),
                new("started", Senna, "while taking strong pain relief", IsShort: true)],
            ForTheGp = ["Wound check with the practice nurse at 14 days."],
            ForThePatient = "Follow the hip precautions for six weeks. Do not drive until you can do an emergency stop safely, "
                + "usually six weeks.",
            FollowUp = "Orthopaedic outpatients, six weeks",
        },
        new()
        {
            Key = "cataract surgery", Diagnosis = "Age-related cataract", Icd10 = "H25.9", Specialty = Specialty.Ophthalmology,
            Complaint = "Cataract extraction", FromAge = 52, IsElective = true, IsDayCase = true,
            Presentation = "Attended for planned {side} cataract surgery for gradual blurring of vision and glare when driving.",
            Examination = "Best corrected visual acuity 6/18 {side} eye. Fundus healthy where seen.",
            Course = "{Side} phacoemulsification and intraocular lens under local anaesthetic, without complication.",
            Procedure = "Phacoemulsification of cataract with lens implant",
            ForTheGp = ["Dexamethasone and chloramphenicol drops for four weeks, supplied."],
            ForThePatient = "Use the drops four times a day for four weeks and do not rub the eye. Ring the eye unit for pain, "
                + "redness or loss of sight.",
            FollowUp = "Optician, four weeks",
        },
        new()
        {
            Key = "colonoscopy", Diagnosis = "Iron deficiency anaemia, for investigation", Icd10 = "D50.9",
            Specialty = Specialty.Gastroenterology, Complaint = "Colonoscopy", FromAge = 35, IsElective = true,
            IsDayCase = true, Panels = [],
            Presentation = "Attended for colonoscopy for iron deficiency anaemia.",
            Examination = "Abdomen soft, no masses. Rectal examination normal.",
            Course = "Colonoscopy complete to the caecum with good preparation. Two small sessile polyps in the sigmoid colon "
                + "removed; mild diverticular disease. No cancer seen.",
            Procedure = "Colonoscopy and polypectomy",
            ForTheGp = ["Histology and surveillance interval will follow by letter.",
                "Please continue oral iron and recheck full blood count in four weeks."],
            ForThePatient = "Two small polyps were removed. A little blood is normal for two days; come back for heavy bleeding "
                + ""
                + "or severe pain.",
        },
        new()
        {
            Key = "childbirth", Diagnosis = "Spontaneous vaginal delivery", Icd10 = "O80.0", Specialty = Specialty.Obstetrics,
            Complaint = "Labour at term", FromAge = 18, UntilAge = 43, Only = Sex.Female,
            PerThousand = [0, 0, 42, 3, 0, 0, 0, 0], Admitted = 1, IsElective = true, Days = (1, 3), Panels = ["FBC"],
            Shift = new() { ["HB"] = -16, ["WBC"] = 4 },
            Presentation = "Admitted in spontaneous labour at 39 weeks after an uncomplicated pregnancy.",
            Examination = "Cephalic presentation, head engaged, fetal heart normal. Blood pressure {bp}.",
            Course = "Spontaneous vaginal delivery of a live infant in good condition. Second degree tear repaired. Estimated "
                + "blood loss 350 ml; haemoglobin {HB} after delivery. Mother and baby well, feeding established.",
            ForTheGp = ["Six to eight week postnatal check, please.", "Contraception discussed."],
            ForThePatient = "Congratulations. The community midwife will visit you tomorrow. Ring the maternity line for heavy "
                + "bleeding, fever, a swollen calf, or if your mood is low.",
            FollowUp = "Community midwife",
        },
    ];

    private static IEnumerable<AcuteCase> Children() =>
    [
        new()
        {
            Key = "asthma attack", Diagnosis = "Acute exacerbation of asthma", Icd10 = "J45.9",
            Specialty = Specialty.Respiratory, Complaint = "Asthma attack", FromAge = 4, Admitted = 0.3, Days = (1, 3),
            Imaging = ["chest hyperinflated"],
            Presentation = "Presented with {days} days of cough and wheeze after a cold, using the blue inhaler every two "
                + "hours.",
            Examination = "Respiratory rate 28, oxygen saturation 93% on air, pulse 116, peak flow 52% of best. Speaks in "
                + "sentences, widespread wheeze.",
            Course = "Treated with salbutamol by spacer, nebulised ipratropium and prednisolone. Peak flow 81% of best before "
                + "going home. Inhaler technique checked.",
            Changes = [new("started", Prednisolone, "five-day course", IsShort: true)],
            ForTheGp = ["Please review within two working days and check preventer use.",
                "Please update the written asthma action plan."],
            ForThePatient = "Take the preventer every day, even when well. Follow your asthma action plan. Call 999 if the blue "
                + ""
                + "inhaler does not help for four hours.",
        },
        new()
        {
            Key = "bronchiolitis", Diagnosis = "Acute bronchiolitis", Icd10 = "J21.9", ProblemCode = "5505005",
            Specialty = Specialty.Paediatrics, Complaint = "Wheezy baby, poor feeding", UntilAge = 1,
            PerThousand = [38, 0, 0, 0, 0, 0, 0, 0],
            Admitted = 0.35, Days = (1, 3), Culture = "respiratory", CultureShare = 0.8,
            Presentation = "Brought in with {days} days of runny nose, cough and taking half of usual feeds.",
            Examination = "Respiratory rate 52, mild subcostal recession, oxygen saturation 93% on air. Fine crackles "
                + "throughout. Well perfused.",
            Course = "Supportive care with small frequent feeds. Feeding three quarters of usual volume and saturation 95% on "
                + "air before going home.",
            ForTheGp = ["For information."],
            ForThePatient = "Your baby has a viral chest infection. Give small feeds often. Come back if breathing is hard "
                + "work, feeds drop below half, or there are no wet nappies for 12 hours.",
        },
        new()
        {
            Key = "gastroenteritis", Diagnosis = "Gastroenteritis", Icd10 = "A09.9", Specialty = Specialty.Paediatrics,
            Complaint = "Vomiting and diarrhoea", UntilAge = 12, PerThousand = [48, 9, 0, 0, 0, 0, 0, 0], Admitted = 0.08,
            Days = (1, 2),
            Presentation = "Brought in with {days} days of vomiting and loose stools. Other children in the family have been "
                + "ill.",
            Examination = "Alert, moist mouth, capillary refill under two seconds, abdomen soft. Weight as expected.",
            Course = "Tolerated oral rehydration solution in the department. No sign of dehydration.",
            ForTheGp = ["For information."],
            ForThePatient = "Give small sips often. Keep off nursery or school until 48 hours after the last symptom. Come back "
                + ""
                + "for drowsiness, blood in the stool or no urine for 8 hours.",
        },
        new()
        {
            Key = "viral illness", Diagnosis = "Viral illness", Icd10 = "B34.9", Specialty = Specialty.Paediatrics,
            Complaint = "Fever", UntilAge = 8, PerThousand = [130, 24, 0, 0, 0, 0, 0, 0], Admitted = 0.04, Days = (1, 1),
            Panels = [],
            Presentation = "Brought in with {days} days of fever to {fever} and a runny nose, drinking but eating little.",
            Examination = "Alert and playing. Throat red, ears normal, chest clear. Blanching rash on the trunk. No neck "
                + "stiffness.",
            Course = "Temperature fell after paracetamol. No red flags on the traffic light assessment.",
            ForTheGp = ["For information."],
            ForThePatient = "Your child has a virus that should settle in a few days. Come back for a rash that does not fade "
                + "under a glass, fast breathing, or if you are worried.",
        },
    ];
}
