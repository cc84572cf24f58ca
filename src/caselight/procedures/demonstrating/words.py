"""What the inspectors of the demonstration wrote. Every child, worker and event in it is invented."""

from __future__ import annotations

from collections.abc import Mapping

DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("Contact log", "entry of the second home visit"),
    ("Assessment", "section on relationships, last paragraph"),
    ("Plan", "page 2, the third aim"),
    ("Report to the court", "paragraph 14"),
    ("Supervision record", "note of the first month"),
    ("Minutes of the risk meeting", "action 4"),
    ("Letter from the school", "whole"),
    ("Intake form", "page 1"),
)

YES: tuple[str, ...] = (
    "Clear, and in the child's own terms. The worker had read the earlier file and used it.",
    "Good enough for this stage. One source is missing, and it would not have changed the picture.",
    "Done within days of sentence, with the family in the room. What followed can be traced to it.",
    "Detailed where it matters. The worker could say without looking it up what came first, and why.",
    "Short and sound. It says what will happen, who does it and by when.",
    "The police and the school were asked, and their answers were used and not only filed.",
)

# What workers said about their own work, where it was good enough.
HEARD: tuple[str, ...] = (
    "Gave two examples from the last month without looking anything up.",
    "Knows where to look and whom to ask, and did so last week.",
    "Says that it helps, and could say what had changed through it.",
    "Would like more of it; what there is, is good.",
)

NO: Mapping[str, str] = {
    "R1": "Lists what happened and does not ask why. The worker knew more in conversation than stands in the assessment.",
    "R2": "A move of home in the sixth week changed nearly everything. The assessment still describes the old address.",
    "R3": "The account leaves out the second incident, although the police had sent it two weeks before.",
    "R4": "Countersigned on the day of the hearing. Two slips that a reader would catch were passed.",
    "R4b": "The proposal does not follow from what is said about his attendance at school.",
    "R5": "Cannabis is the first factor in the assessment and no line of the plan takes it up.",
    "R6": "Due at three months and not done. The plan still holds the aim that he reached in May.",
    "R7": "Nothing on where she will live. Resettlement was first mentioned a week before release.",
    "P1": "The threat to his mother is recorded in the contact log and is not in the assessment.",
    "P2": "Reviewed on time by copying it forward. The new allegation is missing.",
    "P3": "Eligible and not notified. The worker believed that the prison does this.",
    "P4": "Two sentences, both general. A magistrate could not tell who is at risk.",
    "P5": "The plan lists agencies. What each of them does, and when, is left open.",
    "P6": "The establishment was not told of the threat made in the cells.",
    "P7": "The plan was not looked at after the incident on the bus.",
    "P8": "The neighbour is named in the assessment and nobody spoke with her.",
    "P9": "The manager signed the plan that left out the risk noted in the assessment, and did not ask.",
    "C1": "Two periods in care are mentioned and not considered. The classification is too low for what is known.",
    "C2": "She went missing for two nights. The review of the month after says that nothing has changed.",
    "C3": "Safeguarding is one line: 'no concerns'. The file holds a referral of the same month.",
    "C4": "His self-harm is in the assessment. No action follows, and no other agency knows.",
    "C6": "Not reviewed although the placement broke down.",
    "C7": "Two plans, his social worker's and ours, with different addresses. Nobody put them beside each other.",
    "C8": "An older man picks her up from school. This is written down as a support.",
    "C9": "Oversight is a date and initials. What was missing stayed missing.",
    "D1": "English is his third language, and nobody asked how much of the induction he followed.",
    "D2": "The speech therapist's advice is on file. The sessions are worksheets.",
    "E1a": "His views are the assessor's words. The self-assessment is blank.",
    "E1b": "The father lives with him and was not spoken to.",
    "E2": "Prepared from the file, without meeting the family.",
    "E3": "He learnt what was in his plan from the inspector.",
    "X1": "Four missed appointments, and a warning only after the fourth. Nobody asked about the bus fare.",
    "M1": "Says that the manager is kind and has never done this work.",
    "M2": "Training is offered in the town an hour away, in the school run.",
    "M4": "Supervision falls out when it is busy, which is most months.",
    "M5": "Knows that there is a policy on exploitation and could not find it.",
    "W1": "Describes the offence well. Why this child did it, and what would help, is not there.",
    "W2": "The plan could be anybody's: victim awareness, education, three sessions each.",
    "W5": "Weekly sessions were planned; four took place in ten weeks.",
    "W6": "The exclusion from school should have led to a review, and did not.",
    "S2": "Her safety at home is discussed in supervision and is in no plan.",
    "S4": "The plan says 'monitor'. It does not say what, or who.",
    "C5": "Nobody asked how it is going for him; the last voice of the child is from the first week.",
    "O2": "Supervision counts tasks. The child does not come up.",
    "O3": "The gap was visible in the list for three months.",
}  # fmt: skip
# Where many are not good enough, so that they do not read as one.
ALSO: Mapping[str, tuple[str, ...]] = {
    "R5": (
        "The aims are the conditions of the order, copied. What would change his mind about the car park is not there.",
        "A good conversation took place and was not written down as a plan. The next worker would begin anew.",
        "Four aims, none with a date. The one that matters, work, is the last.",
    ),
    "C1": ("School had rung twice about bruises. The assessment says that there is nothing known.",
           "Written before the nurse answered, and not looked at when she did."),
    "P1": ("It rests on what he says himself. The statement of the victim had come and was not opened.",
           "The classification is medium; what is written would make it high, and nobody says why not."),
    "P5": ("What happens when the curfew is broken is not agreed with anybody.",),
    "M4": (
        "Every six weeks, and about targets. The last time a case was opened together was in spring.",
        "Regular, and kind. He could not name a piece of work that became better through it.",
        "Reports come back signed within minutes, whatever stands in them.",
    ),
}  # fmt: skip
OTHERWISE = "Not good enough here: what was needed was known in the team and is not in the record."
OVERALL = (
    "Careful work with the child, and a plan that names what matters. What was planned for her safety came late, and the "
    "review in May should have seen it."
)

GATES: tuple[str, ...] = (
    "A move of home in the sixth week.",
    "The threat in March still stands.",
    "She went missing for two nights.",
    "The school reported a change.",
    "Nothing on file suggests it, and the worker agrees.",
)

QUOTES: tuple[tuple[str, str], ...] = (
    ("{} can say what the plan is for, and which part of it was hers. She had drawn it, with the worker's help, as a map",
     "Anwen"),
    ("Before the first meeting the worker rang the school, the nurse and the grandmother. {} did not have to tell his story "
     "again", "Bastian"),
    ("The plan for {} is a list of agencies. It does not say what each will do, or who notices when one of them does not",
     "Corin"),
    ("{} was met at the gate on the day of release, by somebody he knew, with a key in her hand", "Dafydd"),
    ("The manager's note stopped the plan until the risk to the sister of {} had an action and a name beside it", "Evander"),
)  # fmt: skip

AGREED = (
    "Looked at again together: what was missed here was found in the record of the meeting a week later, in time for the "
    "plan. Good enough."
)
CONCERN = (
    "The contact log of last week says that he was seen with a knife on the way to school and that an older boy is waiting "
    "for him. No action is recorded, and the school does not know."
)
PRESENT = "The case manager, for the whole time"
TOLD = "Gwen Thackeray, head of the service, by telephone"
AGAINST = "I taught the older brother of this child at school, some years ago."

TO = "Gwen Thackeray, head of the service, by secure e-mail"
ANNOUNCED = """We shall inspect the work of {service}. The fieldwork is from {first} to {last}.

We look at a sample of cases, each together with the worker who knows it best, and speak with the workers about their own
work. What we ask of you until then stands in the list of requests. Please turn to the lead inspector with every question."""
CONTACTS = (
    ("Gwen Thackeray", "Head of the service", "01632 960 101"),
    ("Mab Ferriday", "Office manager: rooms, laptops, visitors", "01632 960 114"),
)
WANTED: tuple[str, ...] = (
    "The list of cases: one row for each order that began in the last nine months, with worker and dates.",
    "Two rooms with a door that closes, and two laptops that can read your case records.",
    "The minutes of your management board of the last twelve months.",
    "What your own checks of casework found in the last year, and what you did about it.",
    "Your latest figures on reoffending, with how they were worked out.",
    "The notes of your last two supervision meetings, without the parts about yourself.",
)
SENT: tuple[str, ...] = (
    "Uploaded this morning; the two orders without a worker are marked.",
    "Rooms 1 to 4 on the first floor are booked. The laptops are with Mab.",
    "In the shared folder, under Board.",
)
BACK = "Thank you. One of the laptops opens the records and not the attachments; could somebody look at it?"

COMMENT = ("Paragraph 2", "The staff moved into one building in spring, not in autumn. It bears on what you say about "
           "reviews in the weeks of the move.")  # fmt: skip
QUALITY = ("Paragraph 1", "Six cases carry this. I should say so in the first sentence, so that nobody reads it as the "
           "whole service.")  # fmt: skip
SUGGESTION = ("Key strengths", "The work with the grandmother in the second case shows this best. Could it stand here?")

# What stands in the letter of an inspection where its question set says what is to be written, in this order.
WRITTEN: tuple[str, ...] = (
    "The service works for Wykeholm, Penhythe and the villages between them.",
    "The work that we saw is careful, and children are met as people. Plans and their reviews need more attention.",
    "The service engaged with multi-agency public protection arrangements (MAPPA) where it was called for.",
    "Work with social care and police for Looked After Children was joint in more than name.",
    "Where there were signs of child sexual exploitation, the service saw them and acted.",
    "Oversight could be seen in the records. What it missed stayed missing.",
    "Assessments explain the child, and reports make use of them.",
    "Workers listen to children and to their families.",
    "Plans should follow what is assessed, and be looked at again when life changes.",
    "Managers should ask for what is missing before they sign.",
)
